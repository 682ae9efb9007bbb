"""Defects: as an engine reports them, as the loader reports them, and as the report shows them."""

from dataclasses import dataclass
from enum import StrEnum

from uts_policy.model.place import Location, Route, Span
from uts_policy.model.rule import FixKind, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPath:
    """Another place in the corpus that a violation speaks of, with a word for it ("also accountable here")."""

    path: Route
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What an engine returned. `path` is a route in the corpus; its first two steps are section and id."""

    rule: str
    path: Route
    message: str
    related: tuple[RelatedPath, ...] = ()
    cause: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPlace:
    """Another place in the files that a finding speaks of. `entry` is `section/id` or empty."""

    message: str
    entry: str
    location: Location | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What would repair a problem: the text in quotes, or the key, to write; empty where it has to be looked up.

    `doubt` says why a person has to decide whether that is meant; empty where it is clear.
    """

    kind: FixKind
    text: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A stretch of a file, and what to write there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A fix as a change of one file's text, in words and in full."""

    file: str
    description: str
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A defect that the host finds: loader, schema or merge. `route` leads through the document.

    `document` is the document's index in its file. `problem` is what tells two problems of one rule at one route
    apart; it is part of the identity and never contains positions.
    """

    rule: str
    message: str
    remediation: str
    location: Location
    document: int = 0
    route: Route = ()
    problem: str = ""
    related: tuple[RelatedPlace, ...] = ()
    fix: Fix | None = None


class Criticality(StrEnum):
    """How much depends on a duty, the least first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """From 0 for low to 3 for critical."""
        return tuple(Criticality).index(self)


class Status(StrEnum):
    """Whether the base, or a saved baseline, already had the finding."""

    NEW = "new"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedWaiver:
    """The waiver that hides a finding's effect."""

    id: str
    reason: str
    approved_by: str
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One defect with its place. `entry` is `section/id`, empty for files that could not be read.

    `identity` is `1:` and 32 hex digits; see judge/identity.py for what it covers. `criticality` is that of the most
    critical duty that the entry concerns, None if it concerns none.
    """

    identity: str
    rule: str
    level: Level
    message: str
    remediation: str
    entry: str
    path: Route
    key: str
    cause: str
    location: Location | None
    related: tuple[RelatedPlace, ...]
    waiver: AppliedWaiver | None = None
    status: Status = Status.NEW
    criticality: Criticality | None = None

    @property
    def counts(self) -> bool:
        """Whether it can change the verdict: not waived, and not there before."""
        return self.waiver is None and self.status is Status.NEW

    @property
    def urgency(self) -> tuple[int, int]:
        """By level, then by criticality: the larger, the sooner to fix. What concerns no duty ranks as a normal one."""
        return self.level.rank, (self.criticality or Criticality.NORMAL).rank
