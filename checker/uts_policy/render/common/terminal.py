"""What a person sees at a terminal: colours, columns, the offending line with a caret."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.common.sanitise import cells, visible, width, wrap
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY
from uts_policy.model.document import Source
from uts_policy.model.finding import Finding
from uts_policy.model.place import Span
from uts_policy.model.rule import Level
from uts_policy.render.interface import Style

_LEVEL = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.NOTE: "1;36"}
_DIM = "2"
_BOLD = "1"


class Paint:
    """Wraps text in the escape sequences of a terminal where the style has colour, and leaves it alone elsewhere."""

    def __init__(self, style: Style) -> None:
        self._color = style.color
        self._bar = "│" if style.unicode else "|"
        self.ellipsis = "…" if style.unicode else "..."
        self.nothing = "·" if style.unicode else "."

    def file(self, text: str) -> str:
        """The name of a file that findings stand below."""
        return self._in(text, _BOLD)

    def level(self, text: str, finding: Finding) -> str:
        """A level, in its colour where it counts."""
        return self._in(text, _LEVEL[finding.level] if finding.counts else _DIM)

    def rule(self, text: str) -> str:
        """A rule id."""
        return self._in(text, _DIM)

    def caret(self, text: str) -> str:
        """What points at the offending character."""
        return self._in(text, _LEVEL[Level.ERROR])

    def gutter(self, number: str = "") -> str:
        """The margin left of an excerpt: a line number or nothing, and a bar."""
        return self._in(f"{number:>7} {self._bar}", _DIM)

    def _in(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._color and text else text


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
    if entry["from"] != FIRST_DAY:
        parts.append(f"from {entry['from']}")
    if entry["to"] != LAST_DAY:
        parts.append(f"until {entry['to']}")
    return " ".join(parts)


def listed(words: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


_LEAD = 3
"""A trimmed line starts this fraction of the width before the caret: what stands before it gives the sense."""
_REACH = 200
"""Characters on either side of the caret that are looked at beyond those that fit: some take no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One line of a file as shown: safe, trimmed to fit; `caret` is the number of columns before the caret."""

    number: int
    text: str
    caret: int


def split_lines(source: Source) -> list[str]:
    """The lines of a file as YAML counts them: U+0085, U+2028 and their like end none."""
    return source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def excerpt(lines: list[str], span: Span, columns: int, ellipsis: str) -> Excerpt | None:
    """The first line of `span`, in at most `columns`; None where there is no such line: the file was not decoded.

    Of a long line only the surroundings of the caret are looked at: a program writes a whole file in one line, and each
    of its findings shows that line. Tab stops are then counted from where the surroundings begin.
    """
    if span.line > len(lines) or lines == [""]:
        return None
    line, start = lines[span.line - 1], span.column - 1
    reach = columns + _REACH
    begin, end = max(start - reach, 0), start + reach
    shown = list(cells(line[begin:end]))
    start = min(start - begin, len(shown))
    while 0 < start < len(shown) and shown[start][1] == 0:
        start -= 1  # a combining mark stands over the character before it
    cut = (begin > 0, end < len(line))
    first, last = _window([wide for _, wide in shown], start, columns, len(ellipsis), cut)
    before = (ellipsis if first or cut[0] else "") + "".join(text for text, _ in shown[first:start])
    after = "".join(text for text, _ in shown[start:last]) + (ellipsis if last < len(shown) or cut[1] else "")
    return Excerpt(number=span.line, text=before + after, caret=width(before))


def _window(widths: list[int], start: int, columns: int, mark: int, cut: tuple[bool, bool]) -> tuple[int, int]:
    """Which cells to show, from and to: all where they fit, else a stretch around `start`.

    `cut` says whether the line goes on before and after the cells, where a mark of its own is due.
    """
    if sum(widths) + mark * sum(cut) <= columns:
        return 0, len(widths)
    first = 0
    if cut[0] or sum(widths[: start + 1]) + mark > columns:
        room = columns // _LEAD
        first, taken = start, 0
        while first > 0 and taken + widths[first - 1] <= room:
            first -= 1
            taken += widths[first]
        while first < start and widths[first] == 0:
            first += 1
    room = columns - mark - (mark if first or cut[0] else 0) - sum(widths[first:start])
    last = start
    while last < len(widths) and room >= widths[last]:
        room -= widths[last]
        last += 1
    return first, last
