"""The report as Markdown: for a comment on a change, a job summary, a page of a wiki."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from uts_policy.common.words import number, standing
from uts_policy.model.finding import Finding, Status
from uts_policy.model.report import Report
from uts_policy.render.common.fold import Fold, by_urgency, fold
from uts_policy.render.common.markdown import MarkdownPart, escaped, fitted
from uts_policy.render.common.summary import FACTS, OUTCOMES, fact_rows, outcome_rows, summary
from uts_policy.render.interface import Style

MOST = 60_000
"""Characters: GitHub refuses a comment of more than 65,536."""
_WIDE = 10**6


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """What counts as a table; what is waived, what was there before and what was not assessed folded away."""
    return document(report, MOST, size=len)


def document(report: Report, room: int, *, size: Callable[[str], int]) -> str:
    """The report in at most `room` of what `size` measures, and a last line that says what did not fit."""
    return fitted(tuple(_parts(report)), room, size=size)


def _parts(report: Report) -> Iterator[MarkdownPart]:
    yield MarkdownPart(head=f"## uts-policy: {report.verdict}\n\n", lines=tuple(_summary(report)), early=True)
    findings = by_urgency(report.findings)
    counting = [finding for finding in findings if finding.counts]
    if counting:
        yield _table("", counting, report)
    waived = [finding for finding in findings if finding.waiver is not None]
    if waived:
        yield _table(f"{len(waived)} waived", waived, report)
    known = [finding for finding in findings if finding.waiver is None and finding.status is Status.KNOWN]
    if known:
        yield _table(f"{len(known)} known from before", known, report)
    if report.not_assessed:
        yield _folded(
            f"{number(len(report.not_assessed), 'rule')} not assessed",
            "",
            [f"- {escaped(each.rule)}: {escaped(each.reason)}\n" for each in report.not_assessed],
            early=True,
        )
    yield from _assessed(report)


def _assessed(report: Report) -> Iterator[MarkdownPart]:
    """What became of the entries that each rule looked at, and what is not stated."""
    facts = [_cells(row) for row in fact_rows(report)]
    if facts:
        yield _folded(f"{number(len(facts), 'fact')} not stated everywhere", _head(FACTS), facts, early=True)
    if report.outcomes:
        rows = [_cells(row) for row in outcome_rows(report)]
        yield _folded("Entries by rule", _head(OUTCOMES), rows)


def _head(names: Sequence[str]) -> str:
    return f"{_cells(names)}|{'---|' * len(names)}\n"


def _cells(row: Iterable[object]) -> str:
    return f"| {' | '.join(escaped(str(cell)) for cell in row)} |\n"


def _summary(report: Report) -> Iterator[str]:
    """The summary without the list of what was not assessed, which has a part of its own."""
    for line in summary(report, Style(width=_WIDE)):
        yield f"{escaped(line.partition(' Not assessed: ')[0])}\n\n"


def _table(title: str, findings: Iterable[Finding], report: Report) -> MarkdownPart:
    titles = {rule.id: rule.title for rule in report.rules}
    head = "| level | rule | where | what | to do |\n|---|---|---|---|---|\n"
    rows = [_row(each, titles) for each in fold(findings)]
    return _folded(title, head, rows) if title else MarkdownPart(head=head, lines=tuple(rows), end="\n")


def _folded(title: str, head: str, lines: Sequence[str], *, early: bool = False) -> MarkdownPart:
    head = f"<details><summary>{title}</summary>\n\n{head}"
    return MarkdownPart(head=head, lines=tuple(lines), end="\n</details>\n\n", early=early)


def _row(group: Fold, titles: Mapping[str, str]) -> str:
    finding = group.first
    place = finding.location
    where = finding.entry if place is None else f"{place.file}:{place.span.line}:{place.span.column}"
    more = f" ({number(len(group.others), 'more place')})" if group.others else ""
    todo = finding.remediation if finding.waiver is None else standing(finding.waiver)
    cells = (finding.level.value, finding.rule, where + more, group.message(titles), todo)
    return f"| {' | '.join(map(escaped, cells))} |\n"
