"""What will start to fail: for a person by day, role or unit, for programs."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from uts_policy import __version__
from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number
from uts_policy.model.answers import Forecast, Start
from uts_policy.render.common.terminal import Paint, beside
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/forecast/1"
NOBODY = {"role": "No role is named for it", "unit": "No unit is named for it"}
_INDENT = "  "


def as_json(forecast: Forecast, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The whole forecast; `starts` are sorted by day, and then as a report sorts findings."""
    starts = [
        {
            "day": start.day,
            "id": start.finding.identity,
            "rule": start.finding.rule,
            "level": start.finding.level.value,
            "message": start.finding.message,
            "remediation": start.finding.remediation,
            "entry": start.finding.entry,
            "location": _location(start),
            "roles": list(start.roles),
            "units": list(start.units),
        }
        for start in forecast.starts
    ]
    whole = {
        "schema": SCHEMA,
        "as_of": forecast.as_of,
        "until": forecast.until,
        "evaluated": list(forecast.evaluated),
        "starts": starts,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_text(forecast: Forecast, style: Style) -> str:
    """Each role or unit has its own list, and what two share is in both."""
    lines = list(_text(forecast, style))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _text(forecast: Forecast, style: Style) -> Iterator[str]:
    paint = Paint(style)
    by = forecast.by
    if by == "day":
        for day, starts in groupby(forecast.starts, key=lambda start: start.day):
            yield f"{paint.file(day)}  {_ahead(forecast.as_of, day)}"
            for start, count in folded(starts):
                yield from _item(start, count, style, with_day=False)
            yield ""
    else:
        for owner in _owners(forecast.starts, by):
            yield paint.file(visible(owner) if owner else NOBODY[by])
            theirs = (start for start in forecast.starts if owner in (_names(start, by) or ("",)))
            for start, count in folded(theirs):
                yield from _item(start, count, style, with_day=True)
            yield ""
    begin = (
        f"{number(len(forecast.starts), 'finding')} will start to count" if forecast.starts else "Nothing new will fail"
    )
    days = number(len(forecast.evaluated), "day")
    yield from wrap(
        f"{begin} from {forecast.as_of} (UTC) to {forecast.until}. Judged on the {days} when something can change; "
        "each is worded as on its day.",
        style.width,
    )


def folded(starts: Iterable[Start]) -> list[tuple[Start, int]]:
    """The first of those that are alike for a person (in day, rule, line and message), and how many these are."""
    found: dict[tuple[object, ...], list[Start]] = {}
    for start in starts:
        place = _location(start) or {}
        told = start.day, start.finding.rule, start.finding.message, place.get("file"), place.get("line")
        found.setdefault(told, []).append(start)
    return [(alike[0], len(alike)) for alike in found.values()]


def _item(start: Start, count: int, style: Style, *, with_day: bool) -> Iterator[str]:
    finding = start.finding
    paint = Paint(style)
    head = f"{start.day}  " if with_day else ""
    often = f"  {number(count, 'finding')}" if count > 1 else ""
    yield f"{_INDENT}{head}{paint.level(finding.level, finding)}  {paint.rule(visible(finding.rule))}{often}"
    yield from beside(finding.message, _location(start), style, lead=_INDENT * 2)


def _owners(starts: Sequence[Start], by: str) -> list[str]:
    """All owners there are, by name; last, where there is something for it, the empty name of nobody."""
    named = {name for start in starts for name in _names(start, by)}
    return [*sorted(named), *([""] if any(not _names(start, by) for start in starts) else [])]


def _names(start: Start, by: str) -> tuple[str, ...]:
    return start.roles if by == "role" else start.units


def _ahead(as_of: str, day: str) -> str:
    days = (date.fromisoformat(day) - date.fromisoformat(as_of)).days
    return "tomorrow" if days == 1 else f"in {days} days"


def _location(start: Start) -> dict[str, str | int] | None:
    place = start.finding.location
    if place is None:
        return None
    return {"file": place.file, "line": place.span.line, "column": place.span.column}


_FOLD = 74
"""Octets of a line, its end not counted: one fewer than allowed, for the backslash of common/sanitise.py."""
LINE_END = "\\n"
"""A line end within a value."""
_SPECIAL = re.compile(r"[\\;,]")


def as_ics(forecast: Forecast, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The whole calendar. The same forecast gives the same bytes: events are stamped with the day of the forecast."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//uts-policy//uts-policy {__version__}//EN",
        "CALSCALE:GREGORIAN",
    ]
    if forecast.organisation:
        lines.append(f"X-WR-CALNAME:{_escaped(forecast.organisation)}: what will start to fail")
    for start, _ in folded(forecast.starts):
        lines += _event(start, forecast)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


_AHEAD = "-P7D"
"""When a calendar reminds of an event: a week before it."""
_SHORT = 60
"""Characters of an event's title."""


def _summary(start: Start, forecast: Forecast) -> str:
    """A title that a calendar has room for: what the rule is called, and the entry."""
    rule = forecast.titles.get(start.finding.rule, start.finding.rule)
    text = " ".join(f"{start.subject or start.finding.entry}: {rule[:1].lower()}{rule[1:]}".split())
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _event(start: Start, forecast: Forecast) -> Iterator[str]:
    finding, as_of = start.finding, forecast.as_of
    day = date.fromisoformat(start.day)
    place = "" if finding.location is None else f"{finding.location.file}:{finding.location.span.line}"
    owners = ", ".join(start.roles) or "no role is named for it"
    head = f"{forecast.organisation}: {finding.level}" if forecast.organisation else ""
    description = [
        head,
        _sentence(finding.message),
        finding.remediation,
        f"Who: {owners}",
        f"Where: {place}" if place else "",
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:{finding.identity.replace(':', '-')}-{start.day}@uts-policy"
    yield f"DTSTAMP:{as_of.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{start.day.replace('-', '')}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{(day + timedelta(days=1)).isoformat().replace('-', '')}"
    summary = _escaped(_summary(start, forecast))
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{LINE_END.join(_escaped(line) for line in description if line)}"
    yield f"CATEGORIES:{_escaped(finding.rule)}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{_AHEAD}", f"DESCRIPTION:{summary}", "END:VALARM")
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Text as a value: control characters visible, and what separates values behind a backslash."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", visible(" ".join(text.split())))


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 74 octets, those after the first with a space in front; no character is cut."""
    part = ""
    size = 0
    for character in line:
        octets = len(character.encode("utf-8", "backslashreplace"))
        if size + octets > _FOLD:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
