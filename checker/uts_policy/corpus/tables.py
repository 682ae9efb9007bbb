"""What the normaliser knows of each section: defaults, dates, lists, scopes. The shapes are in the schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField:
    """How a date is filled: to the last day of its month or year or to the first, and what stands where none is."""

    last: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One mapping of a declaration: an entry of a section, or a mapping inside an entry.

    `lists` become [] where they are absent, `scope` says that an absent scope becomes {}. `one` and `many` are nested
    mappings and lists of them. A mapping in `one` is normalised where it was written or has a default. `template` is
    what an entry holds that says nothing; entries share its lists and mappings, which nobody may change.
    """

    defaults: Mapping[str, Any] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    dates: Mapping[str, DateField] = field(default_factory=dict)
    scope: bool = False
    one: Mapping[str, "Shape"] = field(default_factory=dict)
    many: Mapping[str, "Shape"] = field(default_factory=dict)
    template: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        scope: dict[str, Any] = {"scope": {}} if self.scope else {}
        template = {**scope, **{key: [] for key in self.lists}, **self.defaults}
        object.__setattr__(self, "template", template)


_FIRST = DateField()
_LAST = DateField(last=True)
_FROM = DateField(default=FIRST_DAY)
_TO = DateField(last=True, default=LAST_DAY)
_TERM = {"from": _FROM, "to": _TO}

ASSIGNMENT = Shape(
    defaults={"overrides": False},
    dates={**_TERM, "acknowledged_on": _FIRST, "reviewed_on": _FIRST},
    scope=True,
)

SECTIONS: Mapping[str, Shape] = {
    "units": Shape(defaults={"status": "active"}, lists=("stakeholders",)),
    "people": Shape(defaults={"status": "active"}, dates={"departed_on": _FIRST}),
    "roles": Shape(
        defaults={"status": "active", "key": False, "collective": False, "external": False, "seats": 1},
        lists=("exposure", "authorities", "holders", "successors", "incompatible_with"),
        dates={"abolished_on": _FIRST},
        one={
            "vacancy": Shape(dates={"until": _TO}),
            "eligibility": Shape(lists=("roles", "training")),
        },
        many={
            "holders": Shape(defaults={"kind": "permanent", "share": 1}, dates=_TERM),
            "authorities": Shape(dates=_TERM, scope=True),
        },
    ),
    "authorities": Shape(defaults={"delegable": True, "redelegable": False}),
    "delegations": Shape(lists=("authorities",), dates={**_TERM, "rescinded_on": _FIRST}, scope=True),
    "responsibilities": Shape(
        defaults={"criticality": "normal", "status": "active"},
        lists=("requires", "criteria", "reviews"),
        scope=True,
    ),
    "assignments": ASSIGNMENT,
    "directives": Shape(
        defaults={"status": "in-force"},
        lists=("supersedes", "cites", "assigns"),
        dates={**_TERM, "review_by": _LAST},
        scope=True,
    ),
    "obligations": Shape(lists=("responsibilities",)),
    "vectors": Shape(),
    "training": Shape(
        defaults={"mandatory": False, "audience": {}},
        one={"audience": Shape(defaults={"everyone": False}, lists=("roles", "exposure"))},
    ),
    "training_records": Shape(dates={"completed_on": _FIRST, "expires_on": _LAST}),
    "incidents": Shape(),
    "incident_lines": Shape(lists=("notify",), scope=True),
    "assessments": Shape(dates={"date": _FIRST}),
    "vulnerabilities": Shape(lists=("vectors", "actions")),
    "actions": Shape(defaults={"status": "open"}, lists=("requires",), dates={"due": _LAST, "done_on": _FIRST}),
    "recommendations": Shape(
        defaults={"status": "unresolved"},
        dates={"issued": _FIRST, "agreed_on": _FIRST, "due": _LAST, "closed_on": _FIRST},
    ),
    "waivers": Shape(dates={"approved_on": _FIRST, "expires": _LAST}),
}
"""Every section, in the order of the data model."""

SHORT_FORMS: Mapping[str, str] = {
    "accountable": "A",
    "responsible": "R",
    "support": "S",
    "consulted": "C",
    "informed": "I",
}
"""The keys of a responsibility that are assignments in short, and the code each stands for."""
