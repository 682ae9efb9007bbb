"""Markdown in which nothing that a user wrote is markup, cut where it is too long."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number

_MARKUP = re.compile(r"[\\`*_\[\]~$]")
_LEAD = re.compile(r"\A(?:\d{1,9}(?=[.)])|(?=[-+=#]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"})
_CALLS = re.compile(r"@|#(?=\d)")
_NOTHING = "\N{ZERO WIDTH SPACE}"
LONGEST = 500
"""Characters of one text: a table is for reading, and the JSON report has the whole."""


def escaped(text: str) -> str:
    """`text` in one line, as it is read, for a table cell, a list item or a heading.

    NOTE: a mention is looked for in the finished page, where no escape is left, so an invisible space stands behind
    each `@`, and behind `#` before a number.
    """
    shown = visible(text).strip()
    if len(shown) > LONGEST:
        shown = f"{shown[:LONGEST]}…"
    calm = _CALLS.sub(lambda found: found[0] + _NOTHING, shown)
    return _LEAD.sub(r"\g<0>\\", _MARKUP.sub(r"\\\g<0>", calm)).translate(_ENTITIES)


_SPARE = 200
"""Room for the line that says what was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownPart:
    """A head and an end, written both or neither, and lines of which as many as fit.

    `early` parts choose their room before the others, and take a quarter of all at most.
    """

    head: str
    lines: tuple[str, ...]
    end: str = ""
    early: bool = False


def fitted(parts: Sequence[MarkdownPart], room: int, *, size: Callable[[str], int]) -> str:
    """The parts in at most `room` of what `size` measures, and a last line that says what did not fit."""
    written = [""] * len(parts)
    left = room - _SPARE
    omitted = 0
    for index in sorted(range(len(parts)), key=lambda each: not parts[each].early):
        part = parts[index]
        share = (min(left, room // 4) if part.early else left) - size(part.head) - size(part.end)
        fitting = _fitting(part.lines, share, size)
        omitted += len(part.lines) - len(fitting)
        if share >= 0:
            written[index] = "".join((part.head, *fitting, part.end))
            left -= size(written[index])
    if omitted:
        written.append(f"\n{number(omitted, 'line')} left out for want of room; the JSON report has everything.\n")
    return "".join(written)


def _fitting(lines: Sequence[str], room: int, size: Callable[[str], int]) -> Sequence[str]:
    for index, line in enumerate(lines):
        room -= size(line)
        if room < 0:
            return lines[:index]
    return lines
