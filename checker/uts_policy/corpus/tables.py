"""The schema as the normaliser needs it: defaults, dates, lists, scopes of each section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from uts_policy.common import fields
from uts_policy.common.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField:
    """How a date is filled: to the last day of its month or year or to the first, and what stands where none is."""

    last: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One mapping of a declaration: an entry of a section, or a mapping inside an entry.

    `lists` become [] where they are absent, `scope` says that an absent scope becomes {}. `one` and `many` are nested
    mappings and lists of them. `or_none` are fields in which an empty list says that there is none; the corpus lacks
    them then. A mapping in `one` is normalised where it was written or has a default. `template` is what an entry holds
    that says nothing; entries share its lists and mappings, which nobody may change.
    """

    defaults: Mapping[str, Any] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    dates: Mapping[str, DateField] = field(default_factory=dict)
    scope: bool = False
    or_none: frozenset[str] = frozenset()
    one: Mapping[str, "Shape"] = field(default_factory=dict)
    many: Mapping[str, "Shape"] = field(default_factory=dict)
    template: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        scope: dict[str, Any] = {"scope": {}} if self.scope else {}
        template = {**scope, **{key: [] for key in self.lists}, **self.defaults}
        object.__setattr__(self, "template", template)


def _shape(inside: Sequence[Field]) -> Shape:
    nested = [(each, _shape(each.inner)) for each in inside if each.inner]
    nested = [(each, shape) for each, shape in nested if shape != Shape()]
    return Shape(
        defaults={
            each.name: each.default
            for each in inside
            if each.default is not None and not (each.many or each.is_date or each.kind == "scope")
        },
        lists=tuple(each.name for each in inside if each.many and each.default is not None),
        dates={each.name: DateField(last=each.is_end, default=each.default) for each in inside if each.is_date},
        scope=any(each.kind == "scope" and each.default is not None for each in inside),
        or_none=frozenset(each.name for each in inside if each.kind.endswith("-or-none")),
        one={each.name: shape for each, shape in nested if not each.many},
        many={each.name: shape for each, shape in nested if each.many},
    )


SECTIONS: Mapping[str, Shape] = {section: _shape(fields.fields(section)) for section in fields.sections()}
"""Every section, in the order of the data model."""
ASSIGNMENT = SECTIONS["assignments"]
SHORT_FORMS: Mapping[str, str] = fields.short_forms()
"""The keys of a responsibility that are assignments in short, and the code each stands for."""
