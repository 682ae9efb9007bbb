"""Redacted runs: the declarations as they are decide, and those with pseudonyms speak."""

from collections.abc import Callable, Collection
from dataclasses import replace

from uts_policy import resources
from uts_policy.common.former_names import first_named
from uts_policy.corpus.links.references import words
from uts_policy.judge.identity import of_violation
from uts_policy.judge.report import Assessment, Facts, report_assessed
from uts_policy.load.yaml import parse
from uts_policy.model.baseline import Baseline
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import AppliedWaiver, Finding, Status
from uts_policy.model.place import Location, Span
from uts_policy.model.report import Report
from uts_policy.model.settings import Settings
from uts_policy.pipeline.request import PLACEHOLDERS, Declared, Request
from uts_policy.redact.declarations import UNSAID, Read, Redaction
from uts_policy.rules.catalogue import read_catalogue, rule_set
from uts_policy.rules.host_rules import host_rules


def hidden(declared: Declared, request: Request) -> Declared:
    """What was read, with people as pseudonyms where the request wants that."""
    if request.redaction is None:
        return declared
    files = declared.files
    read = Read(sources=files.sources, documents=files.documents, problems=declared.problems)
    titles = {rule.id: (rule.title, rule.remediation) for rule in host_rules()}
    redacted = request.redaction.redacted(read, titles)
    return Declared(
        files=replace(files, sources=redacted.sources, documents=redacted.documents, problems=()),
        problems=redacted.problems,
    )


def nobodies(settings: Settings) -> frozenset[str]:
    """The words that stand for nobody, in lower case: no people, so they need no pseudonym."""
    configured = settings.rules.get(PLACEHOLDERS[0], {}).get(PLACEHOLDERS[1])
    if configured is None:
        catalogue = read_catalogue(rule_set(resources.builtin_policies()).files, parse)
        rule = next(rule for rule in catalogue if rule.id == PLACEHOLDERS[0])
        configured = rule.parameters[PLACEHOLDERS[1]].default
    return frozenset(words(configured))


def judged_twice(request: Request, report: Callable[[Request], Report]) -> Report:
    """The report on a request; where it is redacted, with the verdict that it would have if it were not.

    A rule may look at how a name is written, and a saved baseline knows true identities. So `report` is asked twice:
    about the declarations as they are, which decides what is found, at which level, waived or known, and about the
    redacted ones, which gives every word of it.
    """
    redaction = request.redaction
    if redaction is None:
        return report(request)
    spoken = report(replace(request, settings=replace(request.settings, baseline=None)))
    if not spoken.evaluated:
        return spoken
    true = report(replace(request, redaction=None))
    return _merged(true, spoken, redaction)


def true_identity(finding: Finding, corpus: Corpus | None, redaction: Redaction) -> str:
    """The identity that a finding of a rule in a redacted corpus has where nobody is hidden."""
    reveal = redaction.pseudonyms.revealed
    names = finding.entry, finding.key
    entry, key = names if corpus is None else first_named(corpus.data, *names)
    return of_violation(finding.rule, reveal(entry), reveal(key))


def report_knowing(request: Request, facts: Facts, assessment: Assessment, known: Collection[str]) -> Report:
    """The report on what was assessed, by the identities that were known before: true ones where people are hidden."""
    report = report_assessed(facts, assessment, known)
    return report if request.redaction is None else _known_again(report, known, request.redaction)


def _known_again(report: Report, known: Collection[str], redaction: Redaction) -> Report:
    """A redacted report whose findings are known where `known` has their true identities."""
    findings = tuple(
        replace(finding, status=Status.KNOWN) if true_identity(finding, report.corpus, redaction) in known else finding
        for finding in report.findings
    )
    return replace(report, findings=findings)


def without_people(baseline: Baseline | None, redaction: Redaction | None) -> Baseline | None:
    """The baseline as redacted outputs tell of it: its messages are sentences about anybody."""
    if baseline is None or redaction is None:
        return baseline
    entries = tuple(replace(entry, entry=redaction.entry(entry.entry), message="") for entry in baseline.entries)
    return replace(baseline, entries=entries)


def _merged(true: Report, spoken: Report, redaction: Redaction) -> Report:
    said = {true_identity(finding, spoken.corpus, redaction): finding for finding in spoken.findings}
    titles = {rule.id: rule.title for rule in true.rules}
    findings = []
    for finding in true.findings:
        words = said.get(finding.identity) or _wordless(finding, titles[finding.rule], spoken, redaction)
        waiver = None if finding.waiver is None else _waiver(finding.waiver, spoken)
        findings.append(replace(words, level=finding.level, status=finding.status, waiver=waiver))
    return replace(
        spoken,
        threshold=true.threshold,
        counts=true.counts,
        rules=true.rules,
        evaluated=true.evaluated,
        not_assessed=true.not_assessed,
        outcomes=true.outcomes,
        blocked=true.blocked,
        findings=tuple(findings),
    )


def _wordless(finding: Finding, title: str, spoken: Report, redaction: Redaction) -> Finding:
    """A finding about how a name is written, or about the baseline: where it is, and not what it says."""
    entry, path = redaction.entry(finding.entry), redaction.path(finding.path)
    key = redaction.pseudonyms.digest("key", finding.key) if finding.key else ""
    return replace(
        finding,
        identity=of_violation(finding.rule, entry, key),
        message=f"{title[:1].lower()}{title[1:]}{UNSAID}",
        entry=entry,
        path=path,
        key=key,
        cause="",
        location=_line(finding.location, spoken, path),
        related=(),
    )


def _line(location: Location | None, spoken: Report, path: tuple[str | int, ...]) -> Location | None:
    """The place in the redacted text; where the corpus does not know it, the line."""
    found = None if spoken.corpus is None else spoken.corpus.locate(path)
    if location is None or (
        found is not None and found.span.line == location.span.line and found.file == location.file
    ):
        return found if location is not None else None
    line = location.span.line
    return Location(file=location.file, span=Span(line=line, column=1, end_line=line, end_column=1))


def _waiver(waiver: AppliedWaiver, spoken: Report) -> AppliedWaiver:
    """The waiver with the reason as the redacted corpus has it."""
    data = {} if spoken.corpus is None else spoken.corpus.data["waivers"].get(waiver.id, {})
    return replace(waiver, reason=data.get("reason", ""), approved_by=data.get("approved_by", ""))
