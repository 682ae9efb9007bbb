"""Parser events into plain data and packed positions, in one pass; anchors and aliases resolved."""

from array import array
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from uts_policy.load.parsers import GetEvent
from uts_policy.load.positions import HOLE, PackedPositions
from uts_policy.load.problems import Defects
from uts_policy.load.scalars import Values, stretch
from uts_policy.model.document import UNREAD
from uts_policy.model.finding import RelatedPlace
from uts_policy.model.place import Route

MAX_EXPANSION: Final = 100_000
"""How many nodes the aliases of one document may stand for beyond its own size."""


@dataclass(slots=True)
class Anchor:
    """A node that aliases may name. `nodes` is its size, what its own aliases stand for included."""

    value: Any = None
    nodes: int = 1
    open: bool = False


class Anchors:
    """The anchors met so far. `expanded` is how many nodes the aliases met so far stand for, themselves aside."""

    __slots__ = ("_anchors", "_defects", "_exhausted", "expanded")

    def __init__(self, defects: Defects) -> None:
        self._anchors: dict[str, Anchor] = {}
        self._defects = defects
        self._exhausted = False
        self.expanded = 0

    def begin(self, name: str) -> Anchor:
        """A collection with this anchor begins; it is the caller's to complete."""
        anchor = self._anchors[name] = Anchor(open=True)
        return anchor

    def scalar(self, name: str, value: object) -> None:
        """A scalar with this anchor. A name that was there before means the new one from now on."""
        self._anchors[name] = Anchor(value=value)

    def resolve(self, name: str, at: tuple[int, int], route: Route) -> Any:  # noqa: ANN401 - any data
        """What an alias stands for: the node itself, not a copy. UNREAD where that is not possible, and reported.

        That there are too many is said of the first one only: they have one cause.
        """
        anchor = self._anchors.get(name)
        if anchor is None:
            message = f"the alias *{name} has no anchor &{name} before it in this document"
            remedy = f'Write &{name} before the value that is meant; where text is meant, write "*{name}".'
            self._defects.add("yaml/syntax", message, remedy, at, route=route, problem=f"alias *{name}")
        elif anchor.open:
            message = f"the alias *{name} lies inside the value that it names: a circle"
            remedy = "Write out what is meant, without the alias."
            self._defects.add("yaml/limit", message, remedy, at, route=route, problem=f"cycle *{name}")
        elif self.expanded + anchor.nodes - 1 > MAX_EXPANSION:
            message = f"with *{name} this document's aliases stand for more than {MAX_EXPANSION:,} values"
            remedy = "Write out what is meant, or say it once in an entry that others refer to."
            if not self._exhausted:
                self._defects.add("yaml/limit", message, remedy, at, route=route, problem=f"aliases *{name}")
            self._exhausted = True
        else:
            self.expanded += anchor.nodes - 1
            return anchor.value
        return UNREAD


MAX_DEPTH: Final = 64

# NOTE: deep nesting costs both parsers quadratic time (a file of 100 kB of "[" takes libyaml 14 s, the pure parser
# hours), so beyond this many levels more the document is given up.
_HOPELESS_DEPTH: Final = 200

# To find where a key stood first takes a walk through its mapping, so it is done so often in a document and no more.
_MAX_FIRST_PLACES: Final = 100

_MISSING: Final = object()


class AbandonedError(Exception):
    """The rest of a document is not read; why is among the defects."""


