"""Foreign files made for tests: workbooks, documents and spreadsheets in memory, whole or spoilt."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
from docx import Document
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[object]]


def workbook(path: Path, sheets: dict[str, Rows], change: Callable[[openpyxl.Workbook], None] | None = None) -> Path:
    """A workbook with these sheets; `change` may merge, hide or format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(book)
    book.save(path)
    return path


def spreadsheet(path: Path, sheets: dict[str, Rows]) -> Path:
    """An OpenDocument spreadsheet."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                cell = TableCell()
                if value not in {None, ""}:
                    cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def word(path: Path, rows: Rows, heading: str = "", after: str = "") -> Path:
    """A Word document with a heading, a table, and a paragraph after it."""
    document = Document()
    if heading:
        document.add_heading(heading, 2)
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(number, column).text = str(value or "")
    if after:
        document.add_paragraph(after)
    document.save(str(path))
    return path


def respelt(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The zip file at `path` with one part changed."""
    with zipfile.ZipFile(path) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    assert part in parts
    parts[part] = change(parts[part])
    return packed(path, parts)


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    """A zip file with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in parts.items():
            container.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    return path
