"""Which days of a history are judged, and how long findings stood."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from uts_policy.model.history import Moment

_YEAR_END = 12


def days_between(first: str, last: str, every: str) -> tuple[str, ...]:
    """The last day of each month or week (Sunday) from `first` on, and `last` itself, which ends the list."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    found = []
    while day < end:
        if every == "week":
            ends = day + timedelta(days=6 - day.weekday())
        else:
            ends = date(day.year + day.month // _YEAR_END, day.month % _YEAR_END + 1, 1) - timedelta(days=1)
        if ends >= end:
            break
        found.append(ends.isoformat())
        day = ends + timedelta(days=1)
    return (*found, last)


def chosen(commits: Sequence[tuple[str, str]], days: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """For each day the last commit of that day or before, as (day, commit); days before the first commit are left out.

    `commits` are (commit, day), the earliest first.
    """
    found = []
    for day in days:
        before = [commit for commit, committed in commits if committed <= day]
        if before:
            found.append((day, before[-1]))
    return tuple(found)


def days_to_fix(moments: Sequence[Moment]) -> tuple[int, ...]:
    """The days from introduced to fixed of each finding that came after the first moment and went; sorted.

    Moments that could not be judged say nothing of any finding.
    """
    since: dict[str, str | None] = {}
    found: list[int] = []
    first = True
    for moment in (each for each in moments if not each.fault):
        for identity in [each for each in since if each not in moment.findings]:
            begun = since.pop(identity)
            if begun is not None:
                found.append((date.fromisoformat(moment.day) - date.fromisoformat(begun)).days)
        for identity in moment.findings:
            since.setdefault(identity, None if first else moment.day)
        first = False
    return tuple(sorted(found))
