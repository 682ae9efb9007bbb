"""Bags of evidence as values: what one says, what two differ in, a sample, a verification."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from uts_policy.model.answers import Fact
from uts_policy.model.corpus import Asked
from uts_policy.model.difference import OwnerChange, Rename
from uts_policy.model.document import Source
from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.finding import Finding
from uts_policy.model.report import Digests, Outcome
from uts_policy.model.rule import NotAssessed, from_loader


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """A report as its JSON tells it. The findings have no `key`: JSON leaves it to the identity."""

    tool_version: str
    as_of: str
    engine: EngineInfo
    verdict: str
    threshold: str
    digests: Digests
    files: tuple[str, ...]
    evaluated: tuple[str, ...]
    not_assessed: tuple[NotAssessed, ...]
    findings: tuple[Finding, ...]
    name: str
    notices: tuple[str, ...]
    outcomes: Mapping[str, Outcome]
    judged_entries: Mapping[str, tuple[str, ...]]
    not_judged: Mapping[str, tuple[str, ...]]
    not_stated: Mapping[str, Asked]
    blocked: Mapping[str, Mapping[str, int]]

    def judged(self, rule: str) -> bool:
        """Whether the rule had its say: evaluated, or about the form of declarations, which always is."""
        return from_loader(rule) or rule in self.evaluated


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The entries that a rule is about. `not_assessed` is the reason, and then none of them has been judged."""

    rule: str
    entries: int
    passed: int
    failed: int
    waived: int
    not_judged: int
    not_assessed: str | None


class Reproduced(StrEnum):
    """`not comparable` is another tool or engine, and says nothing about the bag; `failed` says that it is wrong."""

    SAME = "same"
    FAILED = "failed"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDifference:
    """A file that did not come out as it is in the bag, and how."""

    path: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    """The answer. `compared` counts files; `why` says what makes the bag not comparable."""

    file: str
    digest: str
    outcome: Reproduced
    compared: int = 0
    differences: tuple[FileDifference, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagSide:
    """One bag: the file as the user calls it, the bag's digest (SHA-256, hex), the day and the verdict."""

    name: str
    digest: str
    as_of: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """Something that a check was done with and that differs: what it is, before and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A rule that has its say in one bag only. `reason` says why not in the other, as far as that bag says so."""

    rule: str
    begins: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BagDifference:
    """What changed between two bags. All lists are sorted.

    `opened` are there now and no waiver hides them, `closed` are there no more, though their rule was judged.
    `waived`: a waiver hides them now that did not before; `uncovered`: one did, and does no more. `unjudged` are gone
    because nobody looked: their rule was not judged this time. `same` counts those on both sides that are none of
    these. `owners` is None where owners could not be compared; `notices` say why. `titles` are those of roles.
    """

    before: BagSide
    after: BagSide
    circumstances: tuple[Circumstance, ...]
    files: tuple[Circumstance, ...]
    rules: tuple[RuleChange, ...]
    opened: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    uncovered: tuple[Finding, ...]
    unjudged: tuple[Finding, ...]
    same: int
    owners: tuple[OwnerChange, ...] | None
    renames: tuple[Rename, ...]
    titles: Mapping[str, str]
    notices: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        findings = (self.opened, self.closed, self.waived, self.uncovered, self.unjudged)
        return not any((self.circumstances, self.files, self.rules, *findings, self.owners, self.renames, self.notices))


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


class VerificationOutcome(StrEnum):
    """Of one part. `not checked` is never `ok`."""

    OK = "ok"
    REJECTED = "rejected"
    WARNING = "warning"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionReason:
    """Why a part is not ok. `id` is a word for programs that stays; `path` a file in the bag, or empty."""

    id: str
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationPart:
    """One of integrity, signer, time and reconciliation. `facts` are what it is about, by name."""

    outcome: VerificationOutcome
    says: str
    reasons: tuple[RejectionReason, ...] = ()
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The whole answer about one file. `digest` is the bag's, SHA-256 in hex, empty where there is none."""

    file: str
    digest: str
    parts: Mapping[str, VerificationPart]

    @property
    def rejected(self) -> bool:
        """Whether any part was rejected."""
        return any(part.outcome is VerificationOutcome.REJECTED for part in self.parts.values())
