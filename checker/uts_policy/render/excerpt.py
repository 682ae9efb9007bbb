"""The offending line with a caret beneath the offending character."""

from dataclasses import dataclass

from uts_policy.model.document import Source
from uts_policy.model.place import Span
from uts_policy.render.visible import cells, width

_LEAD = 3
"""A trimmed line starts this fraction of the width before the caret: what stands before it gives the sense."""


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
    """The first line of `span`, in at most `columns`; None where there is no such line: the file was not decoded."""
    if span.line > len(lines) or not any(lines):
        return None
    shown = list(cells(lines[span.line - 1]))
    start = min(span.column - 1, len(shown))
    while 0 < start < len(shown) and shown[start][1] == 0:
        start -= 1  # a combining mark stands over the character before it
    first, last = _window([wide for _, wide in shown], start, columns, len(ellipsis))
    before = (ellipsis if first else "") + "".join(text for text, _ in shown[first:start])
    after = "".join(text for text, _ in shown[start:last]) + (ellipsis if last < len(shown) else "")
    return Excerpt(number=span.line, text=before + after, caret=width(before))


def _window(widths: list[int], start: int, columns: int, mark: int) -> tuple[int, int]:
    """Which cells to show, from and to: all where they fit, else a stretch around `start`."""
    if sum(widths) <= columns:
        return 0, len(widths)
    first = 0
    if sum(widths[: start + 1]) + mark > columns:
        room = columns // _LEAD
        first = start
        while first > 0 and sum(widths[first - 1 : start]) <= room:
            first -= 1
        while first < start and widths[first] == 0:
            first += 1
    room = columns - mark - (mark if first else 0)
    last = first
    while last < len(widths) and room >= widths[last]:
        room -= widths[last]
        last += 1
    return first, last
