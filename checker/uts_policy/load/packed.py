"""Where each node stands, packed: two numbers a scalar, four a collection."""

from typing import TYPE_CHECKING, Any

from uts_policy.load.text import Lines
from uts_policy.load.trim import trimmed
from uts_policy.model.place import Route, Span

if TYPE_CHECKING:
    from array import array

_MANY = 16


class PackedPositions:
    """Implements model.positions.Positions.

    The nodes of a document stand in `starts` and `ends` in the order of the text, keys included, as offsets in `text`
    (code points, from 0). A collection takes two records: its own, told by the complement (`~offset`, so negative) in
    `starts`, then one with the number of the first record after it in `starts` and its number of children in `ends`.
    `data` is the document: its dicts give the order of the keys.

    `base` is added to every offset: where the text that was parsed begins in `text`.

    An alias is one record, like a scalar: a route that leads through it ends there.
    """

    __slots__ = ("_base", "_data", "_ends", "_lines", "_members", "_starts", "_text")

    def __init__(  # noqa: PLR0913 - the parts of a table
        self, *, text: str, lines: Lines, starts: "array[int]", ends: "array[int]", data: object, base: int = 0
    ) -> None:
        self._base = base
        self._text = text
        self._lines = lines
        self._starts = starts
        self._ends = ends
        self._data = data
        # Children by record number, kept for large collections only: 10,000 findings in one list must not each count.
        self._members: dict[int, dict[Any, int]] = {}

    def value(self, route: Route) -> Span:
        """The span of the value at `route`; where a step is missing, of the deepest value on the way."""
        _, record, _ = self._find(route)
        return self._lines.span(*self._stretch(record))

    def key(self, route: Route) -> Span:
        """The span of the mapping key that the last step names; for a list item or the root, the value's."""
        key, record, complete = self._find(route)
        return self._lines.span(*self._stretch(key if complete and key is not None else record))

    def source(self, route: Route) -> str:
        """The value at `route` as it was written, from the text at its span."""
        _, record, _ = self._find(route)
        start, end = self._stretch(record)
        return self._text[start:end]

    def _find(self, route: Route) -> tuple[int | None, int, bool]:
        """The records of the key and of the value at `route`, and whether the route led all the way there."""
        key: int | None = None
        record = 0
        data: Any = self._data
        for step in route:
            if self._starts[record] >= 0:
                return key, record, False
            if isinstance(data, dict):
                if step not in data:
                    return key, record, False
                key = self._member(record, data, step)
                record = key + 1
            elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
                key, record = None, self._member(record, data, step)
            else:
                return key, record, False
            data = data[step]
        return key, record, True

    def _member(self, record: int, data: dict[str, Any] | list[Any], step: str | int) -> int:
        """The record of one child: of the key in a mapping, of the item in a list. `step` is known to be there."""
        if len(data) <= _MANY:
            child = record + 2
            for candidate in data if isinstance(data, dict) else range(len(data)):
                if candidate == step:
                    break
                child = self._after(child + 1 if isinstance(data, dict) else child)
            return child
        members = self._members.get(record)
        if members is None:
            members = self._members[record] = self._list_members(record, data)
        return members[step]

    def _list_members(self, record: int, data: dict[str, Any] | list[Any]) -> dict[Any, int]:
        members: dict[Any, int] = {}
        child = record + 2
        for candidate in data if isinstance(data, dict) else range(len(data)):
            members[candidate] = child
            child = self._after(child + 1 if isinstance(data, dict) else child)
        return members

    def _after(self, record: int) -> int:
        """The first record after a node and all in it."""
        return record + 1 if self._starts[record] >= 0 else self._starts[record + 1]

    def _stretch(self, record: int) -> tuple[int, int]:
        start = self._starts[record]
        return trimmed(self._text, self._base + (start if start >= 0 else ~start), self._base + self._ends[record])
