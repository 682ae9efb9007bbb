import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generate.hostile import hostile_strings
from tests.unit.render.hostile_reports import reports
from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, report
from uts_policy.model.report import Report
from uts_policy.render.interface import Style
from uts_policy.render.report.csv import COLUMNS, LONGEST, cell, render

CALCULATED = re.compile(r"\s*[=+\-@＝＋－＠]")  # noqa: RUF001 - the wide forms of the signs


def read(made: Report) -> list[dict[str, str]]:
    text = render(made, Style())
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert tuple(rows.fieldnames or ()) == COLUMNS
    return list(rows)


def original(shown: str) -> str:
    """What stood in a cell before it was made harmless."""
    return re.sub(r"((?:\A|[;,|\t\r\n]))'(?=[^\S\t\r\n]*['=+\-@＝＋－＠])", r"\1", shown)  # noqa: RUF001 - the wide forms


def test_a_finding_is_a_row() -> None:
    row = read(report(replace(WAIVED, related=RELATED.related[:1])))[1]
    assert row == {
        "as_of": "2026-11-23",
        "verdict": "pass",
        "kind": "finding",
        "status": "waived",
        "level": "error",
        "rule": "reference/unknown",
        "entry": "roles/watch",
        "criticality": "",
        "file": "roles.yaml",
        "line": "3",
        "column": "11",
        "end_line": "3",
        "end_column": "17",
        "message": '"agenzy" names no unit; did you mean "agency"?',
        "remediation": "Correct the id.",
        "related": '[{"message": "also accountable here", "entry": "roles/r1", "file": "roles.yaml", "line": 1}]',
        "cause": "units/agenzy",
        "waiver": "until-spring",
        "waiver_reason": "the move",
        "waiver_approved_by": "director",
        "waiver_expires": "2027-03-31",
        "id": WAIVED.identity,
    }


def test_the_first_row_is_the_summary_and_the_last_ones_what_was_not_assessed() -> None:
    rows = read(report(KNOWN, finding(4), not_assessed=MISSING[:1]))
    assert [(row["kind"], row["status"], row["verdict"]) for row in rows] == [
        ("summary", "", "fail"),
        ("finding", "known", "fail"),
        ("finding", "new", "fail"),
        ("not assessed", "", "fail"),
    ]
    assert "As of 2026-11-23 (UTC)." in rows[0]["message"]
    assert (rows[-1]["rule"], rows[-1]["message"]) == ("delegation/cycle", "none declared")


WIDE = "\N{FULLWIDTH EQUALS SIGN}1"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", WIDE, "a;=1", "a\n=1", "a, -1"]
)
def test_no_cell_begins_a_formula(text: str) -> None:
    shown = cell(text)
    assert shown != text
    assert original(shown) == text


@pytest.mark.parametrize("text", ["a = b", "2026-11-23", "1:ab", "p-1", "a; b", "a@b"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_a_cell_is_no_longer_than_a_spreadsheet_holds() -> None:
    assert cell("x" * (LONGEST + 1)) == "x" * LONGEST + "…"


@settings(deadline=None)
@given(hostile_strings() | st.text(alphabet="=+-@'\"; ,\t\r\nab|", max_size=12))
def test_wherever_a_reader_splits_no_part_is_calculated_and_the_text_comes_back(text: str) -> None:
    shown = cell(text)
    assert not [part for part in re.split(r"[;,|\t\r\n]", shown) if CALCULATED.match(part)]
    assert original(shown) == text


@settings(deadline=None, max_examples=60)
@given(reports())
def test_whatever_the_text_the_facts_come_back(made: Report) -> None:
    rows = {row["id"]: row for row in read(made) if row["kind"] == "finding"}
    assert len(rows) == len(made.findings)
    for each in made.findings:
        row = rows[each.identity]
        assert (row["rule"], row["level"]) == (each.rule, each.level.value)
        found = tuple(original(row[name]) for name in ("message", "remediation", "entry", "cause", "waiver_reason"))
        reason = "" if each.waiver is None else each.waiver.reason
        assert found == (each.message, each.remediation, each.entry, each.cause, reason)
        assert original(row["file"]) == ("" if each.location is None else each.location.file)
