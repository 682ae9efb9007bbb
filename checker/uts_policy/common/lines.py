"""Where the lines of a text begin: offsets (code points, from 0) into lines and columns (from 1), and back."""

import re
from array import array
from bisect import bisect_right
from itertools import accumulate

from uts_policy.model.place import Span

BREAK = re.compile(r"\r\n?|\n")
"""What ends a line in YAML 1.2 and editors: str.splitlines would also split at U+2028 and seven others."""


class Lines:
    """The lines of one text. The table is made at the first question: most files are never asked."""

    __slots__ = ("_made", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._made: array[int] | None = None

    @property
    def starts(self) -> "array[int]":
        """The offset of the beginning of each line."""
        if self._made is None:
            self._made = _line_starts(self._text)
        return self._made

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        starts = self.starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column."""
        return self.starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch of offsets, end exclusive."""
        line, column = self.place(start)
        end_line, end_column = self.place(end)
        return Span(line=line, column=column, end_line=end_line, end_column=end_column)


def _line_starts(text: str) -> "array[int]":
    if "\r" in text:
        return array("I", [0, *(found.end() for found in BREAK.finditer(text))])
    lengths = (len(line) + 1 for line in text.split("\n"))
    starts = array("I", accumulate(lengths, initial=0))
    starts.pop()
    return starts
