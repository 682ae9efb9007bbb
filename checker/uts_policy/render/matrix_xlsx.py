"""The responsibility matrix as a workbook, and as sheets of one."""

from collections.abc import Sequence

from uts_policy.model.matrix import CODES, MARKS, SMALL, Matrix
from uts_policy.render.matrix import FIXED, table
from uts_policy.render.workbook import Sheet, workbook

_LOOKS = {"A": "strong", "a": "strong", "R": "plain", "r": "plain", "S": "faint", "s": "faint"}
_MARKS = {"G": "bad", "D": "doubtful", "X": "bad"}
_WIDTHS = (34, 48, 11, 18, 14, 24, 22, 7)


def as_xlsx(matrix: Matrix) -> bytes:
    """Three sheets: the matrix, the roles behind its columns, what the letters mean."""
    return workbook(
        [matrix_sheet(matrix), *trouble_sheet(matrix), roles_sheet(matrix), legend_sheet(matrix)],
        title="Responsibility matrix",
        day=matrix.as_of,
    )


def matrix_sheet(matrix: Matrix) -> Sheet:
    """A row for each responsibility, a column for each role; the head and what names the row stay in sight."""
    head, rows = table(matrix)
    first = 1 if matrix.by else 0
    return Sheet(
        name="Matrix",
        head=head,
        rows=rows,
        widths=([22] if matrix.by else []) + [*_WIDTHS],
        frozen=first + 1,
        turned=first + len(FIXED),
        coloured_from=first + len(FIXED) - 1,
        colours=_LOOKS | _MARKS,
    )


def trouble_sheet(matrix: Matrix) -> Sequence[Sheet]:
    """Gaps, doubles and what is no role, a line each; no sheet where there is none."""
    rows = [
        [*([block.place] if matrix.by else []), row.id, row.statement, MARKS[mark], detail]
        for block in matrix.blocks
        for row in block.rows
        for mark, detail in (
            ("G", ", ".join(row.missing)),
            ("D", ", ".join(role for role, letters in row.cells.items() if "A" in letters.upper())),
            ("X", ", ".join(row.unsound)),
        )
        if mark in row.marks
    ]
    head = [*([matrix.by] if matrix.by else []), "responsibility", "statement", "what is wrong", "where, who"]
    widths = [*([22] if matrix.by else []), 34, 48, 48, 40]
    return [Sheet(name="Gaps and doubles", head=head, rows=rows, widths=widths)] if rows else []


def roles_sheet(matrix: Matrix) -> Sheet:
    """The roles, with their titles and units."""
    columns = {column.role: column for block in matrix.blocks for column in block.columns}
    rows = [
        [each.role, each.title, each.unit, "vacant" if each.vacant else ""]
        for each in sorted(columns.values(), key=lambda column: (column.unit, column.role))
    ]
    return Sheet(
        name="Roles", head=["role", "title", "unit", "held"], rows=rows, widths=[36, 44, 32, 10],
        colours={"vacant": "bad"}, coloured_from=3,
    )  # fmt: skip


def legend_sheet(matrix: Matrix) -> Sheet:
    """What the letters and marks mean, and what was asked."""
    rows = [[letter, words] for letter, words in CODES.items()]
    rows += [["a r s c i", SMALL], *([mark, words] for mark, words in MARKS.items())]
    rows += [["as of", f"{matrix.as_of} (UTC)"], *([name, value] for name, value in matrix.filters.items())]
    return Sheet(name="Legend", head=["sign", "meaning"], rows=rows, widths=[14, 70], filter=False)
