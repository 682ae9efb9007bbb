"""Whom a text mentions: ids and names, however white space, case, hyphens and Unicode forms are written."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from uts_policy.common.invisible import has_no_shape

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[^\w{}\[\]:]*_*[^\w{}\[\]:]*")
"""What may stand between two words of a name: white space, a line's end and a comment's sign, hyphens, dots."""
_FURTHEST = 200
"""Characters between two words of a name, beyond which they are no name."""
_SHORT = 4
_PLAIN_WORD = 6
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that put no space between words."""
_BETWEEN = re.compile(r"[\W_]*")


class Mention(NamedTuple):
    """A stretch of a text, the end exclusive, and who is mentioned there: by the id, or else by the name."""

    begin: int
    end: int
    person: str
    by_id: bool


class _Word(NamedTuple):
    text: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """An id or a name as it is looked for: its letters and digits in one piece."""

    joined: str
    person: str
    by_id: bool
    starts: frozenset[str]
    """What a mention may begin with: the first word, or the first words written as one."""
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Finds people in texts: by `ids`, and by `names`."""

    ids: Iterable[str]
    names: Iterable[str]
    _whole: dict[str, list[_Sought]] = field(default_factory=dict)
    """By the letters and digits: people are many, and their ids often begin alike (`p-0001`)."""
    _starts: set[str] = field(default_factory=set)
    _beginnings: set[str] = field(default_factory=set)
    """Every beginning of what is looked for, to its last letter."""
    _by_letter: dict[str, list[_Sought]] = field(default_factory=dict)
    """The names in scripts without spaces, by their first letter."""

    def __post_init__(self) -> None:
        # Of two that are written alike the first one stands: sorted, so that it is the same in every run.
        for by_id, people in ((True, sorted(self.ids)), (False, sorted(self.names))):
            for person in people:
                self._seek(person, by_id=by_id)
        for found in self._by_letter.values():
            found.sort(key=lambda sought: -len(sought.joined))

    def _seek(self, person: str, *, by_id: bool) -> None:
        words = [word.text for word in words_of(person)]
        joined = "".join(words)
        # A name that is one word in small letters may be any word.
        if not joined or (not by_id and len(words) == 1 and person.islower()):
            return
        starts = frozenset("".join(words[:count]) for count in range(1, len(words) + 1))
        sought = _Sought(joined=joined, person=person, by_id=by_id, starts=starts, words=len(words))
        if len(joined) > 1 and all(map(_UNSPACED.fullmatch, joined)):
            self._by_letter.setdefault(joined[0], []).append(sought)
            return
        self._whole.setdefault(joined, []).append(sought)
        self._starts.update(starts)
        self._beginnings.update(joined[:length] for length in range(1, len(joined) + 1))

    def found(self, text: str) -> list[Mention]:
        """Every mention in `text`, in order and apart; of two that overlap the one that begins first, or is longer."""
        words = words_of(text)
        found = [mention for index in range(len(words)) for mention in self._at(text, words, index)]
        if self._by_letter and not text.isascii():
            found += self._without_spaces(text)
        kept: list[Mention] = []
        for each in sorted(found, key=lambda mention: (mention.begin, -mention.end)):
            if not kept or each.begin >= kept[-1].end:
                kept.append(each)
        return kept

    def _at(self, text: str, words: Sequence[_Word], index: int) -> Iterator[Mention]:
        begin, first = words[index].begin, words[index].text
        for joined, end in reversed(list(self._spelt(text, words, index)) if first in self._starts else ()):
            for sought in self._whole[joined]:
                is_mention = _is_whole_id if sought.by_id else _is_name
                if first in sought.starts and is_mention(text, begin, end, sought):
                    yield Mention(begin, end, sought.person, sought.by_id)
                    return

    def _spelt(self, text: str, words: Sequence[_Word], index: int) -> Iterator[tuple[str, int]]:
        """What is looked for that the words from one on spell, shortest first, each with where it ends."""
        so_far = ""
        for last in range(index, len(words)):
            word = words[last]
            if last > index and not _go_together(text, words[last - 1].end, word.begin):
                return
            so_far += word.text
            if so_far not in self._beginnings:
                return
            if so_far in self._whole:
                yield so_far, word.end

    def _without_spaces(self, text: str) -> Iterator[Mention]:
        plain, places = folded(text)
        for index, letter in enumerate(plain):
            for sought in self._by_letter.get(letter, ()):
                end = _end_of(plain, index, sought.joined)
                if end is not None:
                    yield Mention(places[index], places[end - 1] + 1, sought.person, sought.by_id)
                    break


def _end_of(plain: str, begin: int, joined: str) -> int | None:
    """Where `joined` ends in `plain`, white space and signs between its letters aside."""
    end = begin
    for letter in joined:
        between = _BETWEEN.match(plain, end)
        end = end if between is None or end == begin else between.end()
        if plain[end : end + 1] != letter:
            return None
        end += 1
    return end


def _go_together(text: str, end: int, begin: int) -> bool:
    """Whether the word that ends and the one that begins may be of one name."""
    return begin - end <= _FURTHEST and _GAP.fullmatch(text, end, begin) is not None


def _is_name(text: str, begin: int, end: int, sought: _Sought) -> bool:
    """Whether it is a name and no word of the language: `Will`, but not `will`."""
    stretch = text[begin:end]
    is_one_word = sought.words == 1 or (len(sought.joined) < _PLAIN_WORD and stretch.isalnum())
    return not (is_one_word and stretch.islower())


def _is_whole_id(text: str, begin: int, end: int, sought: _Sought) -> bool:
    """Whether the id stands by itself, and not in a longer one: `p-1`, but not `p-1-a`, and not `p. 1`."""
    if begin > 1 and _joins(text[begin - 1]) and text[begin - 2].isalnum():
        return False
    if _joins(text[end : end + 1]) and text[end + 1 : end + 2].isalnum():
        return False
    is_dashed = any(_joins(char) and char != "." for char in text[begin:end])
    return is_dashed or sought.words == 1 or "." in sought.person or len(sought.joined) >= _SHORT


def _joins(char: str) -> bool:
    return char != "" and (char in "_." or unicodedata.category(char) == "Pd" or char == "\u2212")


def words_of(text: str) -> list[_Word]:
    """The runs of letters and digits in the form in which they are compared, each with its place in `text`."""
    plain, places = folded(text)
    words = []
    for found in _WORD.finditer(plain):
        begin, end = found.span()
        # What has no shape after the last letter belongs to it, as a combining mark does.
        words.append(_Word(found.group(), places[begin], places[end] if end < len(places) else len(text)))
    return words


def folded(text: str) -> tuple[str, Sequence[int]]:
    """`text` without case, accents, compatibility forms and characters without a shape; and where each comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in _folded(char):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=10_000)
def _folded(char: str) -> str:
    if has_no_shape(char):
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Me"})
