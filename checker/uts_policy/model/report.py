"""The report: everything that any output format or the evidence needs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from uts_policy.model.corpus import Asked, Corpus
from uts_policy.model.document import Source
from uts_policy.model.errors import Exit
from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.finding import Finding, Repair, Status
from uts_policy.model.rule import Level, NotAssessed, Rule, from_loader


class Verdict(StrEnum):
    """`none` is never a pass."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many findings count at each level, and how many do not count and why."""

    error: int = 0
    warning: int = 0
    note: int = 0
    waived: int = 0
    known: int = 0

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Counts":
        """How many count, by level, and how many are waived or known."""
        counted: Counter[str] = Counter()
        for finding in findings:
            if finding.waiver is not None:
                counted["waived"] += 1
            elif finding.status is Status.KNOWN:
                counted["known"] += 1
            else:
                counted[finding.level.value] += 1
        return cls(**counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many entries a rule looked at, by what became of them: they add up.

    An entry has failed where some finding on it is not waived.
    """

    passed: int
    failed: int
    waived: int
    not_judged: int

    @property
    def entries(self) -> int:
        """All of them."""
        return self.passed + self.failed + self.waived + self.not_judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """SHA-256, hex, of what went in."""

    inputs: str
    policies: str
    schemas: str
    config: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One check. `findings` are sorted by file, line, column, rule, identity.

    `rules` is the whole catalogue with the levels in force; `evaluated` is empty where the input was invalid. `sources`
    are the files read, by path. `ignored` counts what discovery passed over, by reason; `passed_over` has the reason by
    name. `corpus` is what the rules saw; none where no rule was evaluated. `steering` are configuration and baseline,
    by path: no input, but findings can stand in them. `fails_too` are rules whose findings fail the check below the
    threshold as well. `name` tells this set of declarations from others of one repository; empty where there is one.
    `unread` are the identities in the baseline that are not found any more, and of which not everything was read.
    `outcomes` are the counts of each rule that was evaluated, `judged` the entries (`section/id`) that each with needs
    has judged, `not_judged` those that it could not judge, by rule; `not_stated` are the facts that entries leave
    unsaid, those that are said to be complete aside; `blocked` counts, by fact and rule, the entries that the rule
    could not judge for want of it. `views` are the answers of the views that the run
    asked for, by view. `organisation` is its name; empty if nobody says it. `repairs` are safe ones, by the identity of
    the finding, where the run asked for them.
    """

    tool_version: str
    as_of: str
    engine: EngineInfo
    threshold: Level | None
    counts: Counts
    digests: Digests
    sources: Mapping[str, Source]
    rules: tuple[Rule, ...]
    evaluated: tuple[str, ...]
    not_assessed: tuple[NotAssessed, ...]
    findings: tuple[Finding, ...]
    ignored: Mapping[str, int] = field(default_factory=dict)
    passed_over: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    name: str = ""
    organisation: str = ""
    unread: tuple[str, ...] = ()
    corpus: Corpus | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    judged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_judged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blocked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    not_stated: Mapping[str, Asked] = field(default_factory=dict)
    steering: Mapping[str, Source] = field(default_factory=dict)
    fails_too: frozenset[str] = frozenset()
    views: Mapping[str, Any] = field(default_factory=dict)
    repairs: Mapping[str, Repair] = field(default_factory=dict)

    def source(self, file: str) -> Source | None:
        """The file in which a finding stands, to show its lines; None where there are none to show."""
        return self.sources.get(file) or self.steering.get(file)

    @property
    def verdict(self) -> Verdict:
        """Fail at or above the threshold, and for any invalid declaration whatever the threshold."""
        return Verdict.FAIL if self.exit is Exit.FINDINGS else Verdict.PASS

    @property
    def exit(self) -> Exit:
        """What the process returns: the same in every format."""
        return Exit.FINDINGS if any(map(self.fails, self.findings)) else Exit.PASS

    def fails(self, finding: Finding) -> bool:
        """Whether this finding by itself makes the verdict "fail"."""
        if not finding.counts:
            return False
        if from_loader(finding.rule) or finding.rule in self.fails_too:
            return True
        return self.threshold is not None and finding.level.rank >= self.threshold.rank


def fingerprint(identity: str, name: str) -> str:
    """The identity of a finding among those of all sets of declarations in one repository, of which this is `name`."""
    return f"{identity}:{name}" if name else identity