class DocumentReader:
    """Reads the nodes of one document; `starts` and `ends` become its PackedPositions.

    NOTE: the two loops are written out, and bind what they use to locals, because they run once for every scalar of
    the corpus; whatever is rare is in a method of its own. A route is a tuple made anew for each collection, and for
    a scalar only where it is reported.
    """

    __slots__ = ("_anchors", "_brackets", "_defects", "_first_places", "_get", "_values", "ends", "starts")

    def __init__(self, get: GetEvent, defects: Defects, values: Values) -> None:
        self._get = get
        self._defects = defects
        self._values = values
        self._anchors = Anchors(defects)
        self._brackets = 0
        self._first_places = 0
        self.starts = array("i")
        self.ends = array("i")

    def node(self, event: Any, route: Route) -> Any:  # noqa: ANN401 - events and data are of any type
        """The value of the node that `event` begins, its events consumed."""
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event, route)
        if kind is AliasEvent:
            return self._alias(event, route)
        if len(route) >= MAX_DEPTH:
            return self._too_deep(event, route)
        read = self._mapping if kind is MappingStartEvent else self._sequence
        if event.ctag is not None:
            self._values.check_collection_tag(event, "map" if kind is MappingStartEvent else "seq", route)
        if event.anchor is None:
            return read(event, route)
        anchor = self._anchors.begin(event.anchor)
        before = self._size()
        anchor.value = read(event, route)
        anchor.nodes = self._size() - before
        anchor.open = False
        return anchor.value

    def _mapping(self, event: Any, route: Route) -> dict[str, Any]:  # noqa: ANN401, C901 - see the class
        get, memo = self._get, self._values.memo
        starts, ends = self.starts, self.ends
        add_start, add_end = starts.append, ends.append
        record, flow = len(starts), event.flow_style
        add_start(~event.start_mark.index)
        add_end(0)
        data: dict[str, Any] = {}
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent and event.ctag is None and event.anchor is None:
                key = event.value
                if not event.style:
                    plain = memo.get(key, _MISSING)
                    key = self._values.key(key) if plain is _MISSING else plain
                if key.__class__ is not str or key in data:
                    self._drop(event, key, data, record, route)
                    continue
                add_start(event.start_mark.index)
                add_end(event.end_mark.index)
            elif kind is MappingEndEvent:
                break
            else:
                key = self._odd_key(event, data, record, route)
                if key is None:
                    continue
            event = get()
            if event.__class__ is ScalarEvent and event.ctag is None and event.anchor is None:
                value = event.value
                if not event.style:
                    value = memo.get(value, _MISSING)
                    if value is _MISSING:
                        value = self._values.plain(event, (*route, key))
                data[key] = value
                add_start(event.start_mark.index)
                add_end(event.end_mark.index)
            else:
                data[key] = self.node(event, (*route, key))
        # A bracket has a record of its own; a single pair in a list (`[a: 1]`) is in flow style and has none.
        if flow and (start := event.start_mark.index) != (end := event.end_mark.index):
            add_start(start)
            add_end(end)
            self._brackets += 1
        ends[record] = len(starts)
        return data

    def _sequence(self, event: Any, route: Route) -> list[Any]:  # noqa: ANN401 - likewise
        get, memo = self._get, self._values.memo
        starts, ends = self.starts, self.ends
        add_start, add_end = starts.append, ends.append
        record, flow = len(starts), event.flow_style
        add_start(~event.start_mark.index)
        add_end(0)
        data: list[Any] = []
        append = data.append
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent and event.ctag is None and event.anchor is None:
                value = event.value
                if not event.style:
                    value = memo.get(value, _MISSING)
                    if value is _MISSING:
                        value = self._values.plain(event, (*route, len(data)))
                append(value)
                add_start(event.start_mark.index)
                add_end(event.end_mark.index)
            elif kind is SequenceEndEvent:
                break
            else:
                append(self.node(event, (*route, len(data))))
        if flow:
            add_start(event.start_mark.index)
            add_end(event.end_mark.index)
            self._brackets += 1
        ends[record] = len(starts)
        return data

    def _record(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def _size(self) -> int:
        """How many nodes there are so far, those that aliases stand for included."""
        return len(self.starts) - self._brackets + self._anchors.expanded

    def _scalar(self, event: Any, route: Route) -> Any:  # noqa: ANN401 - likewise
        """A scalar with an anchor or a tag, or one that is the whole document."""
        self._record(*stretch(event))
        value = self._values.tagged(event, route)
        if event.anchor is not None:
            self._anchors.scalar(event.anchor, value)
        return value

    def _alias(self, event: Any, route: Route) -> Any:  # noqa: ANN401 - likewise
        at = stretch(event)
        self._record(*at)
        return self._anchors.resolve(event.anchor, at, route)

    def _too_deep(self, event: Any, route: Route) -> int:  # noqa: ANN401 - likewise
        """Report a collection nested too deeply, and pass it over."""
        start = event.start_mark.index
        message = f"values are nested more than {MAX_DEPTH} levels deep"
        remedy = "No declaration needs a tenth of that: look for a bracket that is not closed."
        self._defects.add("yaml/limit", message, remedy, (start, start + 1), route=route, problem="depth")
        depth = 1
        while depth:
            event = self._get()
            kind = event.__class__
            if kind in {MappingStartEvent, SequenceStartEvent}:
                depth += 1
                if depth > _HOPELESS_DEPTH:
                    raise AbandonedError
            elif kind in {MappingEndEvent, SequenceEndEvent}:
                depth -= 1
        self._record(start, event.end_mark.index)
        return UNREAD

    def _odd_key(self, event: Any, data: dict[str, Any], record: int, route: Route) -> str | None:  # noqa: ANN401
        """A key with an anchor or a tag, or one that is an alias or a collection. None where it had to be dropped."""
        begin = len(self.starts)
        key = self.node(event, (*route, "?"))
        if isinstance(key, str) and key not in data:
            return key
        end = self.ends[-1]
        self._truncate(begin)
        self._drop(event, key, data, record, route, end=end)
        return None

    def _drop(  # noqa: PLR0913, PLR0917 - what a mapping knows of a key
        self,
        event: Any,  # noqa: ANN401 - likewise
        key: object,
        data: dict[str, Any],
        record: int,
        route: Route,
        end: int = -1,
    ) -> None:
        """Report a key that cannot be kept, and leave a hole for it and its value.

        The value is read all the same: what is wrong in it is to be said too.
        """
        at = (event.start_mark.index, max(end, event.end_mark.index))
        if isinstance(key, str):
            self._duplicate(key, at, data, record, route)
            route = (*route, key)
        else:
            written = self._defects.written(*at)
            shown = f"the key {written} is no string" if written.strip() else "a key is missing"
            remedy = f'Write "{written}".' if event.__class__ is ScalarEvent and written else "Write text as the key."
            self._defects.add("schema/value", shown, remedy, at, route=route, problem=f"key {written}")
            route = (*route, written)
        hole = len(self.starts)
        self.node(self._get(), route)
        last = self.ends[-1]
        self._truncate(hole)
        self._record(HOLE, hole + 2)
        self._record(last, last)

    def _truncate(self, size: int) -> None:
        del self.starts[size:], self.ends[size:]

    def _duplicate(self, key: str, at: tuple[int, int], data: dict[str, Any], record: int, route: Route) -> None:
        related: tuple[RelatedPlace, ...] = ()
        if self._first_places < _MAX_FIRST_PLACES:
            self._first_places += 1
            first = PackedPositions.member(self.starts, self.ends, record, data, key)
            place = self._defects.location(self.starts[first], self.ends[first])
            related = (RelatedPlace(message="first here", entry="", location=place),)
        self._defects.add(
            "yaml/duplicate-key",
            f'the key "{key}" stands here for the second time',
            "Remove one of the two, or put what both say into one.",
            at,
            route=(*route, key),
            problem=key,
            related=related,
        )
