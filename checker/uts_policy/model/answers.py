"""What questions about an organisation are answered with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from uts_policy.model.document import Source
from uts_policy.model.finding import Finding
from uts_policy.model.place import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A finding that begins to count on `day`, as it will be then.

    `roles` are those whose business it is on the day of the forecast, `units` where they sit.
    """

    day: str
    finding: Finding
    roles: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """From the day after `as_of` to `until`. `evaluated` are the days that were looked at; between, nothing changes.

    `starts` are sorted by day, then as a report sorts findings. `by` is how to show them: by day, role or unit.
    """

    as_of: str
    until: str
    evaluated: tuple[str, ...]
    starts: tuple[Start, ...]
    by: str = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that was written, why it matters to the finding, and the entry (`section/id`) that says it."""

    why: str
    entry: str
    location: Location | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A finding, the facts that it rests on, and what decided besides: the day, the rule's parameters.

    `sources` are the files, for excerpts. `title` is the rule's.
    """

    as_of: str
    title: str
    finding: Finding
    facts: tuple[Fact, ...]
    parameters: Mapping[str, object]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`responsibility` is an id or a fragment of statements; `unit` and `vector` are ids; None: all there are."""

    responsibility: str
    unit: str | None = None
    vector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The answers to a question, one for each responsibility that it means, as `uts.view.who` gives them.

    Beside every `path` stands its `location`, beside every `x_path` its `x_location`. `unjudged` are rules that had
    nothing to judge by and that would make somebody nobody.
    """

    as_of: str
    question: Question
    answers: tuple[Mapping[str, Any], ...]
    unjudged: tuple[str, ...] = ()


class StructurePart(StrEnum):
    """What can be drawn."""

    UNITS = "units"
    ROLES = "roles"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Units in force, living roles and incident lines, by id, as `uts.view.structure` gives them."""

    as_of: str
    units: Mapping[str, Mapping[str, Any]]
    roles: Mapping[str, Mapping[str, Any]]
    lines: Mapping[str, Mapping[str, Any]]
