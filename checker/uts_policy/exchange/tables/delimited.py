"""CSV and TSV, by the standard library."""

import codecs
import csv
import io
from typing import Any, Final

from uts_policy.exchange.tables.refused import CellTally, RefusedFileError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SEPARATORS: Final = ",;\t|"
_LONGEST: Final = 1_000_000
_LOOKED_AT: Final = 50
_FEW_ODD: Final = 0.02


def read(data: bytes) -> dict[str, Any]:
    """The one grid of a file; how its encoding and its separator were told apart is noted where it is not sure."""
    text, notes = decoded(data)
    rows = _rows(text)
    tally = CellTally()
    cells = []
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value.strip():
                tally.add()
                cells.append((number, column, value.strip()))
    return {"blocks": [{"name": "table", "cells": cells}], "notes": notes}


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The text of a file, and a note if its encoding is not certain. Raises RefusedFileError."""
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            try:
                return _checked(data.decode(encoding)), []
            except UnicodeDecodeError as error:
                raise RefusedFileError(
                    f"says that it is {name} and is not, at byte {error.start}", "Save it as UTF-8."
                ) from error
    if b"\0" in data:
        for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
            if zeros.count(0) > len(zeros) * (1 - _FEW_ODD) / 2:
                return _checked(data.decode(encoding, "replace")), [
                    "It is read as UTF-16, though it has no byte order mark."
                ]
    try:
        return _checked(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    odd = bytes(range(0x80, 0xA0))
    latin = not any(byte in odd for byte in data)
    name = "Latin-1 (ISO 8859-1)" if latin else "Windows-1252"
    text = data.decode("latin-1" if latin else "cp1252", "replace")
    note = f"It is not UTF-8 (line {line}) and is read as {name}. If letters come out wrong, save it as UTF-8."
    return _checked(text), [note]


def _checked(text: str) -> str:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise RefusedFileError(f"has a NUL character on line {line}", "Save it again as CSV in UTF-8.")
    return text


def _rows(text: str) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=x"):
        separator, text = first.strip()[-1], f"\n{rest}"  # what Excel writes for itself; the lines keep their numbers
    else:
        separator = _separator(text)
    csv.field_size_limit(_LONGEST)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise RefusedFileError(f"cannot be read as CSV: {error}", "Save it again as CSV in UTF-8.") from error


def _separator(text: str) -> str:
    """The separator that gives the first rows the most cells, the same number in most of them."""

    def score(separator: str) -> tuple[int, int]:
        try:
            reader = csv.reader(io.StringIO(text[:_LONGEST], newline=""), delimiter=separator)
            widths = [len(row) for row, _ in zip(reader, range(_LOOKED_AT), strict=False) if row]
        except csv.Error:
            return (0, 0)
        wide = [width for width in widths if width > 1]
        return (max((wide.count(width) * (width - 1) for width in set(wide)), default=0), len(wide))

    return max(_SEPARATORS, key=score)
