"""Where people are named in declarations: fields, routes, texts."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Any, NamedTuple

from uts_policy.common import fields
from uts_policy.common.fields import Field
from uts_policy.model.place import Route
from uts_policy.redact.mentions import Mentions, folded

_PART = re.compile(r"[^\W\d_]+|\d+")
_PARTS = 40
"""Words and numbers in a key: in a longer one nobody looks for names, it is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody whom the declarations name. `taken` are words that are ids of anything else: in a text they stay."""

    ids: frozenset[str]
    names: frozenset[str]
    taken: Collection[str] = frozenset()
    _mentions: Mentions = field(init=False)
    _joined: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        ids = frozenset(person for person in self.ids if unmistakable(person) and person not in self.taken)
        object.__setattr__(self, "_mentions", Mentions(ids=ids, names=self.names))
        joined = frozenset(map(_joined, (*ids, *self.names)))
        object.__setattr__(self, "_joined", joined - {""})

    def within(self, key: str) -> bool:
        """Whether a key that nobody foresaw is somebody's id, or has an id or a name in it: `p-1-note`, `ada_park`."""
        if key in self.ids and key not in self.taken:
            return True
        parts = _PART.findall(folded(key)[0])
        if len(parts) > _PARTS:
            return True
        ends = range(1, len(parts) + 1)
        return any("".join(parts[begin:end]) in self._joined for end in ends for begin in range(end))

    def found(
        self, text: str, as_id: Callable[[str], str], as_name: Callable[[str], str]
    ) -> list[tuple[int, int, str]]:
        """Where `text` names people, in order and apart: begin, end and what to write."""
        found = []
        # Where no space is, none may come: the text may be an id, or a part of one.
        bare = not any(char.isspace() for char in text)
        for mention in self._mentions.found(text):
            new = as_id(mention.person) if mention.by_id else as_name(mention.person)
            found.append((mention.begin, mention.end, new.replace(" ", "-") if bare and not mention.by_id else new))
        return found


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


def _joined(text: str) -> str:
    """The letters and digits alone, as `ada_park` and `Ada Park` have them in common."""
    return "".join(_PART.findall(folded(text)[0]))


class Kind(Enum):
    """What stands at a place."""

    PERSON = auto()
    OFFICE = auto()  # the id of something else, or by mistake a person
    NAME = auto()
    SUBJECT = auto()  # `section/id`
    TEXT = auto()
    KEY = auto()  # that the schema does not know
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
                elif is_unforeseen(key):
                    yield Place((*route, key), key, Kind.KEY, is_key=True)
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
    found = _area(route)
    if found is None or not isinstance(key, str) or key.startswith("x-"):
        return False
    return key not in _names().known_beside_people and key not in {each.name for each in found[0].fields}


def is_unforeseen(key: object) -> bool:
    """Whether the schema has no such field, so that it may be anybody's name; keys of one's own are such."""
    return isinstance(key, str) and key not in _names().known and key not in fields.sections()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """A mapping about a person: its section, the way to it from the entry, what it holds by the schema."""

    section: str
    route: tuple[str, ...]
    fields: tuple[Field, ...]
    plain: re.Pattern[str]
    """What its dates, numbers and choices hold where they are as they should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Names of fields, wherever they are: a document that is redacted need not be valid."""

    texts: frozenset[str]
    labels: frozenset[str]
    references: frozenset[str]
    common: frozenset[str]
    """Of those that every entry may have, the texts."""
    known: frozenset[str]
    known_beside_people: frozenset[str]


@cache
def _areas() -> tuple[_Area, ...]:
    """The people, and every mapping with a field that names one."""
    ways = {(fields.PEOPLE, ()), *((each.section, each.route[:-1]) for each in fields.every() if _names_one(each))}
    return tuple(_made(section, route) for section, route in sorted(ways))


def _made(section: str, route: tuple[str, ...]) -> _Area:
    holding = fields.at(section, route)
    inner = fields.fields(section) if holding is None else holding.inner
    choices = [re.escape(choice) for each in inner for choice in each.choices]
    return _Area(section=section, route=route, fields=inner, plain=re.compile("|".join(("[0-9.-]+", *choices))))


def _names_one(field: Field) -> bool:
    return fields.PEOPLE in field.names


@cache
def _names() -> _Names:
    every = fields.every()
    texts = frozenset(each.name for each in every if each.is_text)
    labels = frozenset(each.name for each in every if each.is_label)
    sections = [frozenset(each.name for each in fields.fields(section)) for section in fields.sections()]
    common = frozenset.intersection(*sections) & texts
    inside = frozenset(each.name for each in every if each.is_text and len(each.route) > 1)
    people = frozenset(each.name for each in every if _names_one(each) or each.is_id)
    return _Names(
        texts=texts,
        labels=labels,
        references=frozenset(each.name for each in every if each.names),
        common=common,
        known=frozenset(each.name for each in every),
        known_beside_people=common | labels | inside | people,
    )


def _area(route: Route) -> tuple[_Area, tuple[str, ...]] | None:
    """The mapping about people that a route leads into, and the way on; of an unknown section, nobody knows."""
    if not route:
        return None
    section, names = str(route[0]), tuple(step for step in route[1:] if isinstance(step, str))
    if section not in fields.sections() and not section.startswith("x-"):
        section = fields.PEOPLE
    for area in _areas():
        # An id may stand before, where a mapping was written in place of a list.
        for begin in (0, 1) if area.route else (0,):
            end = begin + len(area.route)
            if area.section == section and names[begin:end] == area.route:
                return area, names[end:]
    return None


def _kind(route: Route, value: object) -> Kind:
    steps = tuple(step for step in route if isinstance(step, str))
    if any(step.startswith("x-") for step in steps):
        return Kind.TEXT
    found = _area(route)
    if found is not None:
        return _in_area(*found, value)
    field = fields.at(steps[0], steps[1:]) if steps else None
    if field is not None and field.is_finding:
        return Kind.SUBJECT
    names = _names()
    if isinstance(value, str) and (any(char.isspace() for char in value) or names.texts.intersection(steps[1:])):
        return Kind.TEXT
    # Of a field that the schema does not know, nobody can say that it names nobody.
    unknown = not names.known.issuperset(steps[1:])
    return Kind.OFFICE if unknown or names.references.intersection(steps[-1:]) else Kind.OTHER


def _in_area(area: _Area, way: tuple[str, ...], value: object) -> Kind:
    name = way[0] if way else ""
    field = next((each for each in area.fields if each.name == name), None)
    names = _names()
    if name in names.labels:
        return Kind.NAME if area.section == fields.PEOPLE else Kind.TEXT
    if name in names.common or (field is not None and field.is_text):
        return Kind.TEXT
    if field is None or field.is_id or _names_one(field):
        return Kind.PERSON
    return Kind.OTHER if field.is_reference or area.plain.fullmatch(str(value)) else Kind.PERSON
