"""What is in force on a date: the words of the rule catalogue that closures depend on."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeAlias

Entry: TypeAlias = Mapping[str, Any]
Section: TypeAlias = Mapping[str, Entry]
Sections: TypeAlias = Mapping[str, Section]


def living(role: Entry, as_of: str) -> bool:
    """Not abolished. A day, where one is given, decides; otherwise the status does."""
    ended = role.get("abolished_on")
    if ended is not None:
        return as_of < str(ended)
    return role.get("status") != "abolished"


def current(term: Entry, as_of: str) -> bool:
    """Both ends inclusive."""
    return bool(term["from"] <= as_of <= term["to"])


def rescinded(delegation: Entry, as_of: str) -> bool:
    """On the day itself it is no longer in force."""
    ended = delegation.get("rescinded_on")
    return ended is not None and str(ended) <= as_of


def delegation_in_force(delegation: Entry, as_of: str) -> bool:
    """Its dates, and not rescinded. Whether it is valid is another question."""
    return current(delegation, as_of) and not rescinded(delegation, as_of)


def departed(person: Entry, as_of: str) -> bool:
    """Has left. A day, where one is given, decides; otherwise the status does."""
    left = person.get("departed_on")
    if left is not None:
        return str(left) <= as_of
    return person.get("status") == "departed"


def eve(day: str) -> str:
    """The last day before `day`, on which something is no longer so; of the first day of all, that day."""
    found = date.fromisoformat(day)
    return found.isoformat() if found == date.min else (found - timedelta(days=1)).isoformat()


def last_day(term: Entry, *ends: object) -> str:
    """The last day of a term: its own, or the eve of the first of `ends` (days, or None) if that is earlier."""
    return min(str(term["to"]), *(eve(str(each)) for each in ends if each is not None), str(term["to"]))


def waiver_in_force(waiver: Entry, as_of: str) -> bool:
    """Not expired, and approved: what is dated later has not happened yet."""
    return bool(waiver["approved_on"] <= as_of <= waiver["expires"])
