"""A report as a workbook (XLSX): the summary, every finding, what was not assessed, the responsibility matrix."""

from collections.abc import Iterator, Mapping, Sequence

from uts_policy.common.tabulation import reported_matrix
from uts_policy.common.words import standing
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.render.common.fold import by_urgency
from uts_policy.render.common.summary import FACTS, OUTCOMES, fact_rows, outcome_rows, summary
from uts_policy.render.common.workbook import Sheet, workbook
from uts_policy.render.html.findings import owners_of
from uts_policy.render.interface import Style
from uts_policy.render.matrix.xlsx import legend_sheet, matrix_sheet, roles_sheet, trouble_sheet

VIEWS = ("answerable", "matrix")
"""What the workbook shows of the views that the rules' evaluation answers."""
NOBODY = "(names no role)"
"""In the place of a role: findings on entries that name nobody."""
MOST_CELLS = 1_000_000
"""Of the matrix: beyond these nobody reads it on one sheet, and writing it takes minutes."""
_WIDE = 10_000
"""Columns of a line that nothing breaks."""
_LEVELS = {"error": "bad", "warning": "doubtful", "note": "plain", "waived": "faint", "known": "faint"}


def render(report: Report, style: Style) -> bytes:  # noqa: ARG001 - every format has this signature
    """The whole workbook; the same report gives the same bytes."""
    return render_with(report, {})


def render_with(report: Report, digests: Mapping[str, str]) -> bytes:
    """The same, with more digests on the first sheet, by name: those that whoever packs it knows."""
    matrix = reported_matrix(report)
    size = 0 if matrix is None else sum(len(block.rows) * len(block.columns) for block in matrix.blocks)
    left_out = size if size > MOST_CELLS else 0
    sheets = [
        _summary(report, digests, left_out),
        _findings(report),
        *_by_owner(report),
        _rules(report),
        *_coverage(report),
    ]
    if matrix is not None and not left_out:
        sheets += [matrix_sheet(matrix), trouble_sheet(matrix), roles_sheet(matrix), legend_sheet(matrix)]
    return workbook(sheets, title="Who answers for what: findings", day=report.as_of)


def _summary(report: Report, digests: Mapping[str, str], left_out: int) -> Sheet:
    counts = report.counts
    rows: list[Sequence[str | int]] = [
        ["verdict", report.verdict.value],
        ["as of", f"{report.as_of} (UTC)"],
        ["fails at", "never" if report.threshold is None else report.threshold.value],
        ["errors", counts.error],
        ["warnings", counts.warning],
        ["notes", counts.note],
        ["waived", counts.waived],
        ["known from before", counts.known],
        ["in words", " ".join(summary(report, Style(width=_WIDE)))],
        ["rules evaluated", len(report.evaluated)],
        ["rules not assessed", len(report.not_assessed)],
        ["uts-policy", report.tool_version],
        ["engine", f"{report.engine.name} {report.engine.version}".strip()],
        ["digest of inputs", report.digests.inputs],
        ["digest of policies", report.digests.policies],
        ["digest of schemas", report.digests.schemas],
        ["digest of configuration", report.digests.config],
        *([f"digest of {name}", value] for name, value in digests.items()),
        *(["notice", notice] for notice in report.notices),
        *([["matrix", f"left out: {left_out:,} cells; `uts-policy matrix --unit` shows a part"]] if left_out else []),
        *(["not assessed", f"{each.rule}: {each.reason}"] for each in report.not_assessed),
    ]
    return Sheet(
        name="Summary", head=["what", "value"], rows=rows, widths=[26, 90], filter=False, coloured_from=1,
        colours={"fail": "bad"},
    )  # fmt: skip


def _findings(report: Report) -> Sheet:
    head = ["level", "criticality", "rule", "entry", "message", "what to do", "file", "line", "column", "status", "id"]
    return Sheet(
        name="Findings",
        head=head,
        rows=[_finding(finding) for finding in by_urgency(report.findings)],
        widths=[9, 11, 30, 36, 60, 44, 36, 7, 8, 24, 38],
        frozen=3,
        colours=_LEVELS,
        coloured_to=0,
    )


def _by_owner(report: Report) -> Iterator[Sheet]:
    """Each role's own list: what it has to act on. No sheet where no rule saw a corpus."""
    if report.corpus is None or not report.findings:
        return
    data = report.corpus.data
    owned: list[tuple[str, Finding]] = []
    for finding in by_urgency(report.findings):
        owned += [(role, finding) for role in owners_of(report.views["answerable"], finding.entry) or ("",)]
    owned.sort(key=lambda each: (each[0] == "", each[0]))  # what is nobody's comes last; otherwise as in the findings
    rows = [
        [
            role or NOBODY,
            data["roles"][role]["title"] if role else "",
            *_finding(finding)[:6],
        ]
        for role, finding in owned
    ]
    yield Sheet(
        name="By owner", rows=rows,
        head=["role", "title", "level", "criticality", "rule", "entry", "message", "what to do"],
        widths=[32, 34, 9, 11, 30, 36, 60, 44], frozen=1, colours=_LEVELS, coloured_from=2, coloured_to=2,
    )  # fmt: skip


def _finding(finding: Finding) -> list[str | int]:
    place = finding.location
    where: list[str | int] = ["", "", ""] if place is None else [place.file, place.span.line, place.span.column]
    status = finding.status.value if finding.waiver is None else standing(finding.waiver)
    level = finding.level.value if finding.counts else ("waived" if finding.waiver else "known")
    return [
        level, finding.criticality or "", finding.rule, finding.entry, finding.message, finding.remediation,
        *where, status, finding.identity,
    ]  # fmt: skip


def _coverage(report: Report) -> Iterator[Sheet]:
    """What is not stated, and so could not be assessed. No sheet where no rule saw a corpus."""
    if report.corpus is not None:
        rows = [list(row) for row in fact_rows(report)]
        yield Sheet(name="Not stated", head=list(FACTS), rows=rows, widths=[48, 60, 90], frozen=1)


def _rules(report: Report) -> Sheet:
    """Every rule, whether it was evaluated, and how many findings it has."""
    evaluated = frozenset(report.evaluated)
    reasons = {each.rule: each.reason for each in report.not_assessed}
    found: dict[str, int] = {}
    for finding in report.findings:
        found[finding.rule] = found.get(finding.rule, 0) + 1
    outcomes = {rule: row for rule, *row in outcome_rows(report)}
    rows: list[list[str | int]] = []
    for rule in sorted(report.rules, key=lambda each: each.id):
        if rule.id in reasons:
            state = f"not assessed: {reasons[rule.id]}"
        elif rule.id in evaluated or rule.fixed:
            state = "evaluated"
        else:
            state = "off"
        became = outcomes.get(rule.id, ())
        rows.append([rule.id, rule.level.value, rule.title, state, found.get(rule.id, 0), *became])
    return Sheet(
        name="Rules", head=["rule", "level", "looks for", "assessed", "findings", *OUTCOMES[1:]], rows=rows,
        widths=[34, 10, 56, 44, 10, 10, 10, 10, 14], frozen=1, colours={"not assessed": "doubtful"}, coloured_from=3,
    )  # fmt: skip
