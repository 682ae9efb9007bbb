"""A sample of what a check concluded, to be done again by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from uts_policy.model.answers import Fact
from uts_policy.model.document import Source
from uts_policy.model.finding import Finding


class Conclusion(StrEnum):
    """What a rule said of an entry. `waived`: every finding there is waived."""

    VIOLATION = "violation"
    PASS = "pass"  # noqa: S105 - a conclusion, not a password
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """The conclusions of one kind in one category of rules: how many there are, and how many were drawn."""

    category: str
    conclusion: Conclusion
    population: int
    drawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One conclusion: a rule, an entry (`section/id`; a file's name where it is about a file), what was concluded.

    `about` says what the rule flags. `facts` are everything that was written which may bear on it; `more` counts those
    that are left out for room. `findings` are the rule's on this entry.
    """

    rule: str
    title: str
    about: str
    parameters: Mapping[str, object]
    entry: str
    conclusion: Conclusion
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Cards by rule and entry, and the strata that they were drawn from. `sources` are files by their path in the bag.

    `bag` is the bag's digest, SHA-256 in hex. The same bag, size and seed give the same sample.
    """

    bag: str
    as_of: str
    tool_version: str
    seed: int
    size: int
    strata: tuple[Stratum, ...]
    cards: tuple[Card, ...]
    sources: Mapping[str, Source]
