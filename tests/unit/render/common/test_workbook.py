"""Workbooks: read back by openpyxl, which nobody here wrote."""

import io
import re
import zipfile
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.unit.evidence.judged import judged
from tests.unit.render.hostile_reports import reports
from tests.unit.render.reports import RELATED, WAIVED, finding, report
from uts_policy.render.common.fold import by_urgency
from uts_policy.render.common.workbook import LONGEST, Sheet, safe, workbook
from uts_policy.render.interface import Style
from uts_policy.render.report import xlsx
from uts_policy.render.report.xlsx import NOBODY, render, render_with

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "https://example.org/", "mailto:a@example.org",
    "internal:Sheet!A1", "007", "1e5", "TRUE", "2026-01-01", "_x000A_", "\x00\x1b[31m", "\ud800", "\ufffe", "a\nb",
    "x" * 40_000, "\U0001f600" * 20_000, "x" + "\U0001f600" * 20_000, " lead", "<b>&amp;</b>", "😀" * 3,
]  # fmt: skip


def sheet(rows: list[list[str | int]]) -> Sheet:
    return Sheet(name="One", head=["a", "b"], rows=rows, widths=[10, 10])


def cells(data: bytes, name: str = "One"):
    page = load_workbook(io.BytesIO(data))[name]
    return [cell for row in page.iter_rows(min_row=2) for cell in row]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_a_link_or_a_number(text):
    (cell, _) = cells(workbook([sheet([[text, ""]])], title="t", day="2026-11-23"))
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert len(cell.value.encode("utf-16-le")) // 2 <= LONGEST
    assert cell.value == safe(text).replace("\r", "\n") or "\r" in text


@pytest.mark.parametrize(
    "text",
    [
        "list BLOCAGE_CAG_x6904_2",
        "_x000D_",
        "a_x005F_x000A_b",
        "_x000A_x000A_",
        "_x000a_x000A_x000D_",
        "<r>a</r>",
        "<r><t>b</t></r>",
    ],
)
def test_what_looks_like_an_escape_or_markup_is_read_as_it_was_written(text):
    # NOTE: openpyxl decodes "_x005F_" twice; Excel reads from left to right, and once.
    data = workbook([sheet([[text, ""]])], title="t", day="2026-11-23")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        [*_, written] = re.findall("<t[^>]*>(.*?)</t>", archive.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    shown = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), unescape(written))
    assert shown.replace("\u200b", "") == text


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1))
def test_any_text_can_be_written_and_is_text(text):
    (cell, _) = cells(workbook([sheet([[text, ""]])], title="t", day="2026-11-23"))
    assert cell.data_type == "s"


def test_the_same_sheets_give_the_same_bytes_with_no_clock_in_them():
    made = [workbook([sheet([["x", 1]])], title="t", day="2026-11-23") for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-23T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_row_or_column_too_many_is_counted_and_not_lost_in_silence(monkeypatch):
    monkeypatch.setattr("uts_policy.render.common.workbook.ROWS", 4)
    monkeypatch.setattr("uts_policy.render.common.workbook.COLUMNS", 3)
    wide = Sheet(name="One", head=list("abcd"), rows=[[str(n), "x", "y", "z"] for n in range(5)], widths=[10])
    page = load_workbook(io.BytesIO(workbook([wide], title="t", day="2026-11-23")))["One"]
    assert list(page.iter_rows(values_only=True)) == [
        ("a", "b", "2 more columns do not fit; the other formats have them"),
        ("0", "x", None),
        ("1", "x", None),
        ("3 more rows do not fit; the other formats have them", None, None),
    ]


def test_a_wide_sheet_is_printed_on_large_paper_and_then_on_several():
    def across(columns: int) -> tuple[str, int]:
        made = Sheet(name="One", head=["a"] * columns, rows=[["x"] * columns], widths=[30], frozen=1)
        page = load_workbook(io.BytesIO(workbook([made], title="t", day="2026-11-23")))["One"]
        assert page.print_title_cols == "$A:$A"
        return page.page_setup.paperSize, page.page_setup.fitToWidth or 1

    assert [across(20), across(70), across(150)] == [(9, 1), (8, 1), (8, 2)]


def test_the_head_is_frozen_and_filters():
    page = load_workbook(io.BytesIO(workbook([sheet([["x", 1]])], title="t", day="2026-11-23")))["One"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:B2")


def test_a_report_has_every_finding_and_rule_and_its_digests_on_the_first_sheet():
    made = report(finding(), WAIVED, RELATED)
    book = load_workbook(io.BytesIO(render_with(made, {"results": "9" * 64})))
    assert book.sheetnames == ["Summary", "Findings", "Rules"]
    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(min_row=2, values_only=True)}
    assert summary["digest of inputs"] == made.digests.inputs
    assert summary["digest of results"] == "9" * 64
    assert {f"{each.rule}: {each.reason}" for each in made.not_assessed} <= {
        row[1] for row in book["Summary"].iter_rows(values_only=True) if row[0] == "not assessed"
    }
    findings = list(book["Findings"].iter_rows(min_row=2, values_only=True))
    assert [row[10] for row in findings] == [each.identity for each in by_urgency(made.findings)]
    assert findings[2][0] == "waived"
    assert 'by "until-spring", approved by "director": the move' in findings[2][9]


def test_a_matrix_that_nobody_could_read_is_left_out_and_counted(root, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_CELLS", 100)
    seeded_report, _ = judged(root / "examples/seeded")
    book = load_workbook(io.BytesIO(render(seeded_report, Style())))
    assert book.sheetnames == ["Summary", "Findings", "By owner", "Rules", "Not stated"]
    [told] = [row[1] for row in book["Summary"].iter_rows(values_only=True) if row[0] == "matrix"]
    assert told.startswith("left out: ")
    assert "`uts-policy matrix --unit`" in told


def test_each_owner_has_a_list_and_what_is_wrong_in_the_matrix_has_a_sheet(root):
    seeded_report, _ = judged(root / "examples/seeded")
    book = load_workbook(io.BytesIO(render(seeded_report, Style())))
    assert book.sheetnames == [
        "Summary", "Findings", "By owner", "Rules", "Not stated", "Matrix", "Gaps and doubles", "Roles", "Legend",
    ]  # fmt: skip
    owned = list(book["By owner"].iter_rows(min_row=2, values_only=True))
    assert {(row[4], row[5]) for row in owned} == {(each.rule, each.entry) for each in seeded_report.findings}
    roles = [row[0] for row in owned]
    assert roles == sorted(roles, key=lambda role: (role == NOBODY, role))
    gaps = {row[0] for row in book["Gaps and doubles"].iter_rows(min_row=2, values_only=True) if row[2] == "G"}
    rules = {"ownership/unassigned", "ownership/scope-gap"}
    assert gaps == {each.entry.partition("/")[2] for each in seeded_report.findings if each.rule in rules}
    assert gaps


def test_a_report_gives_the_same_bytes_every_time():
    made = report(finding())
    assert render(made, Style()) == render(made, Style())


@settings(max_examples=25, deadline=None)
@given(reports())
def test_whatever_the_findings_say_every_cell_is_text_or_a_number_of_ours(made):
    book = load_workbook(io.BytesIO(render(made, Style())))
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type == ("n" if cell.value is None or isinstance(cell.value, int) else "s")
                assert cell.hyperlink is None
    rows = list(book["Findings"].iter_rows(min_row=2, values_only=True))
    assert [row[10] for row in rows] == [each.identity for each in by_urgency(made.findings)]
