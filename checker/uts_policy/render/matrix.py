"""The responsibility matrix for a terminal, for spreadsheets and for programs."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from uts_policy.model.matrix import CODES, MARKS, SMALL, Matrix, MatrixBlock, MatrixRow
from uts_policy.render.csv import cell
from uts_policy.render.interface import Style
from uts_policy.render.lines import listed
from uts_policy.render.paint import Paint
from uts_policy.render.visible import visible, width, wrap
from uts_policy.render.words import number

SCHEMA = "uts-policy/matrix/1"
_STATEMENT = 30
"""Columns that a statement gets at least where the roles stand side by side."""
_MARKS = 3
"""Columns of the marks, and the space after them."""
_KEY = 4
"""Columns that the number of a role takes in the key above a table."""


def as_text(matrix: Matrix, style: Style) -> str:
    """A table where the roles fit side by side, numbered; else each responsibility with its roles on lines below it."""
    paint = Paint(style)
    lines: list[str] = []
    for block in matrix.blocks:
        if matrix.by:
            lines += [paint.file(visible(f"{matrix.by} {block.place}: {block.title}")), ""]
        fits = style.width - _MARKS - len(block.columns) * _wide(block) >= _STATEMENT
        lines += _table(block, style, paint) if fits else _lists(block, style, paint)
    if not matrix.blocks:
        lines += ["No active responsibility is there to be shown.", ""]
    lines += [*_legend(matrix, style), *wrap(_counts(matrix), style.width)]
    asked = ", ".join(f"{name} {visible(value)}" for name, value in matrix.filters.items())
    lines.append(f"As of {matrix.as_of} (UTC){f', {asked}' if asked else ''}.")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def as_json(matrix: Matrix) -> str:
    """Blocks, each with its roles and rows."""
    whole = {
        "schema": SCHEMA,
        "as_of": matrix.as_of,
        "by": matrix.by or None,
        "filters": dict(matrix.filters),
        "blocks": [_block_data(block) for block in matrix.blocks],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_csv(matrix: Matrix) -> str:
    """A row for each responsibility, a column for each role of all blocks; RFC 4180, and no cell becomes a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    head, rows = table(matrix)
    for row in (head, *rows):
        writer.writerow([cell(value) for value in row])
    return text.getvalue()


def table(matrix: Matrix) -> tuple[list[str], list[list[str]]]:
    """Head and rows, as a spreadsheet shows them: all blocks in one table, the block in a column of its own."""
    units = {column.role: column.unit for block in matrix.blocks for column in block.columns}
    columns = sorted(units, key=lambda role: (units[role], role))
    head = [*([matrix.by] if matrix.by else []), *FIXED, *columns]
    rows = [
        [
            *([block.place] if matrix.by else []),
            *(row.id, row.statement, row.criticality, row.marks, ", ".join(row.missing)),
            *(row.cells.get(role, "") for role in columns),
        ]
        for block in matrix.blocks
        for row in block.rows
    ]
    return head, rows


FIXED = ("responsibility", "statement", "criticality", "marks", "nobody in")
"""What stands before the roles in a spreadsheet."""


def _block_data(block: MatrixBlock) -> Mapping[str, object]:
    return {
        "place": block.place or None,
        "title": block.title,
        "roles": [
            {"role": each.role, "title": each.title, "unit": each.unit, "vacant": each.vacant} for each in block.columns
        ],
        "responsibilities": [
            {
                "responsibility": row.id,
                "statement": row.statement,
                "criticality": row.criticality,
                "cells": dict(row.cells),
                "gap": row.gap,
                "missing": list(row.missing),
                "double": row.double,
                "unsound": list(row.unsound),
            }
            for row in block.rows
        ],
    }


