"""Spreadsheets of LibreOffice (.ods), by odfpy."""

import io
from typing import Any, Final

from odf import teletype
from odf.namespaces import TABLENS, TEXTNS
from odf.opendocument import load
from odf.table import Table

from uts_policy.exchange.tables.container import open_container
from uts_policy.exchange.tables.refused import CellTally

_FARTHEST: Final = 16_384
_P: Final = (TEXTNS, "p")
_ROW, _CELL, _COLUMN = (TABLENS, "table-row"), (TABLENS, "table-cell"), (TABLENS, "table-column")
_COVERED: Final = (TABLENS, "covered-table-cell")


def read(data: bytes) -> dict[str, Any]:
    """The sheets of a spreadsheet as the worker's answer; formulas by the value that was stored with them."""
    open_container(data, "content.xml", "an .ods spreadsheet")
    document = load(io.BytesIO(data))
    tally = CellTally()
    unseen = _unseen_styles(document)
    return {"blocks": [_sheet(each, unseen, tally) for each in document.getElementsByType(Table)]}


def _unseen_styles(document: Any) -> set[str]:  # noqa: ANN401 - odfpy has no types
    """The styles of sheets that are not displayed."""
    return {
        style.getAttribute("name")
        for style in document.automaticstyles.childNodes
        if style.getAttribute("family") == "table"
        and any(each.attributes.get((TABLENS, "display")) == "false" for each in style.childNodes)
    }


def _sheet(sheet: Any, unseen: set[str], tally: CellTally) -> dict[str, Any]:  # noqa: ANN401 - odfpy has no types
    cells: list[tuple[int, int, str]] = []
    merged: list[tuple[int, int, int, int]] = []
    hidden_rows: list[int] = []
    hidden_columns: list[int] = []
    row_number = column_number = 0
    for node in _descend(sheet, {_ROW, _COLUMN}):
        again = _count(node, "number-columns-repeated" if node.qname == _COLUMN else "number-rows-repeated")
        is_hidden = _attribute(node, "visibility") in {"collapse", "filter"}
        if node.qname == _COLUMN:
            if is_hidden:
                hidden_columns += range(column_number + 1, min(column_number + again, _FARTHEST) + 1)
            column_number += again
            continue
        written, areas = _row(node)
        if written:
            tally.add(len(written) * again)
            for number in range(row_number + 1, row_number + again + 1):
                cells += [(number, column, text) for column, text in written]
        merged += [(row_number + 1, left, row_number + down, right) for left, right, down in areas]
        if is_hidden and (written or again < _FARTHEST):
            tally.add(again)
            hidden_rows += range(row_number + 1, row_number + again + 1)
        row_number += again
    return {
        "name": _attribute(sheet, "name"),
        "cells": cells,
        "merged": merged,
        "hidden_rows": hidden_rows,
        "hidden_columns": hidden_columns,
        "hidden": _attribute(sheet, "style-name") in unseen,
    }


def _row(node: Any) -> tuple[list[tuple[int, str]], list[tuple[int, int, int]]]:  # noqa: ANN401 - odfpy has no types
    """The columns and texts of a row, and its merged areas as first column, last column and rows."""
    written: list[tuple[int, str]] = []
    areas: list[tuple[int, int, int]] = []
    column = 0
    for cell in _descend(node, {_CELL, _COVERED}):
        again = _count(cell, "number-columns-repeated")
        text = "" if cell.qname == _COVERED else _text(cell)
        if text:
            written += [(column + each, text) for each in range(1, min(again, _FARTHEST) + 1)]
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if (across, down) != (1, 1) and cell.qname == _CELL:
            areas.append((column + 1, column + across, down))
        column += again
    return written, areas


def _descend(node: Any, kinds: set[Any]) -> Any:  # noqa: ANN401 - odfpy has no types
    """The nodes of these kinds below `node`, through header rows and groups, in order."""
    for child in node.childNodes:
        if getattr(child, "qname", None) in kinds:
            yield child
        elif getattr(child, "childNodes", None) and child.qname[0] == TABLENS:
            yield from _descend(child, kinds)


def _attribute(node: Any, name: str) -> str:  # noqa: ANN401 - odfpy has no types
    return str(node.attributes.get((TABLENS, name)) or "")


def _count(node: Any, name: str) -> int:  # noqa: ANN401 - odfpy has no types
    value = _attribute(node, name)
    return max(int(value), 1) if value.isdecimal() else 1


def _text(cell: Any) -> str:  # noqa: ANN401 - odfpy has no types
    return "\n".join(teletype.extractText(each) for each in cell.childNodes if each.qname == _P).strip()
