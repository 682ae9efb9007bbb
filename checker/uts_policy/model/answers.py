"""What questions about an organisation are answered with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from uts_policy.model.document import Source
from uts_policy.model.finding import Finding
from uts_policy.model.place import Location
from uts_policy.model.report import Outcome
from uts_policy.model.rule import NotAssessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A finding that begins to count on `day`, as it will be then.

    `subject` is what people call the entry, else its id. `roles` are those whose business it is on the day of the
    forecast, `units` where they sit.
    """

    day: str
    finding: Finding
    roles: tuple[str, ...]
    units: tuple[str, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """From the day after `as_of` to `until`. `evaluated` are the days that were looked at; between, nothing changes.

    `starts` are sorted by day, then as a report sorts findings. `by` is how to show them: by day, role or unit.
    `titles` are those of the rules, by id; `organisation` is its name, empty if nobody says it.
    """

    as_of: str
    until: str
    evaluated: tuple[str, ...]
    starts: tuple[Start, ...]
    by: str = "day"
    titles: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""


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
    """`subject` is an id, a title or a fragment of either; `unit` and `vector` are ids; None: all there are."""

    subject: str
    unit: str | None = None
    vector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The answers to a question. `answers` has one for each responsibility that it means, as `uts.view.who` gives them.

    `subjects` has one for each role, person and unit: its `kind`, `id`, `title`, and the `roles` through which it
    answers, as `uts.view.mandate` gives them. Where the subject may mean too much to answer all of it, `matches` lists
    the `section`, `id` and `title` of each entry, and the other two are empty.

    Beside every `path` stands its `location`, beside every `x_path` its `x_location`. `unjudged` are rules that had
    nothing to judge by and that would make somebody nobody.
    """

    as_of: str
    question: Question
    answers: tuple[Mapping[str, Any], ...]
    subjects: tuple[Mapping[str, Any], ...] = ()
    matches: tuple[Mapping[str, Any], ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCoverage:
    """A fact: of how many entries it is asked, how many state it, and the rules that wait for the rest.

    `waiting` counts, by rule, the entries that it could not judge for want of this fact.
    """

    fact: str
    asked: int
    stated: int
    complete: bool
    waiting: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to write down, a fact or a section of which nothing is declared, and what it is good for.

    `rules` are those that would judge more, `entries` how many more judgements of entries that makes; 0 for a section.
    """

    fact: str = ""
    section: str = ""
    rules: tuple[str, ...]
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The whole table. `declared` counts entries by section.

    `rules` gives the outcome of each rule that looked at entries: those that were assessed, and those of `not_assessed`
    that judged none of them.
    """

    tool_version: str
    as_of: str
    declared: Mapping[str, int]
    facts: tuple[FactCoverage, ...]
    rules: Mapping[str, Outcome]
    not_assessed: tuple[NotAssessed, ...]
    steps: tuple[NextStep, ...]


class ScorecardStanding(StrEnum):
    """`not assessed` is never `met`."""

    MET = "met"
    NOT_MET = "not met"
    NOT_ASSESSED = "not assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestsOn:
    """A rule that a question rests on.

    `sections`: only its findings on entries of these, or, as `section.field`, on that field of them; empty: on any.
    """

    rule: str
    sections: frozenset[str] = frozenset()

    def means(self, finding: Finding) -> bool:
        """Whether the finding is one of these."""
        section = finding.entry.partition("/")[0]
        places = {section, *(f"{section}.{field}" for field in finding.path[2:3])}
        return finding.rule == self.rule and (not self.sections or not self.sections.isdisjoint(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardQuestion:
    """One question. `population` names what is counted, `source` where the question comes from, if it says so."""

    id: str
    question: str
    population: str
    rules: tuple[RestsOn, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """The questions of one scorecard, in their order."""

    title: str
    questions: tuple[ScorecardQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerShare:
    """A role, how many members it owns, and how many of these are met, as a tile counts. An empty role is nobody."""

    role: str
    met: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """The answer to one question. `met` of the `of` members are without a finding that counts.

    `not_stated` members are neither: a rule of the question could not judge them, as what it needs is not stated.

    `findings` are those that count, `waived` those that would. `lacking` are the members that they concern, sorted.
    `owners` are those who own members, the ones with most that lack first, then with most not stated. `reasons` say why
    it is not assessed.
    """

    question: ScorecardQuestion
    standing: ScorecardStanding
    met: int
    of: int
    not_stated: int
    lacking: tuple[str, ...]
    owners: tuple[OwnerShare, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All answers of one run, in the order of the questions."""

    tool_version: str
    as_of: str
    title: str
    tiles: tuple[Tile, ...]

    def has(self, standings: Collection[ScorecardStanding]) -> bool:
        """Whether a question stands like one of these."""
        return any(tile.standing in standings for tile in self.tiles)
