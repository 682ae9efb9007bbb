"""Where people are named in declarations: fields, routes, texts."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple

from uts_policy.model.corpus import SECTIONS
from uts_policy.model.place import Route

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


_FREE = frozenset({"description", "source", "tags"})
_HARMLESS = {
    "people": frozenset({"status", "departed_on"}),
    "training_records": frozenset({"module", "completed_on", "expires_on"}),
    "holders": frozenset({"kind", "from", "to", "share"}),
}
"""Fields that name nobody, in the mappings whose other fields may: a misspelt `name` holds a name too."""
_PLAIN = re.compile("[0-9.-]+|active|on-leave|departed|permanent|acting|detailed")
"""What such a field holds where it is as it should be."""
_NAMES = frozenset({"name", "title"})
_TEXTS = (
    frozenset(
        {
            "title",
            "description",
            "name",
            "statement",
            "text",
            "reason",
            "limits",
            "evidence",
            "instrument",
            "not_applicable",
        }
    )
    | _FREE
)
"""Fields that hold text also where it is a single word."""


_OFFICES = frozenset(
    {
        *("accountable", "responsible", "support", "supporting", "consulted", "informed", "role", "roles", "owner"),
        *("unit", "units", "parent", "chair", "stakeholders", "reports_to", "successors", "incompatible_with"),
        *("delegator", "delegate", "approved_by", "declare", "command", "notify"),
    }
)
"""Fields that name roles or units: whoever is new to it writes a person there."""


class Kind(Enum):
    """What stands at a place."""

    PERSON = auto()
    OFFICE = auto()  # a role or a unit, or by mistake a person
    NAME = auto()
    SUBJECT = auto()  # `section/id`
    TEXT = auto()
    OTHER = auto()


class Place(NamedTuple):
    """A scalar, or with `is_key` a mapping's key, and what it is."""

    route: Route
    value: Any
    kind: Kind
    is_key: bool = False


def places(data: object) -> Iterator[Place]:
    """Every scalar of a document, and the keys that may be ids; the document need not be valid."""
    stack: list[tuple[Route, Any]] = [((), data)]
    while stack:
        route, value = stack.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if key_names(route, key):
                    yield Place((*route, key), key, Kind.PERSON, is_key=True)
                stack.append(((*route, key), inner))
        elif isinstance(value, list):
            stack += [((*route, index), inner) for index, inner in enumerate(value)]
        elif value is not None and not isinstance(value, bool):
            yield place_of(route, value)


def place_of(route: Route, value: object) -> Place:
    """The place of one scalar."""
    return Place(route, value, _kind(route, value))


def sensitive(route: Route) -> bool:
    """Whether what stands at or beneath `route` may name a person."""
    return _area(route) is not None


def key_names(route: Route, key: object) -> bool:
    """Whether a mapping at `route` that has `key` may have a person for a key, as where a list was meant."""
    area = _area((*route, 0) if route in (("people",), ("training_records",)) else route)
    if area is None or not isinstance(key, str) or key.startswith("x-"):
        return False
    known = _HARMLESS[area] | _FREE | _NAMES | {"id", "person", "ref", "url"}
    return key not in known


def _area(route: Route) -> str | None:
    """The mapping about people that a route leads into; of a section that there is not, nobody knows."""
    if not route:
        return None
    section = str(route[0])
    if section in ("people", "training_records"):
        return section
    if section not in SECTIONS and not section.startswith("x-"):
        return "people"
    if section == "roles" and "holders" in route[1:3]:
        return "holders"
    return None


def _kind(route: Route, value: object) -> Kind:
    fields = [step for step in route if isinstance(step, str)]
    if any(field.startswith("x-") for field in fields):
        return Kind.TEXT
    area = _area(route)
    if area is not None:
        return _in_area(area, fields[2:] if area == "holders" else fields[1:], value)
    if fields[:1] == ["waivers"] and fields[-1] in ("subject", "key"):
        return Kind.SUBJECT
    if isinstance(value, str) and (any(char.isspace() for char in value) or _TEXTS.intersection(fields)):
        return Kind.TEXT
    return Kind.OFFICE if _OFFICES.intersection(fields[1:]) else Kind.OTHER


def _in_area(area: str, fields: list[str], value: object) -> Kind:
    field = fields[0] if fields else ""
    if field in _HARMLESS[area] and (field == "module" or _PLAIN.fullmatch(str(value))):
        return Kind.OTHER
    if field in _FREE:
        return Kind.TEXT
    if field in _NAMES:
        return Kind.NAME if area == "people" else Kind.TEXT
    return Kind.PERSON
