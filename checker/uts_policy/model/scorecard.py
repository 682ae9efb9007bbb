"""A scorecard: questions over rules, and how far each is met."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from uts_policy.model.finding import Finding


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
