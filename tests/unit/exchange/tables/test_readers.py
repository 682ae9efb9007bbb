"""Every format becomes the same grid."""

import datetime as dt
from pathlib import Path

import pytest

from tests.unit.exchange.files import spreadsheet, word, workbook
from uts_policy.exchange.tables.read import read_file
from uts_policy.model.errors import UsageError
from uts_policy.model.grid import CellArea, Grid, Paragraph, column_letters

ROWS = [["Task", "Lead", "Desk"], ["Plan", "A", "R"], ["Report, weekly", "A/R", ""]]
CELLS = {
    (1, 1): "Task", (1, 2): "Lead", (1, 3): "Desk",
    (2, 1): "Plan", (2, 2): "A", (2, 3): "R",
    (3, 1): "Report, weekly", (3, 2): "A/R",
}  # fmt: skip


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


PIPES = "| Task | Lead | Desk |\n|---|---|---|\n| Plan | **A** | R |\n| Report, weekly | A/R | |\n"
PAGE = """<table><tr><th>Task</th><th>Lead</th><th>Desk</th></tr><tr><td>Plan<td>A<td>R</tr>
<tr><td>Report,
weekly</td><td>A/R</td><td></td></tr></table>"""
CSV = 'Task,Lead,Desk\r\nPlan,A,R\r\n"Report, weekly",A/R,\r\n'
MADE = {
    "xlsx": lambda folder: workbook(folder / "m.xlsx", {"RACI": ROWS}),
    "ods": lambda folder: spreadsheet(folder / "m.ods", {"RACI": ROWS}),
    "docx": lambda folder: word(folder / "m.docx", ROWS),
    "csv": lambda folder: text_file(folder / "m.csv", CSV),
    "csv in UTF-16": lambda folder: text_file(folder / "m.csv", CSV, "utf-16"),
    "csv with a byte order mark": lambda folder: text_file(folder / "m.csv", CSV, "utf-8-sig"),
    "csv with semicolons": lambda folder: text_file(
        folder / "m.csv", "Task;Lead;Desk\nPlan;A;R\nReport, weekly;A/R;\n"
    ),
    "tsv": lambda folder: text_file(folder / "m.tsv", "Task\tLead\tDesk\nPlan\tA\tR\nReport, weekly\tA/R\t\n"),
    "md": lambda folder: text_file(folder / "m.md", PIPES),
    "html in md": lambda folder: text_file(
        folder / "m.md", f"# Title\n\n{PAGE.replace('</tr>', f'</tr>{chr(10)}{chr(10)}    ')}\n\nAfter.\n"
    ),
    "html": lambda folder: text_file(folder / "m.html", f"<html><body>{PAGE}</body></html>"),
}


@pytest.mark.parametrize("name", MADE)
def test_every_format_gives_the_same_cells(name: str, tmp_path: Path) -> None:
    [grid] = read_file(MADE[name](tmp_path)).grids
    assert dict(grid.cells) == CELLS


def test_a_workbook_tells_what_is_merged_hidden_and_formatted(tmp_path: Path) -> None:
    def change(book):
        sheet = book["RACI"]
        sheet.merge_cells("A4:C4")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["A5"] = dt.date(2026, 3, 1)
        sheet["B5"] = 0.5
        sheet["B5"].number_format = "0 %"
        book.create_sheet("Old").sheet_state = "hidden"

    one, other = read_file(workbook(tmp_path / "m.xlsx", {"RACI": ROWS}, change)).grids
    assert (one.merged, one.hidden_rows, one.hidden_columns) == ((CellArea(4, 1, 4, 3),), {2}, {3})
    assert (one.cells[5, 1], one.cells[5, 2], one.formats[5, 2]) == ("2026-03-01", "0.5", "0 %")
    assert (one.hidden, other.name, other.hidden) == (False, "Old", True)
    assert one.address((5, 2)) == "RACI!B5"


def test_a_formula_is_read_by_its_value_and_not_run(tmp_path: Path) -> None:
    def change(book):
        book["RACI"]["B2"] = '=CONCATENATE("A")'
        book["RACI"]["C2"] = "'=1+1"

    [grid] = read_file(workbook(tmp_path / "m.xlsx", {"RACI": ROWS}, change)).grids
    assert (2, 2) not in grid.cells  # nobody has computed it
    assert grid.cells[2, 3] == "'=1+1"


def test_a_document_keeps_headings_and_text_between_its_tables(tmp_path: Path) -> None:
    blocks = read_file(word(tmp_path / "m.docx", ROWS, "Operations", "* only at night")).blocks
    assert blocks[0] == Paragraph(text="Operations", level=2)
    assert isinstance(blocks[1], Grid)
    assert blocks[2] == Paragraph(text="* only at night")


def test_a_page_keeps_spans_and_leaves_out_what_is_not_shown(tmp_path: Path) -> None:
    page = """<h2>Duties</h2><script>document.write("<table><tr><td>x</td></tr></table>")</script>
    <table><tr><td rowspan=2>a</td><td>b<br>c</td></tr><tr style="display: none"><td>d</td></tr></table>"""
    heading, grid = read_file(text_file(tmp_path / "m.html", page)).blocks
    assert heading == Paragraph(text="Duties", level=2)
    assert dict(grid.cells) == {(1, 1): "a", (1, 2): "b\nc", (2, 2): "d"}
    assert (grid.merged, grid.hidden_rows) == ((CellArea(1, 1, 2, 1),), {2})


def test_an_encoding_that_is_not_certain_is_said(tmp_path: Path) -> None:
    [latin] = read_file(text_file(tmp_path / "a.csv", "Tâche;Rôle\nÉcrire;A\n", "latin-1")).notes
    [windows] = read_file(text_file(tmp_path / "b.csv", "Task;Rôle\n“Plan”;A\n", "cp1252")).notes
    [bare] = read_file(text_file(tmp_path / "c.csv", "Task;Role\nPlan;A\n", "utf-16-le")).notes
    assert "line 1" in latin
    assert "Latin-1" in latin
    assert "line 2" not in latin
    assert "Windows-1252" in windows
    assert "UTF-16" in bare


def test_footnotes_of_markdown_come_with_their_mark(tmp_path: Path) -> None:
    text = "| T | L |\n|---|---|\n| Plan[^1] | A |\n\n[^1]: On Mondays.\n"
    grid, note = read_file(text_file(tmp_path / "m.md", text)).blocks
    assert grid.cells[2, 1] == "Plan[^1]"
    assert note == Paragraph(text="On Mondays.", mark="[^1]")


@pytest.mark.parametrize(
    ("name", "words", "remedy"),
    [
        ("m.xls", "old Excel workbook", "save it as .xlsx"),
        ("m.xlsm", "macros", "Save it as .xlsx"),
        ("m.pdf", "PDF", "Ask for the file"),
        ("m.rtf", '".rtf" are not read', "Save it as one of .csv"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_the_way_out(
    name: str, words: str, remedy: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UsageError) as caught:
        read_file(tmp_path / name)
    assert words in caught.value.message
    assert remedy in caught.value.hint


def test_a_missing_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(UsageError, match="is empty"):
        read_file(tmp_path / "empty.csv")
    with pytest.raises(UsageError, match="No such file"):
        read_file(tmp_path / "none.csv")


def test_columns_have_letters() -> None:
    assert [column_letters(each) for each in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
