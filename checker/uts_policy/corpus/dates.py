"""Dates as authors write them, as the corpus holds them, and as numbers that rules can subtract."""

import calendar
import re
from datetime import MAXYEAR, date

from uts_policy.model.corpus import LAST_DAY

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_MONTHS = 12


class Calendar:
    """Fills dates and remembers each one, for a corpus holds few different dates many times.

    `days` is every full date met so far with its day number: 1 is the first of January of the year 1.
    """

    def __init__(self) -> None:
        self.days: dict[str, int] = {}
        self._filled: dict[tuple[object, bool], str | None] = {}

    def full(self, written: object, *, last: bool) -> str | None:
        """`YYYY-MM-DD` for a full date, a month, or a year (also as an integer); None where there is no such day."""
        # NOTE: True == 1 and 1.0 == 1 as dictionary keys, so only strings and integers may be looked up.
        if type(written) is not str and type(written) is not int:
            return None
        key = (written, last)
        if key not in self._filled:
            found = _fill(str(written), last=last)
            self._filled[key] = None if found is None else self.add(found)
        return self._filled[key]

    def add(self, day: date) -> str:
        """The full date, known from now on."""
        text = day.isoformat()
        self.days[text] = day.toordinal()
        return text


def _fill(written: str, *, last: bool) -> date | None:
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    year = int(match[1])
    month = int(match[2]) if match[2] else (_MONTHS if last else 1)
    try:
        if match[3]:
            return date(year, month, int(match[3]))
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    except ValueError:  # calendar.IllegalMonthError is one too
        return None


def months_later(day: str, months: int) -> str:
    """The same day of the month so many months later, or the last day of that month; never after the year 9999.

    `day` is a full date.
    """
    start = date.fromisoformat(day)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    if year > MAXYEAR:
        return LAST_DAY
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).isoformat()
