"""What each column of a matrix is: a role, the duty, its heading, a number, a description, or nothing of these."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from uts_policy.exchange.raci.codes import CellCodes
from uts_policy.exchange.raci.layout import Column, Use
from uts_policy.exchange.raci.wording import DESCRIPTION_HEADS, GROUP_HEADS, OTHER_HEADS, STATEMENT_HEADS, SUM_HEADS
from uts_policy.exchange.sheet import SheetView
from uts_policy.exchange.text import folded, words
from uts_policy.model.grid import Spot

NUMBER: Final = re.compile(r"[A-Za-z]{0,5}[-. ]?\d+(?:[.\-/]\d+)*[.)]?|[ivxlc]{1,5}[.)]|\d{1,3} ?%", re.IGNORECASE)


_NEARLY_ALL: Final = 0.8


_OFTEN: Final = 0.7


_SHORT_TEXT: Final = 10


def with_empty_ones(
    sheet: SheetView, codes: Mapping[Spot, CellCodes], header: Sequence[int], rows: Sequence[int], roles: Sequence[int]
) -> list[int]:
    """The columns of roles, those included that have a name and no part in any duty, if they stand beside others."""
    empty = [
        column
        for column in sheet.row(header[-1])
        if column > roles[0]
        and column not in roles
        and all((row, column) not in codes or codes[row, column].is_none for row in rows)
        and not any(sheet.text(row, column) and (row, column) not in codes for row in rows)
        and not _is_plain_head(sheet.text(header[-1], column))
    ]
    return sorted([*roles, *empty])


def _is_plain_head(text: str) -> bool:
    return any(is_head(text, heads) for heads in (DESCRIPTION_HEADS, OTHER_HEADS, SUM_HEADS))


def role_column(sheet: SheetView, header: Sequence[int], column: int) -> Column:
    """A column of a role: its title is the lowest text of the header over it."""
    texts: list[tuple[Spot, str]] = []
    for row in reversed(header):
        text = sheet.text(row, column)
        anchor = sheet.anchor((row, column))
        if text and all(anchor != each for each, _ in texts):
            texts.append((anchor, text))
    title = texts[0][1] if texts else ""
    band = texts[1][1] if len(texts) > 1 else ""
    return Column(number=column, use=Use.ROLE, title=title, reason="letters below a name", band=band)


def other_columns(sheet: SheetView, header: Sequence[int], rows: Sequence[int], roles: Sequence[int]) -> list[Column]:
    """What each column is that is not a role's: the duty's is the one most like it."""
    columns = sorted({column for row in (*rows, header[-1]) for column in sheet.row(row)} - set(roles))
    about = {column: _about(sheet, header, rows, column) for column in columns}
    texts = {column: each for column, each in about.items() if each.use is Use.OTHER and each.filled}
    if not texts:
        return []
    statement = max(texts, key=lambda column: (texts[column].score, -column))
    found = []
    for column, each in about.items():
        use, reason = each.use, each.reason
        if column == statement:
            use, reason = Use.STATEMENT, "text in the most rows" if not each.named else f'headed "{each.title}"'
        elif use is Use.OTHER:
            use, reason = _second_use(each, before=column < statement)
        found.append(Column(number=column, use=use, title=each.title, reason=reason))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What is known of a column: how many of its rows have text, and how many of those texts differ (0 to 1)."""

    title: str
    use: Use
    reason: str
    filled: float
    distinct: float
    score: float = 0
    named: bool = False


def _about(sheet: SheetView, header: Sequence[int], rows: Sequence[int], column: int) -> _About:
    title = next((text for row in reversed(header) if (text := sheet.text(row, column))), "")
    texts = [text for row in rows if (text := sheet.text(row, column))]
    filled, distinct = len(texts) / len(rows), len(set(texts)) / max(len(texts), 1)
    numbers = sum(NUMBER.fullmatch(text) is not None for text in texts)
    if texts and numbers >= len(texts) * _NEARLY_ALL:
        return _About(title=title, use=Use.NUMBER, reason="numbers", filled=filled, distinct=distinct)
    named = is_head(title, STATEMENT_HEADS) and not is_head(title, GROUP_HEADS)
    score = 2 * filled + distinct + named + (0.5 if average(texts) > _SHORT_TEXT else 0)
    score -= 1.5 * is_head(title, DESCRIPTION_HEADS) + 2 * (is_head(title, OTHER_HEADS) and not named)
    score -= 0.75 * is_head(title, GROUP_HEADS)
    return _About(title=title, use=Use.OTHER, reason="", filled=filled, distinct=distinct, score=score, named=named)


def _second_use(about: _About, *, before: bool) -> tuple[Use, str]:
    """What a column of text is that is not the duty's."""
    if is_head(about.title, DESCRIPTION_HEADS):
        return Use.DESCRIPTION, f'headed "{about.title}"'
    if before and about.filled and (is_head(about.title, GROUP_HEADS) or min(about.filled, about.distinct) < _OFTEN):
        return Use.GROUP, "texts that repeat, or stand once for several rows"
    if before and about.filled and not is_head(about.title, OTHER_HEADS):
        return Use.GROUP, "text before the duty"
    return Use.OTHER, "neither a role nor a duty"


def is_head(text: str, heads: frozenset[str]) -> bool:
    """Whether a text over a column has one of these words."""
    found = words(text)
    return bool(found) and (folded(text) in heads or bool(heads & set(found)))


def average(texts: Sequence[str]) -> float:
    """The average length of texts, in characters."""
    return sum(map(len, texts)) / max(len(texts), 1)
