"""The legend of a file: what its letters and words mean, wherever it stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uts_policy.exchange.raci.codes import Vocabulary, without_marks
from uts_policy.exchange.raci.wording import CODE_WORDS, LETTERS, NONE, RAPID
from uts_policy.exchange.text import SMALL_WORDS, clean, folded, words
from uts_policy.model.grid import ForeignFile, Grid, Paragraph, Spot

_LINE: Final = re.compile(
    r"^\(?(?P<key>[A-Z]{1,2}|[Nn]/[Aa]|[^\W\d_][\w ]{2,19})\)?\s*(?:[:=–—]|-(?=\s)|\s-)\s*(?P<text>\S.*)$"
)
_BRACKETED: Final = re.compile(r"^\((?P<key>[A-Z])\)\s*(?P<text>\w.*)$")
_BEHIND: Final = re.compile(r"^(?P<text>\w[\w '-]{2,30}?)\s*\((?P<key>[A-Z])\)$")
_SEVERAL: Final = re.compile(
    r"(?<![\w])\(?(?P<key>[A-Z])\)?\s*[:=–-]\s*(?P<text>[^,;|/\n=:]{3,60}?)(?=\s*(?:[,;|/\n.]|$))"
)
_FILLER: Final = frozenset(
    [
        "person",
        "persons",
        "people",
        "who",
        "whom",
        "that",
        "which",
        "those",
        "one",
        "ones",
        "must",
        "should",
        "will",
        "has",
        "have",
        "to",
        "be",
        "is",
        "are",
        "does",
        "do",
        "der",
        "die",
        "das",
        "wer",
        "wird",
        "werden",
        "ist",
        "sind",
        "qui",
        "celui",
        "celle",
        "est",
        "sont",
        "doit",
        "quien",
        "que",
        "es",
        "debe",
        "person",
        "personne",
        "group",
        "role",
        "team",
        "(r)",
        "r",
        "a",
        "s",
        "c",
        "i",
    ]
)
_LOOKED_AT: Final = 4
_LONGEST_LETTER: Final = 2
_SHORTEST: Final = 4
"""Characters of a line that can explain nothing."""
_FEWEST: Final = 2
_SHORT: Final = 30
_MOST_IN_ROW: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One line: what is explained, the words for it, and where. `code`: what it means here; None if that is unclear."""

    key: str
    text: str
    where: str
    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """All entries, the cells they stand in by grid, and whether the words are those of RAPID."""

    entries: tuple[LegendEntry, ...] = ()
    cells: Mapping[str, frozenset[Spot]]
    is_rapid: bool = False

    def vocabulary(self, chosen: Mapping[str, str]) -> Vocabulary:
        """What cells mean by this legend, and by the map, which wins."""
        meanings = {folded(entry.key): entry.code for entry in self.entries if entry.code is not None}
        letters = [entry for entry in self.entries if len(entry.key) <= _LONGEST_LETTER]
        return Vocabulary(meanings={**meanings, **chosen}, closed=len(letters) >= _FEWEST)


def find_legend(files: Sequence[ForeignFile]) -> Legend:
    """The legend of these files; without entries if there is none."""
    entries: dict[str, LegendEntry] = {}
    cells: dict[str, frozenset[Spot]] = {}
    used = _short_words(files)
    for file in files:
        for block in file.blocks:
            found = list(_of_grid(block, used) if isinstance(block, Grid) else _of_text(block, used, file.file))
            if len({folded(entry.key) for entry, _ in found}) < _FEWEST:
                continue
            for entry, _ in found:
                entries.setdefault(folded(entry.key), entry)
            if isinstance(block, Grid):
                spots = frozenset(spot for _, each in found for spot in each)
                cells[block.name] = frozenset(block.cells) if len(spots) >= len(block.cells) / 2 else spots
    settled = _settled(list(entries.values()))
    rapid = sum(bool(RAPID & set(words(entry.text)[:_LOOKED_AT])) for entry in settled)
    return Legend(entries=settled, cells=cells, is_rapid=rapid > _FEWEST)


def _short_words(files: Sequence[ForeignFile]) -> frozenset[str]:
    """Words that stand in several short cells: what a legend of words may explain."""
    seen: dict[str, int] = {}
    for file in files:
        for grid in file.grids:
            for text in grid.cells.values():
                if len(text) <= _SHORT:
                    for part in re.split(r"[/,;+&|\n]", clean(text)):
                        seen[folded(part)] = seen.get(folded(part), 0) + 1
    return frozenset(word for word, count in seen.items() if count > 1)


