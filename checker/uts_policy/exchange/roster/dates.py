"""Dates of a staff list: ISO, Excel's serial numbers, days and months in figures or words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from uts_policy.exchange.text import folded
from uts_policy.model.roster import DATE_ORDERS

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_FIGURES: Final = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})")
_WORDS: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?[ .\-/]+(?:de )?([^\W\d]+)[ .,\-/]+(?:de )?(\d{4}|\d{2})")
_MONTH_FIRST: Final = re.compile(r"([^\W\d]+)[ .]+(\d{1,2})(?:st|nd|rd|th)?,?[ ]+(\d{4})")
_YEAR_MONTH: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.0+)?")
_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of Excel's count of days, which takes 1900 for a leap year."""
_FIRST_SERIAL, _LAST_SERIAL = 15_000, 80_000
_NO_YEAR: Final = 70
"""Years of two figures from here on are of the twentieth century."""

_MONTHS: Final = (
    "jan january janvier januar enero gennaio janeiro januari stycznia ledna",
    "feb february fevrier februar febrero febbraio fevereiro februari lutego unora fev",
    "mar march mars marz marzo marco maart marca brezna mrz",
    "apr april avril abril aprile kwietnia dubna avr abr",
    "may mai mayo maggio maio mei maja kvetna mag",
    "jun june juin juni junio giugno junho czerwca cervna giu",
    "jul july juillet juli julio luglio julho lipca cervence juil lug",
    "aug august aout agosto augustus sierpnia srpna ago",
    "sep sept september septembre septiembre settembre setembro wrzesnia zari set",
    "oct october octobre oktober octubre ottobre outubro pazdziernika rijna okt ott out",
    "nov november novembre noviembre novembro listopada listopadu",
    "dec december decembre dezember diciembre dicembre dezembro grudnia prosince dez dic",
)
_MONTH: Final = {word: number for number, names in enumerate(_MONTHS, 1) for word in names.split()}


def date_order(texts: Iterable[str]) -> tuple[str, bool]:
    """Which of DATE_ORDERS the dates of a column are in, empty if none says; and whether some can be read both ways."""
    orders = set()
    is_open = False
    for text in texts:
        found = _FIGURES.fullmatch(text)
        if not found:
            continue
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > 12:  # noqa: PLR2004 - months of a year
            orders.add(DATE_ORDERS[0])
        elif second > 12:  # noqa: PLR2004 - months of a year
            orders.add(DATE_ORDERS[1])
        elif first != second:
            is_open = True
    return (orders.pop() if len(orders) == 1 else ""), is_open


def read_date(  # noqa: PLR0911 - one for each form
    text: str, order: str
) -> str | None:
    """The full date in ISO's form, or as far as it is stated (2026-03, 2026); None if it is not a date.

    `order` is one of DATE_ORDERS; empty is read as the day first.
    """
    plain = folded(text)
    if found := _ISO.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain):
        return _full(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(plain):
        first, second = int(found[1]), int(found[3])
        day, month = (second, first) if order == DATE_ORDERS[1] and found[2] != "." else (first, second)
        return _full(_year(found[4]), month, day)
    if found := _WORDS.fullmatch(plain):
        return _full(_year(found[3]), _month(found[2], _MONTH), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(plain):
        return _full(int(found[3]), _month(found[1], _MONTH), int(found[2]))
    if found := _SERIAL.fullmatch(plain):
        days = int(found[1])
        return (_EPOCH + timedelta(days)).isoformat() if _FIRST_SERIAL < days < _LAST_SERIAL else None
    found = _YEAR_MONTH.fullmatch(plain)
    if found and 1 <= int(found[2] or 1) <= 12:  # noqa: PLR2004 - months of a year
        return plain if found[2] is None else f"{found[1]}-{int(found[2]):02d}"
    return None


def day_after(text: str) -> str:
    """The day after a full date; after the last day of a month or year, if only these are stated."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if not day:
        first = date(year + 1, 1, 1) if not month else date(year + month // 12, month % 12 + 1, 1)
        return first.isoformat()
    return (date(year, month, day) + timedelta(1)).isoformat()


def is_serial(text: str) -> bool:
    """Whether a text is a date as Excel counts days."""
    return _SERIAL.fullmatch(text) is not None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= _NO_YEAR else 2000)  # noqa: PLR2004 - two figures


def _month(word: str, known: Mapping[str, int]) -> int:
    return known.get(word, 0) or known.get(word[:3], 0)


def _full(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
