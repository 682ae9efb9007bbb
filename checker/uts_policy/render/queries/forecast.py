"""What will start to fail: for a person by day, role or unit, for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number
from uts_policy.model.answers import Forecast, Start
from uts_policy.render.common.terminal import Paint, beside
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/forecast/1"
NOBODY = {"role": "No role is named for it", "unit": "No unit is named for it"}
_INDENT = "  "


def as_json(forecast: Forecast) -> str:
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


def as_text(forecast: Forecast, by: str, style: Style) -> str:
    """`by` is day, role or unit: each has its own list, and what two share is in both."""
    lines = list(_text(forecast, by, style))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _text(forecast: Forecast, by: str, style: Style) -> Iterator[str]:
    paint = Paint(style)
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
