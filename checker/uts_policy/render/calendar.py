"""A forecast as a calendar (RFC 5545): an all-day event for everything that will start to fail.

What a person could not tell apart is one event.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from uts_policy.common.sanitise import visible
from uts_policy.model.answers import Forecast, Start
from uts_policy.render.queries.forecast import folded

_FOLD = 74
"""Octets of a line, its end not counted: one fewer than allowed, for the backslash of common/sanitise.py."""
LINE_END = "\\n"
"""A line end within a value."""
_SPECIAL = re.compile(r"[\\;,]")


def as_calendar(forecast: Forecast, version: str) -> str:
    """The whole calendar. The same forecast gives the same bytes: events are stamped with the day of the forecast."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//uts-policy//uts-policy {version}//EN", "CALSCALE:GREGORIAN"]
    for start, _ in folded(forecast.starts):
        lines += _event(start, forecast.as_of)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(start: Start, as_of: str) -> Iterator[str]:
    finding = start.finding
    day = date.fromisoformat(start.day)
    place = "" if finding.location is None else f"{finding.location.file}:{finding.location.span.line}"
    owners = ", ".join(start.roles) or "no role is named for it"
    description = [finding.message, finding.remediation, f"Who: {owners}", f"Where: {place}" if place else ""]
    yield "BEGIN:VEVENT"
    yield f"UID:{finding.identity.replace(':', '-')}-{start.day}@uts-policy"
    yield f"DTSTAMP:{as_of.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{start.day.replace('-', '')}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{(day + timedelta(days=1)).isoformat().replace('-', '')}"
    yield f"SUMMARY:{_escaped(f'{finding.level}: {finding.message}')}"
    yield f"DESCRIPTION:{LINE_END.join(_escaped(line) for line in description if line)}"
    yield f"CATEGORIES:{_escaped(finding.rule)}"
    yield "TRANSP:TRANSPARENT"
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
