"""What the schemas say of each field of the declarations (kind, what it names, default) and of each setting.

The schemas are the only description of a field or setting; whoever has to know which fields hold references, people,
dates or text asks here. They are read at the first question, once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from uts_policy import resources

PEOPLE = "people"
"""The section of those whom nobody should be able to name."""
_DATE, _END = "date", "date-end"
_OWNERS = frozenset({"owner", "owner-person"})
_TEXTS = frozenset({"text", "text-or-number", "citation", "citations", "tags"})
_ID = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a section's entries, or of a mapping inside them.

    `route` leads to it from the entry, through mappings and lists. `kinds` are the definitions of the schema that it is
    made of, the nearest first: (owner, role-id, reference); of a list those of its items. `names` are the sections
    whose entries it names. `many`: it is a list. `default` is what the corpus holds where it is left out, None where
    that is nothing. `code`: it is the short form of assignments with this code. `choices` are the words it may hold, if
    it may hold no others. `inner` are the fields of the mapping, or of each of the mappings, that it holds.
    """

    section: str
    route: tuple[str, ...]
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    many: bool
    default: Any
    code: str
    choices: tuple[str, ...]
    weakens: str
    inner: tuple["Field", ...]

    @property
    def name(self) -> str:
        """The key that it is written under."""
        return self.route[-1]

    @property
    def kind(self) -> str:
        """The nearest definition; empty where the schema describes the field in its place."""
        return self.kinds[0] if self.kinds else ""

    @property
    def is_owner(self) -> bool:
        """Whether it is an owner's place: a placeholder in it is not a misspelt id."""
        return not _OWNERS.isdisjoint(self.kinds)

    @property
    def is_reference(self) -> bool:
        """Whether what stands in it must be an id. A citation may be one, or anything else."""
        return bool(self.names) and "citation" not in self.kinds

    @property
    def is_text(self) -> bool:
        """Whether people write in it what they like; a citation too."""
        return not _TEXTS.isdisjoint(self.kinds)

    @property
    def is_label(self) -> bool:
        """Whether it is what people call the entry."""
        return self.kind == "label"

    @property
    def is_date(self) -> bool:
        """Whether it is a day, month or year."""
        return _DATE in self.kinds

    @property
    def is_end(self) -> bool:
        """Whether it is a date that is filled to the last day of its month or year."""
        return _END in self.kinds

    @property
    def is_finding(self) -> bool:
        """Whether it holds the entry or the key of a finding, which are made of ids."""
        return not {"entry", "finding-key"}.isdisjoint(self.kinds)

    @property
    def is_id(self) -> bool:
        """Whether it is what other entries call this one by."""
        return _ID in self.kinds


@cache
def sections() -> tuple[str, ...]:
    """Every section, in the order of the data model."""
    return tuple(resources.schema("declarations")["properties"])


def population(subjects: Sequence[str]) -> tuple[str, ...]:
    """The sections whose entries a rule is about, by its subjects: "*" is every section."""
    return sections() if "*" in subjects else tuple(dict.fromkeys(subjects))


@cache
def fields(section: str) -> tuple[Field, ...]:
    """The fields of an entry of `section`, in the schema's order; own keys (`x-`) aside."""
    return tuple(_fields(section, (), _entry(section)))


@cache
def every() -> tuple[Field, ...]:
    """All fields of all sections, those of inner mappings after the field that holds the mapping."""
    return tuple(field for section in sections() for each in fields(section) for field in _with_inner(each))


@cache
def references() -> tuple[Field, ...]:
    """The fields of the corpus that name entries: short forms are assignments there."""
    return tuple(each for each in every() if each.names and not each.code)


@cache
def label(section: str) -> str:
    """The field that names an entry of `section` to people."""
    return next(each.name for each in fields(section) if each.is_label)


@cache
def noun(section: str) -> str:
    """What people call one entry of `section`."""
    return str(_entry(section)["title"])


@cache
def over(section: str) -> frozenset[str]:
    """The values of `status` with which an entry of `section` is over; empty if entries have no status."""
    return frozenset(_entry(section)["properties"].get("status", {}).get("over", ()))


@cache
def short_forms() -> Mapping[str, str]:
    """The keys of a responsibility that are assignments in short, and the code each stands for."""
    return {each.name: each.code for each in fields("responsibilities") if each.code}


@cache
def made_of(section: str) -> tuple[Field, ...]:
    """The fields that make the id of an entry of `section` to which nobody gave one; empty where one must be given."""
    names = _entry(section).get("id_of", ())
    return tuple(each for name in names for each in fields(section) if each.name == name)


def at(section: str, route: tuple[str, ...]) -> Field | None:
    """The field at `route`, lists passed through; None where the schema has none there."""
    found = None
    inner = fields(section) if section in sections() else ()
    for step in route:
        found = next((each for each in inner if each.name == step), None)
        if found is None:
            return None
        inner = found.inner
    return found


def _with_inner(field: Field) -> Iterator[Field]:
    yield field
    for each in field.inner:
        yield from _with_inner(each)


def _entry(section: str) -> Mapping[str, Any]:
    root = resources.schema("declarations")
    return _followed(root["properties"][section]["items"])[0]


def _followed(part: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """A part of the schema with the definitions that it refers to, and their names; the nearest one goes first."""
    root = resources.schema("declarations")
    kinds: list[str] = []
    while "$ref" in part:
        kinds.append(part["$ref"].rpartition("/")[2])
        part = {**root["$defs"][kinds[-1]], **{key: value for key, value in part.items() if key != "$ref"}}
    return part, tuple(kinds)


def _fields(section: str, above: tuple[str, ...], mapping: Mapping[str, Any]) -> Iterator[Field]:
    for name, written in mapping.get("properties", {}).items():
        part, kinds = _followed(written)
        many = part["type"] == "array"
        item = part
        if many and not kinds:
            item, kinds = _followed(part["items"])
        yield Field(
            section=section,
            route=(*above, name),
            kinds=kinds,
            names=tuple(item.get("names", ())),
            many=many,
            default=written.get("absent", written.get("default")),
            code=written.get("code", ""),
            choices=tuple(item.get("enum", ())),
            weakens=written.get("weakens", ""),
            inner=tuple(_fields(section, (*above, name), item)),
        )


def settings() -> tuple[str, ...]:
    """Every setting of the configuration."""
    return tuple(resources.schema("config")["properties"])


def setting_default(name: str) -> Any:  # noqa: ANN401 - JSON
    """What holds where the configuration does not state the setting; None where that is nothing."""
    return resources.schema("config")["properties"][name].get("default")


def setting_values(name: str) -> tuple[str, ...]:
    """The values that a setting may have; empty where it may have any."""
    return tuple(resources.schema("config")["properties"][name].get("enum", ()))


def default_timeout() -> float:
    """The seconds that an engine may take, if nobody states how many."""
    return float(setting_default("timeout"))


def weakens(name: str) -> str | tuple[str, ...]:
    """Which change of a setting makes the check ask for less; empty where none does.

    `fewer` or `more` entries, `any` change, `parameters`; or its values, the weakest first.
    """
    said = resources.schema("config")["properties"][name].get("weakens", "")
    return tuple(said) if isinstance(said, list) else str(said)