def _table(block: MatrixBlock, style: Style, paint: Paint) -> Iterator[str]:
    for index, column in enumerate(block.columns, start=1):
        vacant = "  VACANT" if column.vacant else ""
        lines = wrap(visible(f"{column.role} ({column.title}){vacant}"), style.width - _KEY)
        yield f"{index:>3} {lines[0]}"
        yield from (f"    {line}" for line in lines[1:])
    yield ""
    wide = _wide(block)
    room = style.width - _MARKS - len(block.columns) * wide
    yield " " * (_MARKS + room) + "".join(f"{index:>{wide}}" for index in range(1, len(block.columns) + 1))
    for row in block.rows:
        words = _named(row, room)
        marks = paint.caret(f"{row.marks:<{_MARKS}}") if row.marks else " " * _MARKS
        letters = "".join(f"{row.cells.get(column.role, paint.nothing):>{wide}}" for column in block.columns)
        yield f"{marks}{words[0]}{' ' * (room - width(words[0]))}{letters}"
        yield from (f"{' ' * _MARKS}{line}" for line in words[1:])
        yield from _trouble(row, style, " " * (_MARKS + 2), paint)
    yield ""


def _wide(block: MatrixBlock) -> int:
    """Columns of one role: its number or its letters, whichever are more, and a space."""
    letters = (len(each) for row in block.rows for each in row.cells.values())
    return max(len(str(len(block.columns))), *letters, 1) + 1


def _lists(block: MatrixBlock, style: Style, paint: Paint) -> Iterator[str]:
    vacant = {column.role for column in block.columns if column.vacant}
    for row in block.rows:
        lines = _named(row, style.width - _MARKS)
        marks = paint.caret(f"{row.marks:<{_MARKS}}") if row.marks else " " * _MARKS
        yield f"{marks}{lines[0]}"
        yield from (f"{' ' * _MARKS}{line}" for line in lines[1:])
        yield from _trouble(row, style, " " * (_MARKS + 2), paint)
        for letter in CODES:
            roles = [
                _listed(row, role, letter, vacant) for role in sorted(row.cells) if letter in row.cells[role].upper()
            ]
            if roles:
                wrapped = wrap(visible(", ".join(roles)), style.width - _MARKS - 4)
                yield f"{' ' * (_MARKS + 2)}{letter} {wrapped[0]}"
                yield from (f"{' ' * (_MARKS + 4)}{line}" for line in wrapped[1:])
        yield ""


def _named(row: MatrixRow, room: int) -> list[str]:
    weight = "" if row.criticality == "normal" else f" [{row.criticality}]"
    return wrap(visible(f"{row.id}: {row.statement}{weight}"), room)


def _listed(row: MatrixRow, role: str, letter: str, vacant: set[str]) -> str:
    part = " (a part)" if letter not in row.cells[role] else ""
    return f"{role}{part}{' (VACANT)' if letter == 'A' and role in vacant else ''}"


def _trouble(row: MatrixRow, style: Style, indent: str, paint: Paint) -> Iterator[str]:
    told = []
    if row.gap:
        where = f" in {', '.join(row.missing)}" if row.missing else ""
        told.append(f"NOBODY is accountable{where}.")
    if row.double:
        told.append("More than one role is accountable for the same part.")
    if row.unsound:
        words = [f'"{word}"' for word in row.unsound]
        told.append(f"{listed(words)}: no living role.")
    for sentence in told:
        yield from (indent + paint.caret(line) for line in wrap(visible(sentence), style.width - len(indent)))


def _legend(matrix: Matrix, style: Style) -> Iterator[str]:
    rows = [row for block in matrix.blocks for row in block.rows]
    used = {letter.upper() for row in rows for letters in row.cells.values() for letter in letters}
    marks = {mark for row in rows for mark in row.marks}
    told = [f"{letter} {words}" for letter, words in CODES.items() if letter in used]
    if any(letters != letters.upper() for row in rows for letters in row.cells.values()):
        told.append(SMALL)
    told += [f"{mark} {words}" for mark, words in MARKS.items() if mark in marks]
    for line in told:
        yield from wrap(line, style.width)
    yield ""


def _counts(matrix: Matrix) -> str:
    rows = {row.id: row for block in matrix.blocks for row in block.rows}.values()
    roles = {column.role for block in matrix.blocks for column in block.columns}
    gaps = {row.id for block in matrix.blocks for row in block.rows if row.gap or row.unsound}
    doubles = {row.id for block in matrix.blocks for row in block.rows if row.double}
    noun = "responsibility" if len(rows) == 1 else "responsibilities"
    return (
        f"{len(rows)} {noun}, {number(len(roles), 'role')}; "
        f"{len(gaps)} without an accountable role for all or a part, {len(doubles)} with more than one."
    )
