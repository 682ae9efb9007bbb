"""The responsibility matrix as a workbook, and as sheets of one."""

from collections.abc import Iterator, Mapping

from uts_policy.model.matrix import ABSENCES, ABSENT, CODES, MARKS, SMALL, Matrix, MatrixRow
from uts_policy.render.common.workbook import Sheet, workbook
from uts_policy.render.interface import Style
from uts_policy.render.matrix.csv import FIXED, MOST, roles_of, table

_LOOKS = {"A": "strong", "a": "strong", "R": "plain", "r": "plain", "S": "faint", "s": "faint"}
_MARKS = {"G": "bad", "D": "doubtful", "X": "bad"}
VACANT = "nobody can act in the accountable role"
"""What the sign v means."""
_BESIDE = {"responsibility": 32, "statement": 46, "criticality": 10, "marks": 7}
"""What stands beside the letters, and how wide: no more, for the letters should be on the screen too."""


def render(matrix: Matrix, style: Style) -> bytes:  # noqa: ARG001 - every format has this signature
    """The matrix, what is wrong in it, the roles behind its columns, what the letters mean."""
    return workbook(
        [matrix_sheet(matrix), trouble_sheet(matrix), roles_sheet(matrix), legend_sheet(matrix)],
        title="Responsibility matrix",
        day=matrix.as_of,
    )


def matrix_sheet(matrix: Matrix) -> Sheet:
    """A row for each responsibility, a column for each role (or letter, see `table`); the head stays in sight."""
    head, rows = table(matrix)
    wide = len(roles_of(matrix)) <= MOST
    first = 1 if matrix.by else 0
    vacant = {column.role for block in matrix.blocks for column in block.columns if column.vacant}
    where = [*range(first), *(first + FIXED.index(name) for name in _BESIDE), *range(first + len(FIXED), len(head))]
    return Sheet(
        name="Matrix",
        head=[head[each] + (" (vacant)" if head[each] in vacant else "") for each in where],
        rows=[[row[column] for column in where] for row in rows],
        widths=([22] if matrix.by else []) + [*_BESIDE.values()] + ([] if wide else [40] * len(CODES)),
        frozen=first + 1,
        turned=first + len(_BESIDE) if wide else None,
        coloured_from=first + len(_BESIDE) - 1,
        coloured_to=None if wide else first + len(_BESIDE) - 1,
        colours=_LOOKS | _MARKS,
    )


def trouble_sheet(matrix: Matrix) -> Sheet:
    """Gaps, doubles, what is no role, and vacant roles that are accountable: a line each."""
    rows = [
        [*([block.place] if matrix.by else []), row.id, row.statement, *told]
        for block in matrix.blocks
        for row in block.rows
        for told in _told(row, {column.role: column.absence for column in block.columns if column.vacant})
    ]
    head = [*([matrix.by] if matrix.by else []), "responsibility", "statement", "mark", "what is wrong", "where, who"]
    widths = [*([22] if matrix.by else []), 32, 46, 6, 44, 40]
    first = 1 if matrix.by else 0
    rows.sort(key=lambda row: "GXDv".index(row[first + 2]))
    return Sheet(
        name="Gaps and doubles", head=head, rows=rows, widths=widths, frozen=first + 1,
        colours=_MARKS | {"v": "doubtful"}, coloured_from=first + 2, coloured_to=first + 2,
    )  # fmt: skip


def _told(row: MatrixRow, absences: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Mark, meaning, and the places or words that it is about."""
    accountable = sorted(role for role, letters in row.cells.items() if "A" in letters.upper())
    details = {"G": "; ".join(row.missing) or "all of it", "D": ", ".join(row.doubled), "X": ", ".join(row.unsound)}
    for mark in row.marks:
        yield mark, MARKS[mark], details[mark]
    for why, words in ABSENCES.items():
        absent = [role for role in accountable if absences.get(role) == why]
        if absent:
            yield "v", words, ", ".join(absent)


def roles_sheet(matrix: Matrix) -> Sheet:
    """The roles, with their titles and units."""
    columns = {column.role: column for block in matrix.blocks for column in block.columns}
    rows = [[each.role, each.title, each.unit, ABSENT.get(each.absence, "")] for each in columns.values()]
    return Sheet(
        name="Roles", head=["role", "title", "unit", "held"], rows=rows, widths=[36, 44, 32, 18],
        colours={"vacant": "bad", "no valid holder": "bad"}, coloured_from=3,
    )  # fmt: skip


def legend_sheet(matrix: Matrix) -> Sheet:
    """What the letters and marks mean, and what was asked."""
    rows = [[letter, words] for letter, words in CODES.items()]
    rows += [["a r s c i", SMALL], *([mark, words] for mark, words in MARKS.items())]
    rows += [["v", VACANT]]
    rows += [["not evaluated", f"{rule}: what it would have marked is not marked"] for rule in matrix.unjudged]
    rows += [["as of", f"{matrix.as_of} (UTC)"], *([name, value] for name, value in matrix.filters.items())]
    return Sheet(name="Legend", head=["sign", "meaning"], rows=rows, widths=[14, 70], filter=False)
