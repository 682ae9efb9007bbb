"""Matrices whose columns are letters: roles stand in the cells, or ticks do, below a row of roles."""

from collections.abc import Mapping, Sequence
from typing import Final

from uts_policy.exchange.raci.codes import Vocabulary, read_cell
from uts_policy.exchange.raci.columns import NUMBER, other_columns
from uts_policy.exchange.raci.layout import Column, MatrixKind, MatrixLayout, Row, Use
from uts_policy.exchange.raci.rows import longest
from uts_policy.exchange.sheet import SheetView

_NEARLY_ALL: Final = 0.8


_FEWEST_LETTERS: Final = 2


def letter_header(sheet: SheetView, vocabulary: Vocabulary) -> MatrixLayout | None:
    """The matrix whose columns are letters, with names of roles or ticks below; None if there is none."""
    for place, row in enumerate(sheet.rows):
        letters = {
            column: found.codes
            for column, text in sheet.row(row).items()
            if len((found := read_cell(text, vocabulary)).codes) == 1 and found.is_code
        }
        if not letters:
            continue
        if len(set(letters.values())) < _FEWEST_LETTERS + 1:
            return None  # the first row with codes is no header of letters, so no other is
        below = sheet.rows[place + 1 :]
        cells = [sheet.text(each, column) for each in below for column in letters if sheet.text(each, column)]
        said = [read_cell(text, vocabulary) for text in cells]
        numbers = sum(NUMBER.fullmatch(text) is not None for text in cells)
        if not cells or sum(each.is_code for each in said) + numbers > len(said) * (1 - _NEARLY_ALL):
            return None
        ticks = sum(each.is_tick or each.is_none for each in said) >= len(said) * _NEARLY_ALL
        return _below_letters(sheet, row, below, letters, MatrixKind.TICKS if ticks else MatrixKind.NAMES)
    return None


def _below_letters(
    sheet: SheetView, row: int, below: Sequence[int], letters: Mapping[int, str], kind: MatrixKind
) -> MatrixLayout | None:
    above = [each for each in sheet.rows if each < row]
    bands = {column: sheet.text(above[-1], column) for column in letters} if above else {}
    if kind is MatrixKind.TICKS and not all(bands.get(column) for column in letters):
        return None
    duties = [each for each in below if any(column in letters for column in sheet.row(each))]
    others = other_columns(sheet, (row,), duties, list(letters)) if duties else []
    if kind is MatrixKind.TICKS and not any(column.title for column in others):
        others = other_columns(sheet, (above[-1], row), duties, list(letters))
    if not any(column.use is Use.STATEMENT for column in others):
        return None
    columns = [
        *others,
        *(
            Column(
                number=column, use=Use.ROLE, title=sheet.text(row, column), letter=letter,
                band=bands.get(column, "") if kind is MatrixKind.TICKS else "", reason="a letter over it",
            )
            for column, letter in letters.items()
        ),
    ]  # fmt: skip
    [statement] = [column.number for column in others if column.use is Use.STATEMENT]
    rows = []
    for each in below:
        if each in duties and sheet.text(each, statement):
            rows.append(Row(number=each, is_duty=True))
        elif len({sheet.anchor((each, column)) for column in sheet.row(each)}) == 1 and duties and each < duties[-1]:
            rows.append(Row(number=each, is_duty=False, text=longest(sheet.row(each))))
    header = (above[-1], row) if kind is MatrixKind.TICKS else (row,)
    return MatrixLayout(
        sheet=sheet, kind=kind, header=header, columns=tuple(sorted(columns, key=lambda each: each.number)),
        rows=tuple(rows),
    )  # fmt: skip
