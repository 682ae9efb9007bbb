"""The responsibility matrix for spreadsheets."""

import csv
import io

from uts_policy.model.matrix import CODES, Matrix, MatrixRow
from uts_policy.render.interface import Style
from uts_policy.render.report.csv import cell


def render(matrix: Matrix, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """A row for each responsibility, a column for each role of all blocks; RFC 4180, and no cell becomes a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    head, rows = table(matrix)
    for day, row in (("as_of", head), *((matrix.as_of, row) for row in rows)):
        writer.writerow([cell(value) if value else value for value in (day, *row)])
    return text.getvalue()


def table(matrix: Matrix) -> tuple[list[str], list[list[str]]]:
    """Head and rows, as a spreadsheet shows them: all blocks in one table, the block in a column of its own.

    A column for each role, or, of more than MOST, one for each letter with the roles that have it.
    """
    roles = roles_of(matrix)
    vacant = sorted({column.role for block in matrix.blocks for column in block.columns if column.vacant})
    head = [*([matrix.by] if matrix.by else []), *FIXED, *(roles if len(roles) <= MOST else CODES)]
    rows = [
        [
            *([block.place] if matrix.by else []),
            *(row.id, row.statement, row.criticality, ", ".join(row.units), ", ".join(row.vectors)),
            "; ".join(row.missing) if row.missing or not row.gap else "all of it",
            ", ".join(role for role in vacant if "A" in row.cells.get(role, "").upper()),
            row.marks,
            *([row.cells.get(role, "") for role in roles] if len(roles) <= MOST else _by_letter(row)),
        ]
        for block in matrix.blocks
        for row in block.rows
    ]
    return head, rows


def roles_of(matrix: Matrix) -> list[str]:
    """The roles of all blocks, in their order."""
    return list(dict.fromkeys(column.role for block in matrix.blocks for column in block.columns))


def _by_letter(row: MatrixRow) -> list[str]:
    return [
        ", ".join(
            f"{role}{'' if code in letters else ' (a part)'}"
            for role, letters in sorted(row.cells.items())
            if code in letters.upper()
        )
        for code in CODES
    ]


MOST = 500
"""Roles that have a column of their own in a spreadsheet: a table of thousands by thousands is nearly all empty."""
FIXED = ("responsibility", "statement", "criticality", "units", "vectors", "nobody in", "vacant", "marks")
"""What stands before the roles in a spreadsheet; the marks beside the letters."""
