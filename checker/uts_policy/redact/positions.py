"""A file's text with stretches replaced, and where everything in it stands then. Lines stay; columns move."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from uts_policy.model.place import Location, Positions, Route, Span

_LINE_END = re.compile(r"(\r\n|\r|\n)")


class Edit(NamedTuple):
    """A stretch of one line, in columns from 1, the end exclusive, and what to write there."""

    line: int
    begin: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Edits by line, in order and apart."""

    edits: dict[int, list[Edit]]

    def span(self, span: Span) -> Span:
        """Where a stretch stands after the edits; what begins or ends within one is widened to all of it."""
        return Span(
            line=span.line,
            column=self._column(span.line, span.column, end=False),
            end_line=span.end_line,
            end_column=self._column(
                span.end_line, span.end_column, end=(span.end_line, span.end_column) > (span.line, span.column)
            ),
        )

    def location(self, location: Location) -> Location:
        """Likewise for a place in this file."""
        return Location(file=location.file, span=self.span(location.span))

    def _column(self, line: int, column: int, *, end: bool) -> int:
        shift = 0
        for edit in self.edits.get(line, ()):
            if column <= edit.begin:
                break
            if column >= edit.end:
                shift += len(edit.new) - (edit.end - edit.begin)
                continue
            return edit.begin + shift + (len(edit.new) if end else 0)
        return column + shift


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPositions:
    """Implements model.positions.Positions over those of the text as it was."""

    inner: Positions
    moves: Moves
    lines: tuple[str, ...]

    def value(self, route: Route) -> Span:
        """The span of the value at `route`; where a step is missing, of the deepest value on the way."""
        return self.moves.span(self.inner.value(route))

    def key(self, route: Route) -> Span:
        """The span of the mapping key that the last step names; for a list item or the root, the value's."""
        return self.moves.span(self.inner.key(route))

    def source(self, route: Route) -> str:
        """The value at `route` as the redacted text has it."""
        span = self.value(route)
        lines = list(self.lines[span.line - 1 : span.end_line])
        if not lines:
            return ""
        if span.line == span.end_line:
            return lines[0][span.column - 1 : span.end_column - 1]
        return "\n".join((lines[0][span.column - 1 :], *lines[1:-1], lines[-1][: span.end_column - 1]))


def split(text: str) -> list[str]:
    """Lines and, between them, what ends each."""
    return _LINE_END.split(text)


def moves_of(edits: Iterable[Edit]) -> Moves:
    """The edits put in order; of two that overlap the one that begins first and is longer."""
    by_line: dict[int, list[Edit]] = {}
    for edit in sorted(edits, key=lambda each: (each.line, each.begin, -each.end)):
        kept = by_line.setdefault(edit.line, [])
        if not kept or edit.begin >= kept[-1].end:
            kept.append(edit)
    return Moves(edits=by_line)


def rewritten(text: str, moves: Moves) -> str:
    """The text after the edits."""
    parts = split(text)
    for line, edits in moves.edits.items():
        old, done, new = parts[2 * line - 2], 0, ""
        for edit in edits:
            new += old[done : edit.begin - 1] + edit.new
            done = edit.end - 1
        parts[2 * line - 2] = new + old[done:]
    return "".join(parts)
