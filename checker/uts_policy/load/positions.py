"""Positions of nodes, packed: the stretch of text of each, without what is not the node.

An anchor and a tag before it, and blank lines after it, do not belong to it.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from uts_policy.common.lines import Lines
from uts_policy.model.place import Route, Span

if TYPE_CHECKING:
    from array import array


# Anchors and tags, with the white space and comments that may stand between them and the node.
_PROPERTIES = re.compile(
    r"(?:(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:\s+(?:#[^\r\n]*(?:\s+|$))*|$|(?=[,\]}])))+"
)
_BLANK = " \t\r\n"


def trimmed_start(text: str, begin: int, end: int) -> int:
    """Where the value of a node begins whose event begins at `begin` and whose value ends at `end`."""
    if text[begin : begin + 1] in {"&", "!"} and (properties := _PROPERTIES.match(text, begin, end)) is not None:
        begin = properties.end()
    return min(begin, end)


def trimmed_end(text: str, begin: int, end: int) -> int:
    """Where a scalar ends whose event reaches from `begin` to `end`.

    A block scalar's event reaches to the next node; its value ends at its last line that is not blank. Where nothing
    was written, that place is right after what calls for a value, not where the parser noticed.
    """
    last = _back(text, end, 0 if begin == end else begin)
    # Blanks at the end of a block scalar's last line are part of it.
    while begin < last < end and text[last] in " \t":
        last += 1
    return last


def _back(text: str, offset: int, lowest: int) -> int:
    """The offset after the last character before `offset` that is not blank."""
    while offset > lowest and text[offset - 1] in _BLANK:
        offset -= 1
    return offset


HOLE: Final = -(2**31)
"""In `starts`: not a node but a pair that was left out of the data, a duplicate key's say."""

# Collections with more children than this get an index once asked for; the others are counted through each time.
_MANY: Final = 16


class PackedPositions:
    """Implements model.positions.Positions.

    The nodes of a document stand in `starts` and `ends` in the order of the text, mapping keys included, as offsets
    (code points) from `base` in `text`. A collection is told by the complement in `starts` (`~offset`, so negative);
    its `ends` is the number of the first record after it, and a closing bracket has a record of its own, as its last.
    So a collection ends in the text where the last record in it ends, in block style as in flow style.

    `data` is the document: its dicts give the order of the keys. An alias is one record, like a scalar: a route that
    leads through it ends there.
    """

    __slots__ = ("_base", "_data", "_ends", "_indexes", "_lines", "_starts", "_text")

    def __init__(  # noqa: PLR0913 - the parts of a table
        self, *, text: str, lines: Lines, starts: "array[int]", ends: "array[int]", data: object, base: int = 0
    ) -> None:
        self._base = base
        self._text = text
        self._lines = lines
        self._starts = starts
        self._ends = ends
        self._data = data
        self._indexes: dict[int, dict[Any, int]] = {}

    def value(self, route: Route) -> Span:
        """The span of the value at `route`; where a step is missing, of the deepest value on the way."""
        _, record = self._find(route)
        return self._lines.span(*self._stretch(record))

    def key(self, route: Route) -> Span:
        """The span of the mapping key that the last step names; for a list item or the root, the value's."""
        key, record = self._find(route)
        return self._lines.span(*self._stretch(record if key is None else key))

    def source(self, route: Route) -> str:
        """The value at `route` as it was written: the text at its span."""
        _, record = self._find(route)
        start, end = self._stretch(record)
        return self._text[start:end]

    def _find(self, route: Route) -> tuple[int | None, int]:
        """The records of the key and of the value at `route`; no key in a list, or where a step is missing."""
        record = 0
        data: Any = self._data
        key: int | None = None
        for step in route:
            if self._starts[record] >= 0 or not _leads(data, step):
                return None, record
            child = self._child(record, data, step)
            key, record = (child, child + 1) if isinstance(data, dict) else (None, child)
            data = data[step]
        return key, record

    def _child(self, record: int, data: Any, step: str | int) -> int:  # noqa: ANN401 - a dict or a list
        if len(data) <= _MANY:
            return self.member(self._starts, self._ends, record, data, step)
        index = self._indexes.get(record)
        if index is None:
            index = self._indexes[record] = dict(_members(self._starts, self._ends, record, data))
        return index[step]

    @staticmethod
    def member(starts: "array[int]", ends: "array[int]", record: int, data: Any, step: str | int) -> int:  # noqa: ANN401 - likewise
        """The record of one child of a collection: of the key in a mapping, of the item in a list."""
        return next(child for name, child in _members(starts, ends, record, data) if name == step)

    def _stretch(self, record: int) -> tuple[int, int]:
        """The offsets of a node in the text."""
        start, last = self._starts[record], record
        if start < 0:
            start, last = ~start, self._ends[record] - 1
        end = trimmed_end(self._text, self._base + self._starts[last], self._base + self._ends[last])
        return trimmed_start(self._text, self._base + start, end), end


def _leads(data: object, step: str | int) -> bool:
    """Whether a step leads on from here."""
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)


def _members(
    starts: "array[int]", ends: "array[int]", record: int, data: dict[str, Any] | list[Any]
) -> Iterator[tuple[Any, int]]:
    """The children of a collection by name, in order: the record of a mapping's key, of a list's item."""
    is_mapping = isinstance(data, dict)
    child = record + 1
    for name in data if is_mapping else range(len(data)):
        while starts[child] == HOLE:
            child = ends[child]
        yield name, child
        value = child + is_mapping
        child = value + 1 if starts[value] >= 0 else ends[value]
