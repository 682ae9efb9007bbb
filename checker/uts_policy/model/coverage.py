"""How far an organisation is described, and how much of it rules could therefore judge."""

from collections.abc import Mapping
from dataclasses import dataclass

from uts_policy.model.report import Outcome
from uts_policy.model.rule import NotAssessed


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
