"""What a cell says: letters, words, marks for none, ticks, and marks of footnotes."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from uts_policy.common.invisible import as_read
from uts_policy.exchange.raci.wording import AND, CODE_WORDS, LETTERS, NONE, TICKS
from uts_policy.exchange.text import clean, folded

ORDER: Final = "ARSCI"
"""The order in which the codes of one cell are kept."""

_MARK: Final = re.compile(r"\[\^[^\]]+\]|\[\d{1,2}\]|\(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*{1,3}|[†‡§]")
_DIGIT_AFTER: Final = re.compile(r"(?<=[A-Za-z])(\d{1,2})$")
SEPARATORS: Final = re.compile(r"[/,;&+|\n]| - | – ")
_CAPITAL_I: Final = str.maketrans("\u0406\u04c0\u0399", "III")
"""Letters that are like a small l to Unicode's table; in a matrix they are the letter I."""
_LONGEST: Final = 40
"""Characters of a cell of codes; what is longer is text."""
_TOGETHER: Final = 5
"""Letters that may be written together, as in RACI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCodes:
    """What a cell says. `parts`: its words and letters, each with its codes. `unknown`: those that nothing defines.

    `is_none`: a mark that says that the role has no part in the duty.
    """

    codes: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    is_none: bool = False
    is_tick: bool = False

    @property
    def is_code(self) -> bool:
        """Whether it is made of codes alone."""
        return bool(self.codes) and not self.unknown

    @property
    def is_like_code(self) -> bool:
        """Whether it is made of codes and of single letters that nothing defines."""
        parts = [each for each in self.unknown if not (len(each) == 1 and each.isalpha())]
        return bool(self.codes or self.unknown) and not parts and not self.is_tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What parts of cells mean: folded part → codes, empty for none.

    `closed`: the file's legend says which letters there are, so the usual ones mean nothing beside them.
    """

    meanings: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    _read: dict[str, CellCodes] = field(default_factory=dict, compare=False, repr=False)
    """What was read already: the cells of a matrix say the same few things."""

    def meaning(self, part: str) -> str | None:
        """The codes of one part; None if nothing defines it."""
        key = folded(part)
        if key in self.meanings:
            return self.meanings[key]
        if key.replace(" ", "-") in NONE:
            return ""
        letter = key.upper()
        if len(letter) == 1 and letter in LETTERS:
            return None if self.closed else letter
        word = CODE_WORDS.get(key)
        if word is None or (self.closed and word not in "".join(self.meanings.values())):
            return None
        return word


def read_cell(text: str, vocabulary: Vocabulary) -> CellCodes:
    """What the cell says; a text that is too long to be codes is one unknown part."""
    known = vocabulary._read  # noqa: SLF001 - it is kept there, so that it lasts as long as the vocabulary
    if text not in known:
        known[text] = _cell(text, vocabulary)
    return known[text]


def _cell(text: str, vocabulary: Vocabulary) -> CellCodes:
    plain, marks = without_marks(text)
    plain = as_read(plain.translate(_CAPITAL_I)).strip()
    if not plain:
        return CellCodes(marks=marks)
    if len(plain) > _LONGEST:
        return CellCodes(unknown=(plain,))
    if folded(plain).replace(" ", "-") in NONE and folded(plain) not in vocabulary.meanings:
        return CellCodes(is_none=True, marks=marks)
    if folded(plain) in TICKS and folded(plain) not in vocabulary.meanings:
        return CellCodes(is_tick=True, unknown=(plain,), marks=marks)
    parts, unknown = _parts(plain, vocabulary)
    codes = "".join(each for _, each in parts)
    return CellCodes(
        codes="".join(code for code in ORDER if code in codes),
        parts=tuple(parts),
        unknown=tuple(unknown),
        marks=marks,
        is_none=not codes and not unknown,
    )


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without marks of footnotes, and the marks as notes begin with them: `1`, `*`, `[^a]`."""
    plain = clean(text)
    if _MARK.fullmatch(plain):  # a mark alone is no mark of anything
        return plain, ()
    marks = tuple(mark_key(found.group()) for found in _MARK.finditer(plain))
    plain = _MARK.sub(" ", plain).strip()
    digit = _DIGIT_AFTER.search(plain)
    if digit and len(plain) <= _TOGETHER:
        marks, plain = (*marks, digit[1]), plain[: digit.start()]
    return " ".join(plain.split()), marks


def mark_key(mark: str) -> str:
    """`1` for `(1)`, `[1]` and `¹`; other marks as they are."""
    if mark.startswith("[^"):
        return mark
    plain = unicodedata.normalize("NFKC", mark).strip("()[]")
    return plain or mark


def _parts(text: str, vocabulary: Vocabulary) -> tuple[list[tuple[str, str]], list[str]]:
    """The parts of a text that are defined, with their codes, and those that are not."""
    whole = _one(text, vocabulary)
    if whole is not None:
        return whole, []
    known: list[tuple[str, str]] = []
    unknown: list[str] = []
    for part in SEPARATORS.split(text):
        found, rest = _phrase(_without_and(part), vocabulary)
        known += found
        unknown += rest
    return known, unknown


def _phrase(part: str, vocabulary: Vocabulary) -> tuple[list[tuple[str, str]], list[str]]:
    """The same of a part without separators: as a whole, else word by word if each word is known."""
    if not part:
        return [], []
    whole = _one(part, vocabulary)
    if whole is not None:
        return whole, []
    each = [_one(word, vocabulary) for word in part.split() if folded(word) not in AND]
    if len(each) > 1 and None not in each:
        return [known for word in each if word for known in word], []
    return [], [part]


def _without_and(part: str) -> str:
    tokens = part.split()
    while tokens and folded(tokens[0]) in AND:
        tokens = tokens[1:]
    return " ".join(tokens)


def _one(text: str, vocabulary: Vocabulary) -> list[tuple[str, str]] | None:
    """A word, letters written together, or either in brackets, with its codes; None if not defined."""
    plain = text.strip(" .()[]{}<>\"'“”:-–_")
    if not plain:
        return None
    meaning = vocabulary.meaning(plain)
    if meaning is not None:
        return [(plain, meaning)]
    is_short = 1 < len(plain) <= _TOGETHER and plain.isalpha() and plain.isupper()
    if not is_short or len(set(plain)) != len(plain):
        return None
    each = [vocabulary.meaning(letter) for letter in plain]
    return None if None in each else [(letter, codes) for letter, codes in zip(plain, each, strict=True) if codes]
