"""Tables, headings and footnotes of Word documents (.docx), by python-docx."""

import io
import re
from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from uts_policy.exchange.tables.container import open_container
from uts_policy.exchange.tables.refused import CellTally

_HEADING: Final = re.compile(r"(?:heading|title|titre|überschrift|titolo|título)\s*([1-9])", re.IGNORECASE)
_FOOTNOTES: Final = "/footnotes"
_FARTHEST: Final = 1_000


def read(data: bytes) -> dict[str, Any]:
    """The tables of a document and the text around them, as the worker's answer."""
    open_container(data, "word/document.xml", "a .docx document")
    document = Document(io.BytesIO(data))
    blocks: list[dict[str, Any]] = []
    tally = CellTally()
    count = 0
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document._body)  # noqa: SLF001 - its paragraphs and tables come in two lists
            text = _text(element)
            if text:
                blocks.append({"text": text, "level": _level(paragraph)})
        elif element.tag == qn("w:tbl"):
            count += 1
            blocks.append(_table(element, f"table {count}", tally))
    return {"blocks": [*blocks, *_footnotes(document)]}


def _level(paragraph: Paragraph) -> int:
    style = paragraph.style
    names = [str(style.name or ""), str(style.style_id or "")] if style is not None else []
    for name in names:
        if found := _HEADING.match(name):
            return int(found[1])
    return 1 if any(name.lower() == "title" for name in names) else 0


def _table(table: Any, name: str, tally: CellTally) -> dict[str, Any]:  # noqa: ANN401 - an element
    cells: list[tuple[int, int, str]] = []
    merged: list[tuple[int, int, int, int]] = []
    open_areas: dict[int, tuple[int, int, int]] = {}  # column → row at the top, last column, row at the bottom
    for number, row in enumerate(table.tr_lst, 1):
        column = row.grid_before + 1 if hasattr(row, "grid_before") else 1
        for cell in row.tc_lst:
            across = max(1, min(int(cell.grid_span), _FARTHEST))
            last = column + across - 1
            goes_on = cell.vMerge == "continue" and column in open_areas
            if goes_on:
                top, right, _ = open_areas[column]
                open_areas[column] = (top, right, number)
            else:
                if column in open_areas:
                    merged += _closed(column, open_areas.pop(column))
                text = _text(cell)
                if text:
                    tally.add()
                    cells.append((number, column, text))
                open_areas[column] = (number, last, number)
            column = last + 1
    for column, area in open_areas.items():
        merged += _closed(column, area)
    return {"name": name, "cells": cells, "merged": merged, "in_document": True}


def _closed(column: int, area: tuple[int, int, int]) -> list[tuple[int, int, int, int]]:
    top, right, bottom = area
    return [(top, column, bottom, right)] if (top, column) != (bottom, right) else []


def _text(element: Any) -> str:  # noqa: ANN401 - an element
    """The text of a paragraph or a cell; deleted text is gone, and a footnote's mark stands in brackets."""
    parts: list[str] = []
    for each in element.iter():
        if each.tag == qn("w:t"):
            parts.append(each.text or "")
        elif each.tag == qn("w:tab"):
            parts.append(" ")
        elif each.tag in {qn("w:br"), qn("w:cr")} or (each.tag == qn("w:p") and "".join(parts).strip()):
            parts.append("\n")
        elif each.tag == qn("w:footnoteReference"):
            parts.append(f"[^{each.get(qn('w:id'))}]")
    return "".join(parts).strip()


def _footnotes(document: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a document
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - only where there are footnotes

    found = []
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_FOOTNOTES) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).findall(qn("w:footnote")):
                text = _text(note)
                if text and note.get(qn("w:type")) not in {"separator", "continuationSeparator"}:
                    found.append({"text": text, "mark": f"[^{note.get(qn('w:id'))}]"})
    return found
