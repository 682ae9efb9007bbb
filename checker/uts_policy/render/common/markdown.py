"""Text of many lines in little room: the heads first, then of each part as many lines as fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from uts_policy.common.words import number

_SPARE = 200
"""Room for the line that says what was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A head and an end, written both or neither, and lines of which as many as fit.

    `early` parts choose their room before the others, and take a quarter of all at most.
    """

    head: str
    lines: tuple[str, ...]
    end: str = ""
    early: bool = False


def fitted(parts: Sequence[Part], room: int, *, size: Callable[[str], int]) -> str:
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
