"""Which rows of a matrix are duties, and which are headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from uts_policy.exchange.raci.codes import CellCodes
from uts_policy.exchange.raci.layout import Column, Row, Use
from uts_policy.exchange.raci.wording import SUM_HEADS
from uts_policy.exchange.sheet import SheetView
from uts_policy.exchange.text import folded, words
from uts_policy.model.grid import Spot

DECIMAL: Final = re.compile(r"-?\d+(?:[.,]\d+)*%?")


def body_rows(
    sheet: SheetView, codes: Mapping[Spot, CellCodes], rows: Sequence[int], columns: Sequence[Column]
) -> Iterator[Row]:
    """The rows of duties and headings; notes, repeated headers and sums are neither."""
    roles = {column.number for column in columns if column.use is Use.ROLE}
    [statement] = [column.number for column in columns if column.use is Use.STATEMENT]
    heads = {folded(column.title) for column in columns if column.title}
    duties = [row for row in rows if is_duty(sheet, codes, row, roles)]
    last_duty = max(duties, default=0)
    numbered = next((column.number for column in columns if column.use is Use.NUMBER), 0)
    depth = min((_depth(sheet.text(row, numbered)) for row in duties if sheet.text(row, numbered)), default=0)
    for place, row in enumerate(rows):
        if is_duty(sheet, codes, row, roles):
            if sheet.text(row, statement):
                yield Row(number=row, is_duty=True)
            continue
        texts = sheet.row(row)
        in_roles = [text for column, text in texts.items() if column in roles]
        is_heading = len({sheet.anchor((row, column)) for column in texts}) == 1
        text = next(iter(texts.values()), "")
        if not texts or {folded(each) for each in texts.values()} <= heads or _is_sum(texts, in_roles):
            continue
        if not in_roles and 0 < _depth(sheet.text(row, numbered)) < depth:
            yield Row(number=row, is_duty=False, text=longest(texts))
        elif is_heading and (in_roles or not _is_listed(sheet, rows, place, statement, columns)):
            if row < last_duty:
                yield Row(number=row, is_duty=False, text=text)
        elif (sheet.text(row, statement) and not in_roles and row - rows[place - 1] <= 1 + (place == 0)) or (
            sheet.text(row, statement) and in_roles
        ):
            yield Row(number=row, is_duty=True)
        elif not in_roles and row < last_duty:
            yield Row(number=row, is_duty=False, text=longest(texts))


def _depth(number: str) -> int:
    """How many parts a number such as 1.2 has; 0 for a text without any."""
    return len(re.findall(r"\d+", number))


def longest(texts: Mapping[int, str]) -> str:
    """The longest text of a row."""
    return max(texts.values(), key=len)


def _is_sum(texts: Mapping[int, str], in_roles: Sequence[str]) -> bool:
    first = words(next(iter(texts.values())))[:1]
    return bool(in_roles) and (
        all(DECIMAL.fullmatch(text) for text in in_roles) or (bool(first) and first[0] in SUM_HEADS)
    )


def _is_listed(sheet: SheetView, rows: Sequence[int], place: int, statement: int, columns: Sequence[Column]) -> bool:
    """Whether a row with one text is a duty without any role rather than a heading.

    It is one if headings have a column of their own, or if no duty follows it directly.
    """
    row = rows[place]
    if not sheet.text(row, statement):
        return False
    if place and row - rows[place - 1] > 1:
        return False
    if any(column.use is Use.GROUP for column in columns):
        return True
    return len(sheet.row(rows[place + 1])) <= 1 if place + 1 < len(rows) else False


def is_duty(sheet: SheetView, codes: Mapping[Spot, CellCodes], row: int, roles: set[int]) -> bool:
    """Whether a row has letters, known or not, in columns of roles, or marks for none in at least half of them."""
    found = [codes[row, column] for column in sheet.row(row) if column in roles and (row, column) in codes]
    return any(each.is_like_code for each in found) or 2 * sum(each.is_none for each in found) >= max(len(roles), 1)
