"""Hostile and broken files: a clear error or a sound reading, in bounded time and memory."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest

from tests.unit.exchange.files import packed, respelt, spreadsheet, word, workbook
from uts_policy.exchange.tables import read as reading
from uts_policy.exchange.tables.read import read_file
from uts_policy.model.errors import UsageError

ROWS = [["Task", "Lead"], ["Plan", "A"]]
SMALL = 400 * 2**20
"""Bytes in which each of these has to be dealt with."""
SOON = 20.0
"""Seconds, on a busy machine."""
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(8))
    + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def plain(folder: Path) -> Path:
    return workbook(folder / "m.xlsx", {"RACI": ROWS})


def after_declaration(text: str):
    return lambda data: re.sub(rb"(\A(?:<\?xml[^>]*\?>\s*)?)", lambda found: found[1] + text.encode(), data, count=1)


def refusal(path: Path) -> str:
    begin = time.monotonic()
    with pytest.raises(UsageError) as caught:
        read_file(path, memory=SMALL, timeout=SOON)
    assert time.monotonic() - begin < SOON
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize("entity", [BOMB, OUTSIDE], ids=["billion laughs", "external entity"])
@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", "xl/workbook.xml", "_rels/.rels"])
def test_entities_in_a_workbook_are_refused(part: str, entity: str, tmp_path: Path) -> None:
    path = respelt(plain(tmp_path), part, after_declaration(entity))
    assert f"defines XML entities in {part}" in refusal(path)


@pytest.mark.parametrize("entity", [BOMB, OUTSIDE], ids=["billion laughs", "external entity"])
def test_entities_in_a_document_and_a_spreadsheet_are_refused(entity: str, tmp_path: Path) -> None:
    document = respelt(word(tmp_path / "m.docx", ROWS), "word/document.xml", after_declaration(entity))
    sheet = respelt(spreadsheet(tmp_path / "m.ods", {"a": ROWS}), "content.xml", after_declaration(entity))
    assert "defines XML entities in word/document.xml" in refusal(document)
    assert "defines XML entities in content.xml" in refusal(sheet)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", "<workbook/>")
        with container.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * 2**20)
    (tmp_path / "m.xlsx").write_bytes(buffer.getvalue())
    assert "zip bomb" in refusal(tmp_path / "m.xlsx")


def test_a_bomb_below_the_limit_of_the_zip_meets_the_limit_of_memory(tmp_path: Path) -> None:
    text = b"<c t='inlineStr'><is><t>" + b"x" * 2**28 + b"</t></is></c>"
    path = respelt(plain(tmp_path), SHEET, lambda data: data.replace(b"</row>", text + b"</row>", 1))
    assert "takes more than 0.391 GiB of memory" in refusal(path)


def test_one_merged_area_as_large_as_a_sheet_is_read(tmp_path: Path) -> None:
    area = b'<mergeCells count="1"><mergeCell ref="A4:XFD1048576"/></mergeCells>'
    path = respelt(plain(tmp_path), SHEET, lambda data: data.replace(b"</sheetData>", b"</sheetData>" + area))
    [grid] = read_file(path, memory=SMALL, timeout=SOON).grids
    assert grid.merged == ((4, 1, 1_048_576, 16_384),)


def test_one_far_cell_is_read(tmp_path: Path) -> None:
    row = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    path = respelt(plain(tmp_path), SHEET, lambda data: data.replace(b"</sheetData>", row))
    [grid] = read_file(path, memory=SMALL, timeout=SOON).grids
    assert grid.cells[1_048_576, 16_384] == "far"


def test_a_million_empty_rows_are_read(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"/>' % number for number in range(3, 1_048_577))
    path = respelt(plain(tmp_path), SHEET, lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"))
    [grid] = read_file(path, memory=SMALL).grids
    assert len(grid.cells) == 4


def test_a_million_repeated_rows_of_a_spreadsheet_are_read_if_empty_and_refused_if_not(tmp_path: Path) -> None:
    empty = (
        b'<table:table-row table:number-rows-repeated="1048574">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = respelt(
        spreadsheet(tmp_path / "m.ods", {"a": ROWS}),
        "content.xml",
        lambda data: data.replace(b"</table:table>", empty + b"</table:table>"),
    )
    [grid] = read_file(path, memory=SMALL, timeout=SOON).grids
    assert len(grid.cells) == 4
    full = empty.replace(b'"16384"/>', b'"9"><text:p>x</text:p></table:table-cell>')
    path = respelt(path, "content.xml", lambda data: data.replace(empty, full))
    assert "more than 2,000,000 cells" in refusal(path)


def test_the_longest_cell_that_excel_has_is_read_whole(tmp_path: Path) -> None:
    text = "word " * 6553 + "ab"
    [grid] = read_file(workbook(tmp_path / "m.xlsx", {"a": [[text]]})).grids
    assert len(grid.cells[1, 1]) == len(text) == 32_767


def test_an_external_link_does_not_stop_the_import(tmp_path: Path) -> None:
    path = plain(tmp_path)
    with zipfile.ZipFile(path) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = (
        b'<Relationship Id="rId99" Type="%s/externalLink" Target="externalLinks/gone.xml"/></Relationships>' % kind
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<calcPr",
        b'<externalReferences><externalReference r:id="rId99" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></externalReferences><calcPr',
    )
    assert b"externalReference" in parts["xl/workbook.xml"]
    [grid] = read_file(packed(path, parts), memory=SMALL).grids
    assert len(grid.cells) == 4


def test_an_encrypted_workbook_is_named_as_one(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    (tmp_path / "a.xlsx").write_bytes(old + "EncryptedPackage".encode("utf-16-le"))
    (tmp_path / "b.xlsx").write_bytes(old)
    assert "is encrypted" in refusal(tmp_path / "a.xlsx")
    assert "old Office format" in refusal(tmp_path / "b.xlsx")


@pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["xlsx", "ods", "docx"])
def test_a_file_that_is_cut_off_is_named_as_damaged(kind: str, part: float, tmp_path: Path) -> None:
    path = tmp_path / f"m.{kind}"
    {"xlsx": lambda: workbook(path, {"a": ROWS}), "ods": lambda: spreadsheet(path, {"a": ROWS}),
     "docx": lambda: word(path, ROWS)}[kind]()  # fmt: skip
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert "damaged" in refusal(path)


def test_macros_under_another_name_are_refused(tmp_path: Path) -> None:
    path = plain(tmp_path)
    with zipfile.ZipFile(path, "a") as container:
        container.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in refusal(path)


def test_what_is_not_of_the_format_that_its_name_says_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.xlsx").write_text("Task,Lead\nPlan,A\n")
    assert "not an .xlsx workbook" in refusal(tmp_path / "m.xlsx")
    document = word(tmp_path / "m.docx", ROWS)
    document.rename(tmp_path / "n.xlsx")
    assert "lacks xl/workbook.xml" in refusal(tmp_path / "n.xlsx")


@pytest.mark.parametrize("ending", ["csv", "tsv", "md", "html"])
def test_a_workbook_or_a_pdf_under_the_name_of_a_text_is_named_as_what_it_is(ending: str, tmp_path: Path) -> None:
    path = plain(tmp_path).rename(tmp_path / f"m.{ending}")
    with pytest.raises(UsageError, match=r"is a workbook \(XLSX\), despite its name") as refused:
        read_file(path)
    assert refused.value.hint == "Rename it so that its name ends with .xlsx."
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n")
    with pytest.raises(UsageError, match="is a PDF document, despite its name") as refused:
        read_file(path)
    assert refused.value.hint.startswith("Ask for the file that it was made from")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    with pytest.raises(UsageError, match=r"older Office .*, despite its name") as refused:
        read_file(path)
    assert "save it as one of .csv, .docx" in refused.value.hint


def test_a_pdf_under_the_name_of_a_workbook_is_named_as_one(tmp_path: Path) -> None:
    (tmp_path / "m.xlsx").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n")
    assert "is a PDF document, despite its name" in refusal(tmp_path / "m.xlsx")


def test_a_sheet_that_is_not_xml_is_named_as_damaged(tmp_path: Path) -> None:
    assert "sheet1.xml cannot be read" in refusal(respelt(plain(tmp_path), SHEET, lambda _: b"<worksheet"[:-2] + b"\0"))


def test_nul_in_csv_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_bytes(b"Task,Lead\nPlan\0,A\nReport the weather and much more,R\n")
    assert "NUL character on line 2" in refusal(tmp_path / "m.csv")


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(3, 300_000))
    path = respelt(plain(tmp_path), SHEET, lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"))
    begin = time.monotonic()
    with pytest.raises(UsageError, match=r"took longer than 0\.5 s"):
        read_file(path, timeout=0.5)
    assert time.monotonic() - begin < 5


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100)
    (tmp_path / "m.csv").write_text("x" * 101)
    assert "larger than" in refusal(tmp_path / "m.csv")


def test_spans_of_a_page_have_a_limit(tmp_path: Path) -> None:
    table = "<table>" + "<tr><td rowspan=99999 colspan=99999>x</td></tr>" * 9 + "</table>"
    (tmp_path / "m.html").write_text(table)
    assert "more than 2,000,000 cells" in refusal(tmp_path / "m.html")


def test_a_missing_library_is_named_with_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.importlib.util, "find_spec", lambda name: None if name == "docx" else object())
    path = word(tmp_path / "m.docx", ROWS)
    with pytest.raises(UsageError, match=r"not installed \(docx\)") as caught:
        read_file(path)
    assert "uts-policy[exchange]" in caught.value.hint
