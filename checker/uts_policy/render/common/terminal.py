"""The offending line with a caret beneath the offending character."""

from dataclasses import dataclass

from uts_policy.common.sanitise import cells, width
from uts_policy.model.document import Source
from uts_policy.model.place import Span

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
