"""The responsibility matrix as people edit it, and as `import raci` reads it."""

import csv
import io

from uts_policy.model.matrix import CODES
from uts_policy.model.raci import ExportedMatrix
from uts_policy.render.common.markdown import escaped
from uts_policy.render.common.workbook import Sheet, workbook
from uts_policy.render.report.csv import cell

FORMATS = ("xlsx", "csv", "md")
_HEAD = ("Area", "Duty")
_NONE = "-"
"""What stands in the row of a duty in which nobody has a part: an empty row would be taken for a heading."""
_CHOICES = ("R", "A", "A/R", "S", "C", "I", "C/I")
_HOW = (
    "Write letters in the cells, several with a slash: A/R. Leave a cell empty if the role has no part in the duty.",
    "Add a row for a new duty, a column for a new role. `uts-policy import raci FILE` reads it.",
)


def render(matrix: ExportedMatrix, shape: str) -> str | bytes:
    """The matrix in one of FORMATS."""
    if shape == "xlsx":
        return as_xlsx(matrix)
    return as_csv(matrix) if shape == "csv" else as_md(matrix)


def as_csv(matrix: ExportedMatrix) -> str:
    """One table and, below it, the notes; no cell becomes a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in [
        _head(matrix),
        *_rows(matrix),
        *([] if not matrix.notes else [[]]),
        *([each] for each in _notes(matrix)),
    ]:
        writer.writerow([cell(value) if value and value != _NONE else value for value in row])
    return text.getvalue()


def as_md(matrix: ExportedMatrix) -> str:
    """A pipe table, the notes, and the legend."""
    head, *rows = [
        f"| {' | '.join(escaped(value) if value != _NONE else value for value in row)} |\n"
        for row in (_head(matrix), *_rows(matrix))
    ]
    rule = f"|{'---|' * len(_head(matrix))}\n"
    notes = "".join(f"\n{escaped(note)}\n" for note in _notes(matrix))
    legend = "".join(f"| {code} | {words.capitalize()} |\n" for code, words in CODES.items())
    return f"{head}{rule}{''.join(rows)}{notes}\n| Letter | Meaning |\n|---|---|\n{legend}"


def as_xlsx(matrix: ExportedMatrix) -> bytes:
    """The matrix with choices in its cells, and a second sheet with the legend, the notes and what to do."""
    legend = [
        *([code, words.capitalize()] for code, words in CODES.items()),
        *(["", note] for note in (*_notes(matrix), *_HOW)),
    ]
    sheets = [
        Sheet(
            name="RACI", head=_head(matrix), rows=_rows(matrix), widths=[24, 60], narrow=12, frozen=len(_HEAD),
            filter=False, choices=_CHOICES,
        ),
        Sheet(name="Legend", head=["Letter", "Meaning"], rows=legend, widths=[10, 90], filter=False),
    ]  # fmt: skip
    return workbook(sheets, title="Responsibility matrix", day=matrix.as_of)


def _head(matrix: ExportedMatrix) -> list[str]:
    return [*_HEAD, *matrix.roles.values()]


def _rows(matrix: ExportedMatrix) -> list[list[str]]:
    return [
        [duty.group, duty.statement, *(duty.cells.get(role, "" if duty.cells else _NONE) for role in matrix.roles)]
        for duty in matrix.duties
    ]


def _notes(matrix: ExportedMatrix) -> list[str]:
    return [f"({number}) {text}" for number, text in enumerate(matrix.notes, 1)]
