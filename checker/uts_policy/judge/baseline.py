"""The baseline against a report: what is still there, what is fixed, what is new, and how it may change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from uts_policy.common.fields import sections
from uts_policy.common.former_names import first_named
from uts_policy.common.nearest import nearest
from uts_policy.judge.identity import of_violation
from uts_policy.model.baseline import Baseline, BaselineEntry
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report

FIXED = "baseline/fixed"
"""The rule that looks at the baseline and not at declarations, and is therefore decided here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineStanding:
    """A baseline in the light of a report.

    `unjudged` are entries whose rule was not evaluated, or could not judge the entry, `unread` those of which something
    was not read: nobody knows.

    `new` are the findings that count and are not in the baseline.
    """

    remaining: tuple[BaselineEntry, ...]
    fixed: tuple[BaselineEntry, ...]
    unjudged: tuple[BaselineEntry, ...]
    unread: tuple[BaselineEntry, ...]
    new: tuple[Finding, ...]


def standing(baseline: Baseline, report: Report, unread: Collection[str] = ()) -> BaselineStanding:
    """Which entries are still found. `report` is one in which some rule was evaluated.

    `unread` are the identities of entries of which the run did not read everything: they are not taken for fixed.
    """
    found = {finding.identity for finding in report.findings}
    remaining = [entry for entry in baseline.entries if entry.id in found]
    missing = [entry for entry in baseline.entries if entry.id not in found]
    gone = [entry for entry in missing if _judged(entry, report)]
    return BaselineStanding(
        remaining=tuple(remaining),
        fixed=tuple(entry for entry in gone if entry.id not in unread),
        unjudged=tuple(entry for entry in missing if entry not in gone),
        unread=tuple(entry for entry in gone if entry.id in unread),
        new=tuple(finding for finding in _acceptable(report) if finding.identity not in baseline.identities),
    )


def _judged(entry: BaselineEntry, report: Report) -> bool:
    """Whether its rule has judged its entry: one that no longer states what the rule needs is not fixed."""
    return entry.rule in report.evaluated and entry.entry not in report.not_judged.get(entry.rule, ())


def fixed_at_base(baseline: Baseline, report: Report | None, corpus: Corpus) -> frozenset[str]:
    """The identities in the baseline of a base that the base no longer had: should they come back, they are new.

    So are those whose entry the base did not even declare, whatever rules ran: what comes with its id is something
    else, or has come back. `report` is None where no rule could be evaluated.
    """
    gone = set() if report is None else {entry.id for entry in standing(baseline, report).fixed}
    return frozenset(gone | {entry.id for entry in baseline.entries if not _declared(entry.entry, corpus)})


def _declared(entry: str, corpus: Corpus) -> bool:
    section, _, identifier = entry.partition("/")
    if section not in sections() or identifier in corpus.data[section]:
        return True
    return identifier in corpus.data["links"]["former_names"].get(section, {})


def fixed_findings(baseline: Baseline, report: Report, unread: Collection[str] = ()) -> tuple[Finding, ...]:
    """One finding of `baseline/fixed` for each entry that is fixed: the list would let that defect come back unseen.

    It weighs no more than what it would let through: a fixed note is a note.

    Empty where the rule is off, or no rule was evaluated.
    """
    levels = {rule.id: rule.level for rule in report.rules}
    if FIXED not in report.evaluated:
        return ()
    remediation = next(rule.remediation for rule in report.rules if rule.id == FIXED)
    return tuple(
        Finding(
            identity=of_violation(FIXED, *_first_named(report, entry)),
            rule=FIXED,
            level=min(levels[FIXED], levels.get(entry.rule, levels[FIXED]), key=lambda level: level.rank),
            message=f'"{entry.rule}" on "{entry.entry}" is fixed, and the baseline still lists it',
            remediation=remediation,
            entry=entry.entry,
            path=tuple(entry.entry.split("/", 1)),
            key=entry.id,
            cause="",
            location=baseline.places.get(entry.id),
            related=(),
        )
        for entry in standing(baseline, report, unread).fixed
    )


def _first_named(report: Report, entry: BaselineEntry) -> tuple[str, str]:
    corpus = report.corpus
    return (entry.entry, entry.id) if corpus is None else first_named(corpus.data, entry.entry, entry.id)


def pruned(baseline: Baseline, report: Report, unread: Collection[str] = ()) -> Baseline:
    """The baseline without what is fixed."""
    fixed = {entry.id for entry in standing(baseline, report, unread).fixed}
    return replace(baseline, entries=tuple(entry for entry in baseline.entries if entry.id not in fixed))


def everything(file: str, report: Report, *, paths: tuple[str, ...], reason: str, day: str) -> Baseline:
    """A first baseline: every finding that counts. `paths` are what was read, relative to the root."""
    entries = _sorted(_entry(finding, reason, day) for finding in _acceptable(report))
    return Baseline(file=file, entries=entries, paths=paths)


def accepted(baseline: Baseline, report: Report, identities: Collection[str], *, reason: str, day: str) -> Baseline:
    """The baseline with some findings more. Raises UsageError for an identity that no finding of the report has."""
    findings = {finding.identity: finding for finding in _acceptable(report)}
    known = baseline.identities
    for identity in identities:
        if identity in known:
            raise UsageError(f'"{identity}" is in the baseline already', "leave it out")
        if identity not in findings:
            close = nearest(identity, findings)
            hint = f'Did you mean "{close}"?' if close else "`uts-policy baseline status` lists those that are new."
            raise UsageError(f'no finding that counts has the id "{identity}"', hint)
    entries = [_entry(findings[identity], reason, day) for identity in dict.fromkeys(identities)]
    return replace(baseline, entries=_sorted((*baseline.entries, *entries)))


def _acceptable(report: Report) -> Sequence[Finding]:
    """The findings that a baseline can hold: what a waiver hides needs none, and what came with a change is no past."""
    return [
        finding
        for finding in report.findings
        if finding.waiver is None and not finding.rule.startswith(("yaml/", "schema/", "change/", "baseline/"))
    ]


def _entry(finding: Finding, reason: str, day: str) -> BaselineEntry:
    return BaselineEntry(
        id=finding.identity,
        rule=finding.rule,
        entry=finding.entry,
        message=finding.message,
        reason=reason,
        accepted=day,
        file="" if finding.location is None else finding.location.file,
    )


def _sorted(entries: Iterable[BaselineEntry]) -> tuple[BaselineEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.rule, entry.entry, entry.id)))
