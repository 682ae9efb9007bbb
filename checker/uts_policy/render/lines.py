"""Facts beside the places where they are written, in columns as long as they fit."""

from collections.abc import Mapping
from typing import Any

from uts_policy.common.sanitise import visible, width, wrap
from uts_policy.render.interface import Style

_GAP = 2


def where(location: Mapping[str, Any] | None) -> str:
    """`file:line`; empty where nothing was written."""
    return "" if location is None else visible(f"{location['file']}:{location['line']}")


def beside(text: str, location: Mapping[str, Any] | None, style: Style, *, lead: str = "") -> list[str]:
    """`lead`, then the text, then its place at the right edge, or on a line of its own where it does not fit.

    Lines after the first are indented as far as the lead. `text` may hold what its author wrote.
    """
    place = where(location)
    room = style.width - width(lead)
    lines = wrap(visible(text), room)
    indent = " " * width(lead)
    shown = [lead + lines[0], *(indent + line for line in lines[1:])]
    if not place:
        return shown
    free = style.width - width(shown[-1])
    if free >= width(place) + _GAP:
        shown[-1] += " " * (free - width(place)) + place
    else:
        shown.append(" " * max(style.width - width(place), len(indent)) + place)
    return shown


def term(entry: Mapping[str, Any]) -> str:
    """`from 2026-01-01 until 2026-12-31`, as far as it was written; empty for what is open at both ends."""
    parts = []
    if entry["from"] != "0001-01-01":
        parts.append(f"from {entry['from']}")
    if entry["to"] != "9999-12-31":
        parts.append(f"until {entry['to']}")
    return " ".join(parts)


def listed(words: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
