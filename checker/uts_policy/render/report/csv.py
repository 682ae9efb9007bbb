"""CSV (RFC 4180), one row a finding: for spreadsheets, in which no cell of ours becomes a formula."""

import csv
import io
import json
import re
import sys

from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.render.common.summary import summary
from uts_policy.render.interface import Style

COLUMNS = (
    "as_of",
    "verdict",
    "kind",
    "status",
    "level",
    "rule",
    "entry",
    "criticality",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "message",
    "remediation",
    "related",
    "cause",
    "waiver",
    "waiver_reason",
    "waiver_approved_by",
    "waiver_expires",
    "id",
)
LONGEST = 32_000
"""Characters of a cell: Excel lets the rest of a longer one run over into cells of its own."""
_FORMULA = re.compile(r"((?:\A|[;,|\t\r\n]))(?=[^\S\t\r\n]*['=+\-@＝＋－＠])")  # noqa: RUF001 - wide forms of the signs count too


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """A header; a row with the summary; a row for each finding and for each rule that was not assessed."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writeheader()
    common = {"as_of": report.as_of, "verdict": report.verdict.value}

    def row(kind: str, cells: dict[str, object]) -> None:
        rows.writerow({name: cell(value) for name, value in (common | {"kind": kind} | cells).items()})

    row("summary", {"message": " ".join(summary(report, Style(width=sys.maxsize)))})
    for finding in report.findings:
        row("finding", _finding(finding))
    for each in report.not_assessed:
        row("not assessed", {"rule": each.rule, "message": each.reason})
    return text.getvalue()


def cell(value: object) -> str:
    """A value that no spreadsheet calculates: `'` stands before what could begin a formula, and before `'` itself.

    It does so after a comma, semicolon, bar, tab or line break too, since some locales split there, quotes or not.
    """
    text = str(value)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}…"
    return _FORMULA.sub(r"\1'", text)


def _finding(finding: Finding) -> dict[str, object]:
    cells: dict[str, object] = {
        "status": finding.status.value if finding.waiver is None else "waived",
        "level": finding.level.value,
        "rule": finding.rule,
        "entry": finding.entry,
        "criticality": finding.criticality or "",
        "message": finding.message,
        "remediation": finding.remediation,
        "related": _related(finding),
        "cause": finding.cause,
        "id": finding.identity,
    }
    if finding.location is not None:
        span = finding.location.span
        cells |= {
            "file": finding.location.file,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        }
    if finding.waiver is not None:
        cells |= {
            "waiver": finding.waiver.id,
            "waiver_reason": finding.waiver.reason,
            "waiver_approved_by": finding.waiver.approved_by,
            "waiver_expires": finding.waiver.expires,
        }
    return cells


def _related(finding: Finding) -> str:
    """The related places as JSON: a list in a cell."""
    places = [
        {"message": place.message, "entry": place.entry}
        | ({} if place.location is None else {"file": place.location.file, "line": place.location.span.line})
        for place in finding.related
    ]
    return json.dumps(places, ensure_ascii=False) if places else ""
