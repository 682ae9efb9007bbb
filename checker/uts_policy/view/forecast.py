"""Which days a forecast has to look at, and what begins on each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from uts_policy.common.fields import fields
from uts_policy.model.answers import Start
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.model.rule import Rule

OWNERS = "answerable"
"""The view that says whose business each entry is."""
DAYS = "days"
"""The unit of a parameter that counts days from a date, or to one."""
_LONGEST = 40_000
"""A parameter above this many days, a century, is no number of days."""


def days_of_change(corpus: Mapping[str, Any], as_of: str, days: int, catalogue: Iterable[Rule]) -> tuple[str, ...]:
    """The days after `as_of`, up to `days` later, on which what the rules say can change.

    That is where a date of the corpus comes or is over, and where a rule's count of days from it, or to it, is full.
    `catalogue` are the rules; a whole number of which nobody says what it counts may count days.
    """
    today = date.fromisoformat(as_of)
    first = today.toordinal()
    counts = {0} | {
        value
        for rule in catalogue
        if rule.id in corpus["rules"]
        for each in rule.parameters.values()
        if each.type == "integer" and each.unit in {DAYS, ""}
        if 0 <= (value := corpus["rules"][rule.id]["parameters"][each.name]) <= _LONGEST
    }
    dates = {date.fromisoformat(day).toordinal() for day in corpus["days"]}
    found = {
        day + shift + after - first
        for day in dates
        for count in counts
        for shift in (count, -count)
        for after in (0, 1)
    }
    return tuple((today + timedelta(days=ahead)).isoformat() for ahead in sorted(found) if 0 < ahead <= days)


def later(as_of: str, days: int) -> str | None:
    """The day so many days later; None where the calendar has none."""
    try:
        return (date.fromisoformat(as_of) + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def counting(report: Report) -> dict[str, Finding]:
    """The findings that count, by identity, in the order of the report."""
    return {finding.identity: finding for finding in report.findings if finding.counts}


def beginnings(reports: Iterable[tuple[str, Report]]) -> list[tuple[str, Finding]]:
    """What counts on a day and did not on the one before it, for each day after the first."""
    found: list[tuple[str, Finding]] = []
    before: Collection[str] | None = None
    for day, report in reports:
        now = counting(report)
        if before is not None:
            found += [(day, finding) for identity, finding in now.items() if identity not in before]
        before = now.keys()
    return found


def starts(
    found: Sequence[tuple[str, Finding]],
    answerable: Mapping[str, Mapping[str, Sequence[str]]],
    corpus: Mapping[str, Any],
) -> tuple[Start, ...]:
    """The beginnings with the roles whose business they are, as the view says, and the units of these."""
    made = []
    for day, finding in found:
        section, _, name = finding.entry.partition("/")
        roles = tuple(answerable.get(section, {}).get(name, ()))
        units = _units(section, name, roles, corpus)
        made.append(Start(day=day, finding=finding, roles=roles, units=units, subject=_subject(section, name, corpus)))
    return tuple(made)


def units_of(
    finding: Finding, answerable: Mapping[str, Mapping[str, Sequence[str]]], corpus: Mapping[str, Any]
) -> tuple[str, ...]:
    """The units of the roles that a finding concerns, as the view says; of a finding on a unit, that unit."""
    section, _, name = finding.entry.partition("/")
    return _units(section, name, tuple(answerable.get(section, {}).get(name, ())), corpus)


def _subject(section: str, name: str, corpus: Mapping[str, Any]) -> str:
    """What people call an entry: its title or name, of an assignment that of its duty; else its id."""
    entry = corpus.get(section, {}).get(name, {})
    if section == "assignments" and entry.get("responsibility") in corpus["responsibilities"]:
        section, entry = "responsibilities", corpus["responsibilities"][entry["responsibility"]]
    labels = {each.name for each in fields(section) if each.is_label} if entry else set()
    return str(next((entry[each] for each in labels if each in entry), name))


def _units(section: str, name: str, roles: Sequence[str], corpus: Mapping[str, Any]) -> tuple[str, ...]:
    if section == "units":
        return (name,)
    return tuple(sorted({corpus["roles"][role]["unit"] for role in roles}))
