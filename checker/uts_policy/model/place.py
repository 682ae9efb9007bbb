"""Where something stands: routes through data, spans in a file."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

Route: TypeAlias = tuple[str | int, ...]
"""Steps through nested mappings (str) and lists (int, from 0)."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1, columns in code points; the end is exclusive.

    `end_column` is the column after the last character, so an empty span has equal ends.
    """

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Location:
    """A span in a named file. `file` is a POSIX path as the user would write it."""

    file: str
    span: Span


START = Span(line=1, column=1, end_line=1, end_column=1)
"""The beginning of a file: where a defect of the file as a whole is shown."""


class Positions(Protocol):
    """Spans by route. The loader implements it over packed arrays (a tuple a node takes four times the memory)."""

    def value(self, route: Route) -> Span:
        """The span of the value at `route`; where a step is missing, of the deepest value on the way."""
        ...

    def key(self, route: Route) -> Span:
        """The span of the mapping key that the last step names; for a list item or the root, the value's."""
        ...

    def source(self, route: Route) -> str:
        """The value at `route` as it was written, without anchor and tag: what stands at its span.

        A plain scalar's is its text: it begins with neither a quote nor `|` nor `>`.
        """
        ...
