"""Findings of one cause as one, what to fix first before the rest: what formats for people show."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uts_policy.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Findings of one rule that one cause explains: the first in the order given, and how many more."""

    first: Finding
    others: tuple[Finding, ...]

    def message(self, titles: Mapping[str, str]) -> str:
        """What they share: the words that all of them have, else the title of their rule and the entry behind it."""
        first = self.first
        if all(each.message == first.message for each in self.others):
            return first.message
        _, _, name = first.cause.partition("/")
        title = titles.get(first.rule, first.rule)
        return f'{len(self.others) + 1} findings because of "{name}": {title[:1].lower()}{title[1:]}'


def fold(findings: Iterable[Finding]) -> tuple[Fold, ...]:
    """Findings that share rule, cause, level, waiver and status, in the order of their first one."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        waiver = None if finding.waiver is None else finding.waiver.id
        groups.setdefault((cause_of(finding), finding.rule, finding.level, waiver, finding.status), []).append(finding)
    return tuple(Fold(first=group[0], others=tuple(group[1:])) for group in groups.values())


def cause_of(finding: Finding) -> str:
    """What a finding comes from: its cause, else nothing but itself."""
    return finding.cause or finding.identity


def by_urgency(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What to fix first: by level, by criticality of the duty concerned, by how many findings share the cause.

    What is equal in all three stands by rule, then in the order of the report. What does not count comes last.
    """
    shared = Counter(cause_of(finding) for finding in findings if finding.counts)

    def key(finding: Finding) -> tuple[bool, int, int, int, str]:
        level, criticality = finding.urgency
        return not finding.counts, -level, -criticality, -shared[cause_of(finding)], finding.rule

    return tuple(sorted(findings, key=key))


def causes(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The causes of the findings that count, the one to fix first before the others."""
    return tuple(dict.fromkeys(cause_of(each) for each in by_urgency([each for each in findings if each.counts])))


def keep_top(findings: Sequence[Finding], top: int | None) -> tuple[tuple[Finding, ...], int]:
    """The findings of the `top` causes to fix first, and how many causes were left out."""
    ranked = causes(findings)
    if top is None or len(ranked) <= top:
        return tuple(findings), 0
    kept = set(ranked[:top])
    return tuple(finding for finding in findings if cause_of(finding) in kept), len(ranked) - top
