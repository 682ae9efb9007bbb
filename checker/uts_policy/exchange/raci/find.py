"""Where matrices are in a sheet, and whether their roles are in columns or in rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from uts_policy.exchange.raci.codes import CellCodes, Vocabulary, read_cell
from uts_policy.exchange.raci.columns import NUMBER, average, is_head, other_columns, role_column, with_empty_ones
from uts_policy.exchange.raci.layout import MatrixKind, MatrixLayout, Use
from uts_policy.exchange.raci.letters import letter_header
from uts_policy.exchange.raci.rows import DECIMAL, body_rows, is_duty
from uts_policy.exchange.raci.wording import GROUP_HEADS, OTHER_HEADS, ROLE_HEADS, ROLE_WORDS, STATEMENT_HEADS
from uts_policy.exchange.sheet import SheetView, turned
from uts_policy.exchange.text import words
from uts_policy.model.grid import Spot

MOST_HEADER_ROWS: Final = 4


_MOSTLY: Final = 0.5


_FEWEST_LETTERS: Final = 2


def find_matrices(sheet: SheetView, vocabulary: Vocabulary, roles_in: str = "") -> tuple[MatrixLayout, ...]:
    """The matrices of a sheet, from the top. `roles_in` is `rows` or `columns` if a map says so."""
    if roles_in == "rows":
        return tuple(_matrices(turned(sheet), vocabulary))
    upright = tuple(_matrices(sheet, vocabulary))
    if roles_in == "columns" or len(upright) != 1 or upright[0].kind is not MatrixKind.LETTERS:
        return upright
    sideways = tuple(_matrices(turned(sheet), vocabulary))
    if len(sideways) == 1 and sideways[0].kind is MatrixKind.LETTERS and _likeness(sideways[0]) > _likeness(upright[0]):
        return sideways
    return upright


def _likeness(layout: MatrixLayout) -> float:
    """How much the header looks like roles and the rows like duties; the other way round if negative."""
    heads = [column.title for column in layout.of(Use.ROLE)]
    [statement] = layout.of(Use.STATEMENT)
    duties = [row for row in layout.rows if row.is_duty]
    statements = [layout.sheet.text(row.number, statement.number) for row in duties]
    score = 2.0 * is_head(statement.title, STATEMENT_HEADS) - 2.0 * is_head(statement.title, ROLE_HEADS)
    score += 1.0 if average(statements) > average(heads) else -1.0
    score += 2.0 * (_share_of(heads, ROLE_WORDS) - _share_of(statements, ROLE_WORDS))
    one_a = sum(
        sum("A" in _codes(layout, row.number, column.number) for column in layout.of(Use.ROLE)) == 1 for row in duties
    )
    score += one_a / max(len(duties), 1)
    beside = [column.title for column in (*layout.of(Use.GROUP), *layout.of(Use.NUMBER))]
    # NOTE: a word over a second column before the names says that the line of names is the header.
    return score + 0.5 * bool(beside) + 4.0 * any(is_head(title, GROUP_HEADS | OTHER_HEADS) for title in beside)


def _codes(layout: MatrixLayout, row: int, column: int) -> str:
    found = layout.codes.get((row, column))
    return found.codes if found else ""


def _share_of(texts: Sequence[str], known: frozenset[str]) -> float:
    return sum(bool(known & set(words(text))) for text in texts) / max(len(texts), 1)


def _matrices(sheet: SheetView, vocabulary: Vocabulary) -> Iterator[MatrixLayout]:
    letters = letter_header(sheet, vocabulary)
    if letters is not None:
        yield letters
        return
    codes = {spot: read_cell(text, vocabulary) for spot, text in sheet.texts.items() if not NUMBER.fullmatch(text)}
    for first, last in _stretches(sheet, codes):
        layout = _matrix(sheet, codes, first, last)
        if layout is not None:
            yield layout


def _role_columns(sheet: SheetView, codes: Mapping[Spot, CellCodes], rows: Sequence[int]) -> list[int]:
    """The columns that hold codes, or letters like codes, and little else in rows that hold any code."""
    with_codes = [row for row in rows if any(_is_code(codes, (row, column)) for column in sheet.row(row))]
    cells: dict[int, list[CellCodes | None]] = {}
    for row in with_codes:
        for column in sheet.row(row):
            cells.setdefault(column, []).append(codes.get((row, column)))
    return sorted(column for column, found in cells.items() if _is_of_role(found))


def _is_of_role(cells: Sequence[CellCodes | None]) -> bool:
    like = [each for each in cells if each is not None and each.is_like_code]
    sound = len(like) + sum(each is not None and each.is_none for each in cells)
    if not like or sound < len(cells) * _MOSTLY:
        return False
    # NOTE: letters that number rows (A, B, C, D) stand once each, and some of them are no codes.
    each_once = len({(*each.unknown, each.codes) for each in like}) == len(like)
    numbers_rows = len(like) >= MOST_HEADER_ROWS and each_once and any(each.unknown for each in like)
    return not numbers_rows and (any(each.is_code for each in like) or len(like) > 1)


def _is_code(codes: Mapping[Spot, CellCodes], spot: Spot) -> bool:
    return spot in codes and codes[spot].is_code


def _stretches(sheet: SheetView, codes: Mapping[Spot, CellCodes]) -> Iterator[tuple[int, int]]:
    """First and last place in `sheet.rows` of each piece that has a header of its own."""
    rows = sheet.rows
    roles = set(_role_columns(sheet, codes, rows))
    start = 0
    seen_duty = False
    for place, row in enumerate(rows):
        if is_duty(sheet, codes, row, roles):
            seen_duty = True
        elif seen_duty and _is_header(sheet, codes, rows, place, roles):
            yield start, place - 1
            start, seen_duty = place, False
    if seen_duty:
        yield start, len(rows) - 1


def _is_header(
    sheet: SheetView, codes: Mapping[Spot, CellCodes], rows: Sequence[int], place: int, roles: set[int]
) -> bool:
    """Whether a row without codes is the header of another matrix: names over the columns of roles, codes below."""
    row = rows[place]
    named = {
        sheet.anchor((row, column))
        for column, text in sheet.row(row).items()
        if column in roles and not DECIMAL.fullmatch(text) and not codes[row, column].is_none
    }
    below = rows[place + 1 : place + 1 + MOST_HEADER_ROWS]
    needed = min(_FEWEST_LETTERS, max(len(roles) // 2, 1))
    return len(named) >= needed and any(is_duty(sheet, codes, each, roles) for each in below)


def _matrix(sheet: SheetView, codes: Mapping[Spot, CellCodes], first: int, last: int) -> MatrixLayout | None:
    rows = sheet.rows[first : last + 1]
    roles = _role_columns(sheet, codes, rows)
    duty_rows = [row for row in rows if is_duty(sheet, codes, row, set(roles))]
    if not roles or not duty_rows:
        return None
    header = _header(sheet, rows, duty_rows[0], roles)
    if not header:
        return None
    roles = with_empty_ones(sheet, codes, header, duty_rows, roles)
    others = other_columns(sheet, header, duty_rows, roles)
    if not any(column.use is Use.STATEMENT for column in others):
        return None
    columns = sorted([*others, *(role_column(sheet, header, column) for column in roles)], key=lambda each: each.number)
    body = [row for row in rows if row > header[-1]]
    return MatrixLayout(
        sheet=sheet,
        kind=MatrixKind.LETTERS,
        header=header,
        columns=tuple(columns),
        rows=tuple(body_rows(sheet, codes, body, columns)),
        codes=codes,
    )


def _header(sheet: SheetView, rows: Sequence[int], first_duty: int, roles: Sequence[int]) -> tuple[int, ...]:
    """The rows of the header, from the top; the last one names the roles."""
    above = [row for row in rows if row < first_duty]
    found: list[int] = []
    for row in reversed(above):
        anchors = {sheet.anchor((row, column)) for column in roles if sheet.text(row, column)}
        across = {sheet.anchor((row, column)) for column in sheet.row(row)}
        is_title = len(across) == 1 and len(sheet.row(row)) > 1 and len(roles) > 1
        if anchors and not is_title and (found or len(anchors) * 2 >= min(len(roles), 2)):
            found.append(row)
        elif found:
            break
        if len(found) == MOST_HEADER_ROWS:
            break
    return tuple(reversed(found))