def _of_text(block: Paragraph, used: frozenset[str], file: str) -> Iterator[tuple[LegendEntry, tuple[Spot, ...]]]:
    for line in block.text.split("\n"):
        for entry in _entries(line, used, f'"{file}"'):
            yield entry, ()


def _of_grid(grid: Grid, used: frozenset[str]) -> Iterator[tuple[LegendEntry, tuple[Spot, ...]]]:
    rows: dict[int, list[int]] = {}
    for row, column in sorted(grid.cells):
        rows.setdefault(row, []).append(column)
    for row, columns in rows.items():
        for place, column in enumerate(columns):
            text = clean(grid.cells[row, column])
            where = grid.address((row, column))
            found = [each for line in grid.cells[row, column].split("\n") for each in _entries(line, used, where)]
            if found:
                beside = (
                    tuple((row, each) for each in columns[place + 1 : place + 2])
                    if len(columns) <= _MOST_IN_ROW
                    else ()
                )
                for entry in found:
                    yield entry, ((row, column), *beside)
            elif _is_letter(text) and place + 1 < len(columns):
                right = clean(grid.cells[row, columns[place + 1]])
                if _is_definition(text, right, grid, (row, column)):
                    yield _entry(text, right, where), ((row, column), (row, columns[place + 1]))


def _is_letter(text: str) -> bool:
    return 1 <= len(text.strip("() .:")) <= _LONGEST_LETTER and text.strip("() .:").isalpha()


def _is_definition(letter: str, right: str, grid: Grid, spot: Spot) -> bool:
    """Whether the text beside a letter explains it: letters of a legend stand below each other, each once."""
    if _is_letter(right) or _is_letter(without_marks(right)[0]) or not any(char.isalpha() for char in right):
        return False
    first = words(right)[:1]
    named = bool(first) and (first[0] in CODE_WORDS or first[0].startswith(folded(letter.strip("() .:"))))
    row, column = spot
    around = [clean(grid.cells.get((row + step, column), "")) for step in (-2, -1, 1, 2)]
    others = [each for each in around if _is_letter(each)]
    return named and bool(others) and letter not in others


def _entries(line: str, used: frozenset[str], where: str) -> list[LegendEntry]:
    text = clean(line)
    if len(text) <= _SHORTEST:
        return []
    several = [(found["key"], found["text"]) for found in _SEVERAL.finditer(text)]
    if len({key for key, _ in several}) >= _FEWEST:
        return [_entry(key, each.strip(), where) for key, each in several]
    for pattern in (_BRACKETED, _LINE, _BEHIND):
        found = pattern.match(text)
        if found and _is_key(found["key"], used):
            return [_entry(found["key"], found["text"], where)]
    return []


def _is_key(key: str, used: frozenset[str]) -> bool:
    return _is_letter(key) or folded(key) in used or folded(key) in CODE_WORDS or folded(key) in NONE


def _entry(key: str, text: str, where: str) -> LegendEntry:
    key = key.strip("() .:")
    return LegendEntry(key=key, text=text, where=where, code=_code(key, text))


def _code(key: str, text: str) -> str | None:
    """The code that the words name; None if they name none, or another one than a usual letter stands for."""
    if folded(key) in NONE:
        return ""
    own = CODE_WORDS.get(folded(key))
    if own is not None:
        return own
    meaningful = [word for word in words(text) if word not in _FILLER and word not in SMALL_WORDS][:1]
    code = CODE_WORDS.get(meaningful[0]) if meaningful else None
    if code is None or (len(key) == 1 and key.upper() in LETTERS and code != key.upper()):
        return None
    return code


def _settled(entries: list[LegendEntry]) -> tuple[LegendEntry, ...]:
    """Entries whose language has no word in the table keep their usual letters, if no word of the legend is known."""
    letters = [entry for entry in entries if len(entry.key) == 1]
    if any(entry.code for entry in letters) or len(letters) <= _FEWEST:
        return tuple(entries)
    own = {
        entry.key: LegendEntry(key=entry.key, text=entry.text, where=entry.where, code=entry.key.upper())
        for entry in letters
        if entry.key.upper() in LETTERS and entry.code is None
    }
    return tuple(own.get(entry.key, entry) for entry in entries)
