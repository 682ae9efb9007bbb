"""People in free text: ids and names that cannot be taken for anything else."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

_ID = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody whom the declarations name. `taken` are words that are ids of anything else: in a text they stay."""

    ids: frozenset[str]
    names: frozenset[str]
    taken: Collection[str] = frozenset()
    _folded: dict[str, str] = field(default_factory=dict)
    _first: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in sorted(self.ids):
            if unmistakable(person) and person not in self.taken:
                self._folded.setdefault(person.lower(), person)
        for name in self.names:
            found = _WORD.search(name)
            if found is not None and found.start() == 0 and not name.islower():
                self._first.setdefault(found.group(), []).append(name)
        for names in self._first.values():
            names.sort(key=lambda name: (-len(name), name))

    def found(
        self, text: str, as_id: Callable[[str], str], as_name: Callable[[str], str]
    ) -> list[tuple[int, int, str]]:
        """Where `text` names people, in order and apart: begin, end and what to write."""
        found = []
        for match in _WORD.finditer(text):
            for name in self._first.get(match.group(), ()):
                end = match.start() + len(name)
                if text.startswith(name, match.start()) and not re.match(r"\w", text[end : end + 1]):
                    found.append((match.start(), end, as_name(name)))
                    break
        for match in _ID.finditer(text):
            person = self._folded.get(match.group().lower())
            if person is not None:
                found.append((*match.span(), as_id(person)))
        return _apart(found)


def substituted(text: str, edits: Collection[tuple[int, int, str]]) -> str:
    """`text` with stretches of it replaced; `edits` are in order and apart."""
    done, parts = 0, []
    for begin, end, new in edits:
        parts += [text[done:begin], new]
        done = end
    return "".join((*parts, text[done:]))


def unmistakable(person: str) -> bool:
    """No word and no number: `p-0417`, but not `may`, `12` or a date."""
    has_letter = any(char.isalpha() for char in person)
    return has_letter and any(not char.isalpha() for char in person)


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for each in sorted(found, key=lambda edit: (edit[0], -edit[1])):
        if not kept or each[0] >= kept[-1][1]:
            kept.append(each)
    return kept
