"""Workbooks (.xlsx), by openpyxl.

NOTE: openpyxl's usual reader makes an object for each cell of a merged area (5.7 GB for one that covers a sheet), and
its read-only one knows neither merged areas nor hidden rows. So its parser of sheets is used directly: it gives the
cells that are written, and the rest as they are.
"""

import datetime as dt
import io
import warnings
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from uts_policy.exchange.tables.container import open_container
from uts_policy.exchange.tables.refused import CellTally

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read(data: bytes) -> dict[str, Any]:
    """The sheets of a workbook as the worker's answer; formulas by the value that was stored with them."""
    warnings.simplefilter("ignore")  # about what is dropped on the way back, which nobody takes
    open_container(data, "xl/workbook.xml", "an .xlsx workbook")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    tally = CellTally()
    return {"blocks": [_sheet(book, sheet, tally) for sheet in book.worksheets]}


def _sheet(book: Any, sheet: Any, tally: CellTally) -> dict[str, Any]:  # noqa: ANN401 - openpyxl has no types
    cells, formats = [], []
    with sheet._get_source() as source:  # noqa: SLF001 - what its own read-only sheet does
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001 - see above
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - see above
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - see above
        )
        for _, row in parser.parse():
            for cell in row:
                text = _text(cell["value"])
                if text:
                    tally.add()
                    spot = (cell["row"], cell["column"])
                    cells.append((*spot, text))
                    number_format = _format(book, cell["style_id"])
                    if number_format != "General":
                        formats.append((*spot, number_format))
    merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
    return {
        "name": sheet.title,
        "cells": cells,
        "formats": formats,
        "merged": [area for each in merged if (area := _area(each.ref))],
        "hidden_rows": [int(row) for row, at in parser.row_dimensions.items() if at.get("hidden") in {"1", "true"}],
        "hidden_columns": _hidden_columns(parser),
        "hidden": sheet.sheet_state != "visible",
    }


def _hidden_columns(parser: Any) -> list[int]:  # noqa: ANN401 - openpyxl has no types
    hidden: list[int] = []
    for at in parser.column_dimensions.values():
        if at.get("hidden") in {"1", "true"}:
            hidden += range(int(at["min"]), min(int(at["max"]), _LAST_COLUMN) + 1)
    return hidden


def _area(ref: str) -> tuple[int, int, int, int] | None:
    left, top, right, bottom = range_boundaries(ref)
    if None in {left, top, right, bottom} or (top, left) == (bottom, right):
        return None
    return (top, left, min(bottom, _LAST_ROW), min(right, _LAST_COLUMN))


def _format(book: Any, style: int) -> str:  # noqa: ANN401 - openpyxl has no types
    try:
        number = book._cell_styles[style].numFmtId  # noqa: SLF001 - see above
    except IndexError:
        return "General"
    if number in BUILTIN_FORMATS:
        return str(BUILTIN_FORMATS[number])
    custom = number - 164
    return str(book._number_formats[custom]) if 0 <= custom < len(book._number_formats) else "General"  # noqa: SLF001 - see above


def _text(value: Any) -> str:  # noqa: ANN401 - what a cell holds
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value).strip()
