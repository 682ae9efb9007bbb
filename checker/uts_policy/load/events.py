"""Parser events into plain data and packed positions, in one pass."""

from array import array
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from uts_policy.load.defects import Defects
from uts_policy.load.parsers import GetEvent
from uts_policy.load.scalars import Scalar, UnusableNumberError, resolve
from uts_policy.model.finding import RelatedPlace
from uts_policy.model.place import Route

MAX_DEPTH: Final = 64
MAX_EXPANSION: Final = 100_000

# To find a mapping's first key of a name takes a walk through it, so it is done so often and no more.
MAX_FIRSTS: Final = 100

_MISSING: Final = object()
_UNUSABLE: Final = object()
_CORE: Final = "tag:yaml.org,2002:"
_FITS: Final[dict[str, tuple[type, ...]]] = {
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "null": (type(None),),
}
_QUOTE_IT: Final = "Where text is meant, put it in quotes."


@dataclass(slots=True)
class _Anchor:
    """A node that aliases may name. `nodes` is its size, what its own aliases stand for included."""

    value: Any = None
    nodes: int = 1
    open: bool = False


class DocumentReader:
    """Reads one document's events. `starts` and `ends` are as PackedPositions wants them.

    `memo` maps plain scalars to their values and is shared by the documents of a file: most words of a corpus come
    again, and one object for each saves a third of the memory.

    NOTE: the loops below are written out, and bind what they use to locals, because they run once for every scalar
    of the corpus; everything rare is in a method of its own.
    """

    __slots__ = (
        "_anchors",
        "_collections",
        "_defects",
        "_expanded",
        "_firsts_shown",
        "_get",
        "_last",
        "_memo",
        "ends",
        "starts",
    )

    def __init__(self, get: GetEvent, defects: Defects, memo: dict[str, Scalar]) -> None:
        self._get = get
        self._defects = defects
        self._memo = memo
        self._anchors: dict[str, _Anchor] = {}
        self._collections = 0
        self._expanded = 0
        self._last = 0
        self._firsts_shown = 0
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
        if event.ctag is not None:
            self._check_collection_tag(event, route)
        if event.anchor is None:
            return self._mapping(event, route) if kind is MappingStartEvent else self._sequence(event, route)
        anchor = self._anchors[event.anchor] = _Anchor(open=True)
        before = self._size()
        anchor.value = self._mapping(event, route) if kind is MappingStartEvent else self._sequence(event, route)
        anchor.nodes = self._size() - before
        anchor.open = False
        return anchor.value

    def _mapping(self, event: Any, route: Route) -> dict[str, Any]:  # noqa: ANN401, PLR0912 - see the class
        get, memo = self._get, self._memo
        add_start, add_end = self.starts.append, self.ends.append
        record, flow = self._open(event), event.flow_style
        data: dict[str, Any] = {}
        last = 0
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent and event.ctag is None and event.anchor is None:
                text = event.value
                if event.style:
                    key: Any = text
                else:
                    key = memo.get(text, _MISSING)
                    if key is _MISSING:
                        key = self._plain_key(text)
                if key.__class__ is str and key not in data:
                    add_start(event.start_mark.index)
                    add_end(event.end_mark.index)
                else:
                    last = self._drop(event, data, record, route)
                    continue
            elif kind is MappingEndEvent:
                break
            else:
                key = self._odd_key(event, data, record, route)
                if key is None:
                    last = self._last
                    continue
            event = get()
            if event.__class__ is ScalarEvent and event.ctag is None and event.anchor is None:
                text = event.value
                if event.style:
                    data[key] = text
                else:
                    value = memo.get(text, _MISSING)
                    data[key] = self._plain(event, (*route, key)) if value is _MISSING else value
                add_start(event.start_mark.index)
                last = event.end_mark.index
                add_end(last)
            else:
                data[key] = self.node(event, (*route, key))
                last = self._last
        self._close(event, record, len(data), last, flow=flow)
        return data

    def _sequence(self, event: Any, route: Route) -> list[Any]:  # noqa: ANN401
        get, memo = self._get, self._memo
        add_start, add_end = self.starts.append, self.ends.append
        record, flow = self._open(event), event.flow_style
        data: list[Any] = []
        append = data.append
        last = 0
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent and event.ctag is None and event.anchor is None:
                text = event.value
                if event.style:
                    append(text)
                else:
                    value = memo.get(text, _MISSING)
                    append(self._plain(event, (*route, len(data))) if value is _MISSING else value)
                add_start(event.start_mark.index)
                last = event.end_mark.index
                add_end(last)
            elif kind is SequenceEndEvent:
                break
            else:
                append(self.node(event, (*route, len(data))))
                last = self._last
        self._close(event, record, len(data), last, flow=flow)
        return data

    def _open(self, event: Any) -> int:  # noqa: ANN401
        """Begin a collection: its two records."""
        starts, ends = self.starts, self.ends
        record = len(starts)
        starts.append(~event.start_mark.index)
        starts.append(0)
        ends.append(0)
        ends.append(0)
        self._collections += 1
        self._last = event.end_mark.index
        return record

    def _close(self, event: Any, record: int, children: int, last: int, *, flow: bool) -> None:  # noqa: ANN401
        """End a collection: in flow style at its bracket, in block style where its last child ends."""
        if flow and event.start_mark.index != (end := event.end_mark.index):
            last = end
        self.ends[record] = last
        self.starts[record + 1] = len(self.starts)
        self.ends[record + 1] = children
        self._last = last

    def _size(self) -> int:
        """How many nodes there are so far, those that aliases stand for included."""
        return len(self.starts) - self._collections + self._expanded

    def _place(self, event: Any) -> tuple[int, int]:  # noqa: ANN401
        """Give a node that is no collection its record."""
        at = (event.start_mark.index, event.end_mark.index)
        self.starts.append(at[0])
        self.ends.append(at[1])
        self._last = at[1]
        return at

    # What follows is rare.

    def _plain(self, event: Any, route: Route) -> Scalar:  # noqa: ANN401
        """The value of a plain scalar that was not met before."""
        text = event.value
        try:
            value = self._memo[text] = resolve(text)
        except UnusableNumberError as error:
            return self._unusable(event, error, route)
        return value

    def _plain_key(self, text: str) -> object:
        """The same for a key; what it is does not matter where it is no string."""
        try:
            value = self._memo[text] = resolve(text)
        except UnusableNumberError:
            return _UNUSABLE
        return value

    def _unusable(self, event: Any, error: UnusableNumberError, route: Route) -> int:  # noqa: ANN401
        """Report a number that no rule could read, and go on with another."""
        text = event.value
        if error.kind == "integer":
            message = f"{text} is beyond ±2^53, where integers lose digits"
        else:
            message = f"{text} is no finite number"
        self._defects.add(
            "schema/value",
            message,
            f'Write a smaller number; where text is meant, write "{text}".',
            (event.start_mark.index, event.end_mark.index),
            route=route,
            problem=error.kind,
        )
        return 0

    def _scalar(self, event: Any, route: Route) -> Scalar:  # noqa: ANN401
        """A scalar by itself: as a document, or with an anchor or a tag."""
        self._place(event)
        tag = event.tag
        if tag is not None:
            value = self._tagged(event, tag, route)
        elif event.style:
            value = event.value
        else:
            value = self._plain(event, route)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(value=value)
        return value

    def _tagged(self, event: Any, tag: str, route: Route) -> Scalar:  # noqa: ANN401
        """The value of a scalar with a tag: the core schema's are obeyed."""
        name = tag.removeprefix(_CORE)
        if name in {"!", "str"}:
            return str(event.value)
        if name not in _FITS or name == tag:
            self._custom_tag(event, tag, route)
            return self._plain(event, route) if not event.style else str(event.value)
        try:
            value = resolve(event.value)
        except UnusableNumberError as error:
            return self._unusable(event, error, route)
        if not isinstance(value, _FITS[name]) or (isinstance(value, bool) and name != "bool"):
            at = (event.start_mark.index, event.end_mark.index)
            message = f'the tag !!{name} does not fit "{event.value}"'
            self._defects.add("yaml/tag", message, "Remove the tag.", at, route=route, problem=f"!!{name}")
        return float(value) if name == "float" and isinstance(value, int) else value

    def _check_collection_tag(self, event: Any, route: Route) -> None:  # noqa: ANN401
        tag = event.tag
        if tag not in {None, "!", _CORE + ("map" if event.__class__ is MappingStartEvent else "seq")}:
            self._custom_tag(event, tag, route)

    def _custom_tag(self, event: Any, tag: str, route: Route) -> None:  # noqa: ANN401
        shown = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
        start = event.start_mark.index
        self._defects.add(
            "yaml/tag",
            f"the tag {shown} means nothing here: declarations are plain YAML",
            "Remove the tag. " + _QUOTE_IT,
            (start, max(start, event.end_mark.index)),
            route=route,
            problem=shown,
        )

    def _alias(self, event: Any, route: Route) -> Any:  # noqa: ANN401
        """What an alias stands for: the anchored node itself, not a copy."""
        at = self._place(event)
        name = event.anchor
        anchor = self._anchors.get(name)
        if anchor is None:
            message = f"the alias *{name} has no anchor &{name} before it in this document"
            self._defects.add("yaml/syntax", message, f"Write &{name} before the value that is meant.", at, route=route)
            return None
        if anchor.open:
            message = f"the alias *{name} lies inside the value that it names: a circle"
            remedy = "Write out what is meant, without the alias."
            self._defects.add("yaml/limit", message, remedy, at, route=route, problem=f"cycle *{name}")
            return None
        if self._expanded + anchor.nodes - 1 > MAX_EXPANSION:
            message = f"with the alias *{name} this document's aliases stand for more than {MAX_EXPANSION:,} values"
            remedy = "Write out what is meant, or say it once in an entry that others refer to."
            self._defects.add("yaml/limit", message, remedy, at, route=route, problem=f"aliases *{name}")
            return None
        self._expanded += anchor.nodes - 1
        return anchor.value

    def _too_deep(self, event: Any, route: Route) -> None:  # noqa: ANN401
        """Report a collection nested too deeply, and pass it over."""
        start = event.start_mark.index
        message = f"values are nested more than {MAX_DEPTH} levels deep"
        remedy = "Nothing in a declaration needs a quarter of that: look for a bracket that is not closed."
        self._defects.add("yaml/limit", message, remedy, (start, start + 1), route=route, problem="depth")
        self._place(event)
        open_collections = 1
        while open_collections:
            event = self._get()
            name = event.__class__.__name__
            if name.endswith("StartEvent"):
                open_collections += 1
            elif event.__class__ in {MappingEndEvent, SequenceEndEvent}:
                open_collections -= 1
        self._last = event.end_mark.index

    def _odd_key(self, event: Any, data: dict[str, Any], record: int, route: Route) -> str | None:  # noqa: ANN401
        """A key that is not just a scalar: with an anchor or a tag, an alias, or a collection. None: it was dropped."""
        if event.__class__ in {ScalarEvent, AliasEvent}:
            size = len(self.starts)
            key = self._scalar(event, route) if event.__class__ is ScalarEvent else self._alias(event, route)
            if isinstance(key, str) and key not in data:
                return key
            del self.starts[size:], self.ends[size:]
            self._drop(event, data, record, route, key)
            return None
        self._drop(event, data, record, route, _UNUSABLE)
        return None

    def _drop(
        self,
        event: Any,  # noqa: ANN401
        data: dict[str, Any],
        record: int,
        route: Route,
        key: object = _MISSING,
    ) -> int:
        """Report a key that cannot be kept, and pass its value over; the offset at which that ends.

        The value is read all the same: what is wrong in it is to be said too.
        """
        starts, ends, collections = len(self.starts), len(self.ends), self._collections
        start, end = event.start_mark.index, event.end_mark.index
        if key is _MISSING:
            key = event.value if event.style else self._plain_key(event.value)
        written = ""
        if event.__class__ is ScalarEvent:
            written = event.value
        elif event.__class__ is AliasEvent:
            written = f"*{event.anchor}"
        else:
            self.node(event, (*route, "?"))
            end = max(start + 1, self._last)
        if isinstance(key, str):
            self._duplicate(key, (start, end), data, record, route)
        else:
            self._no_string(written, (start, end), route)
        self.node(self._get(), (*route, key if isinstance(key, str) else written))
        del self.starts[starts:], self.ends[ends:]
        self._collections = collections
        return self._last

    def _no_string(self, written: str, at: tuple[int, int], route: Route) -> None:
        if not written:
            message, remedy = "a key is missing or is no string", "Write a key before the colon."
        else:
            message, remedy = f"the key {written} is no string", f'Write "{written}" where that is meant.'
        self._defects.add("schema/value", message, remedy, at, route=route, problem=f"key {written}")

    def _duplicate(self, key: str, at: tuple[int, int], data: dict[str, Any], record: int, route: Route) -> None:
        related: tuple[RelatedPlace, ...] = ()
        if self._firsts_shown < MAX_FIRSTS:
            self._firsts_shown += 1
            first = self._defects.location(*self._first_place(key, data, record))
            related = (RelatedPlace(message="first here", entry="", location=first),)
        self._defects.add(
            "yaml/duplicate-key",
            f'the key "{key}" stands here twice',
            "Remove one of the two, or put what both say into one.",
            at,
            route=(*route, key),
            problem=key,
            related=related,
        )

    def _first_place(self, key: str, data: dict[str, Any], record: int) -> tuple[int, int]:
        """Where the key of a mapping that is still open stands."""
        place = record + 2
        for candidate in data:
            if candidate == key:
                break
            value = place + 1
            place = value + 1 if self.starts[value] >= 0 else self.starts[value + 1]
        return self.starts[place], self.ends[place]
