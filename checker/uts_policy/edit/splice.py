"""Changes to one file, made in its text, and parsed again before anybody may write them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

from uts_policy.edit import plan
from uts_policy.edit.changes import (
    FIRST,
    AddItem,
    AddKey,
    Change,
    EditRefusedError,
    Read,
    Remove,
    RenameKey,
    SetValue,
    applied,
    same,
)
from uts_policy.edit.layout import Layout
from uts_policy.edit.plan import Splice
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem
from uts_policy.model.place import START, Route, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A file before and after. `splices`, in order and apart, are all that differs; offsets are of `before.text`."""

    before: Source
    after: Source
    splices: tuple[Splice, ...]


def spliced(source: Source, documents: Sequence[Document], changes: Sequence[Change], read: Read) -> Edited:
    """The file with the changes made, and nothing else. `documents` are all of the file, as they were read from it.

    What an alias repeats is changed where it is written: a change of it there, and one at each place that repeats it,
    belong together. An alias that stands for a whole value can be replaced. Raises EditRefusedError where the text
    would not mean exactly what was meant, and names the place.
    """
    wanted = list({repr(change): change for change in changes}.values())
    if any(change.document >= len(documents) for change in wanted):
        documents = [*documents, _nothing_written(source, len(documents))]
    _, problems = read(source)
    edited = _attempt(source, documents, wanted, aliases=False)
    if not _means(edited, documents, wanted, problems, read):
        edited = _attempt(source, documents, wanted, aliases=True)
        if not _means(edited, documents, wanted, problems, read):
            raise _ambiguous(source, documents, wanted, problems, read)
    return edited


class _Nowhere:
    """Implements model.place.Positions for a file in which nothing is written."""

    def value(self, _route: Route) -> Span:
        return START

    def key(self, _route: Route) -> Span:
        return START

    def source(self, _route: Route) -> str:
        return ""


def _nothing_written(source: Source, index: int) -> Document:
    return Document(path=source.path, index=index, data={}, sha256=source.sha256, positions=_Nowhere())


def _attempt(source: Source, documents: Sequence[Document], wanted: Sequence[Change], *, aliases: bool) -> Edited:
    """The file with the changes made; aliases themselves are replaced only if that is said."""
    splices: list[Splice] = []
    for document in documents:
        changes = [change for change in wanted if change.document == document.index]
        if changes:
            splices += _splices(Layout(source, document), changes, aliases=aliases)
    splices.sort(key=lambda each: each[:2])
    merged: list[Splice] = []
    for each in splices:
        if merged and each.begin < merged[-1].end:
            if each.new or merged[-1].new:
                location = documents[wanted[0].document].locate_key(wanted[0].route)
                raise EditRefusedError(location, "two changes meet in one place", "Make one after the other.")
            each = Splice(merged[-1].begin, max(each.end, merged[-1].end), "")  # noqa: PLW2901 - the two are one
            merged[-1] = each
        else:
            merged.append(each)
    return Edited(before=source, after=with_splices(source, merged), splices=tuple(merged))


def with_splices(source: Source, splices: Sequence[Splice]) -> Source:
    """The file with stretches of its text replaced, which are given in order and do not overlap."""
    text, done = "", 0
    for begin, end, new in splices:
        text += source.text[done:begin] + new
        done = end
    text += source.text[done:]
    mark = source.data[: len(source.data) - len(source.text.encode())]  # a byte order mark, or nothing
    data = mark + text.encode()
    return replace(source, data=data, text=text, sha256=sha256(data).hexdigest())


def _splices(layout: Layout, changes: Sequence[Change], *, aliases: bool) -> Iterator[Splice]:
    """Those of one document. What stands behind an alias has no text of its own there."""
    _refuse_conflicts(layout, changes)
    changes = _whole(layout, changes)
    added: dict[tuple[Route, int | str | None], list[AddKey | AddItem]] = {}
    removed: dict[Route, list[Route]] = {}
    for change in changes:
        route = change.route
        if isinstance(change, SetValue):
            if not layout.alias(route) or (aliases and not layout.alias(route[:-1])):
                yield from plan.set_value(layout, change)
        elif isinstance(change, AddKey | AddItem):
            if not layout.alias(route):
                added.setdefault((route, change.after), []).append(change)
        elif not layout.alias(route[:-1]):
            if isinstance(change, RenameKey):
                yield from plan.rename_key(layout, change)
            else:
                removed.setdefault(route[:-1], []).append(route)
    for route, gone in removed.items():
        yield from plan.remove(layout, route, gone)
    # Where several collections end in one place, the inner one goes on first.
    for (route, after), new in sorted(added.items(), key=lambda each: -len(each[0][0])):
        stay = [child for child in layout.children(route) if child not in removed.get(route, ())]
        yield from _added(layout, (route, after), new, stay)


def _added(
    layout: Layout, place: tuple[Route, int | str | None], new: Sequence[AddKey | AddItem], stay: Sequence[Route]
) -> Iterator[Splice]:
    """What is added to a collection, of whose children some stay, behind the one that `place` names."""
    route, after = place
    if after == FIRST and stay:
        yield from plan.add_first(layout, new, stay[0])
        return
    last = (*route, after) if after is not None and after != FIRST else None
    if last is not None and last not in stay:
        raise layout.refused(route, "what this is to stand behind goes away", "Make one after the other.")
    yield from plan.add(layout, route, new, last or (stay[-1] if stay else None))


def _refuse_conflicts(layout: Layout, changes: Sequence[Change]) -> None:
    """Raises EditRefusedError for changes of one place that exclude each other, and where an anchor would go."""
    ends = {change.route for change in changes if isinstance(change, SetValue | Remove)}
    seen: set[tuple[type, Route]] = set()
    for change in changes:
        route = change.route
        value = layout.value(route)
        inside = any(route[:length] in ends for length in range(len(route)))
        again = not isinstance(change, AddKey | AddItem) and (type(change), route) in seen
        over = (
            route in ends
            and isinstance(change, AddKey | AddItem | Remove)
            and sum(c.route == route for c in changes) > 1
        )
        if inside or again or over:
            raise layout.refused(route, "two changes meet in one place", "Make one after the other.")
        fits = {AddKey: dict, AddItem: list}.get(type(change), object)
        if not isinstance(value, fits) or (isinstance(change, RenameKey) and not isinstance(route[-1], str)):
            raise layout.refused(route, "this is no list or mapping of the kind that is meant", "Read the files again.")
        seen.add((type(change), route))
        written = not layout.alias(route)
        goes = isinstance(change, Remove) and layout.anchors(route)
        goes |= (
            isinstance(change, SetValue)
            and isinstance(value, dict | list)
            and any(layout.anchors(child) for child in layout.children(route))
        )
        if written and goes:
            raise layout.refused(
                route, "the text to remove has an anchor (&…) that an alias may refer to", "Edit it by hand."
            )


def _whole(layout: Layout, changes: Sequence[Change]) -> list[Change]:
    """The changes, with those that empty a collection, or fill an empty one, as one change of the whole of it."""
    by_parent: dict[Route, list[Change]] = {}
    for change in changes:
        if isinstance(change, AddKey | AddItem):
            by_parent.setdefault(change.route, []).append(change)
        elif isinstance(change, Remove):
            by_parent.setdefault(change.route[:-1], []).append(change)
    kept = list(changes)
    for route, group in by_parent.items():
        gone = {change.route for change in group if isinstance(change, Remove)}
        block = not route and layout.bracket(route) != "{"
        if not block and not layout.alias(route) and len(gone) == len(layout.children(route)):
            if len(gone) == len(group) and plan.empties(layout, route):
                continue
            _refuse_comments(layout, route)
            kept = [change for change in kept if change not in group]
            value = applied(layout.value(route), group, route)
            kept.append(SetValue(document=group[0].document, route=route, value=value))
    return kept


def _refuse_comments(layout: Layout, route: Route) -> None:
    """Raises EditRefusedError where comments stand between the children of a collection that is to be emptied."""
    children = layout.children(route)
    for before, child in pairwise(children):
        end = layout.stretch(before)[1]
        end = layout.line_end(end, before) if layout.ends_line(end) else end
        if any(token.kind == "comment" and token.begin >= end for token in layout.before(child)):
            raise layout.refused(child, "a comment stands between this and its neighbour", "Take it out by hand.")


def _means(
    edited: Edited,
    documents: Sequence[Document],
    wanted: Sequence[Change],
    problems: Sequence[Problem],
    read: Read,
) -> bool:
    """Whether the file, parsed again, holds exactly the data that were meant, and no other problem than before."""
    again, faults = read(edited.after)
    if _told(problems) != _told(faults):
        return False
    expected = [applied(each.data, [c for c in wanted if c.document == each.index]) for each in documents]
    found: list[Any] = [each.data for each in again]
    if len(found) != len(expected):  # a document in which nothing is left is none
        expected, found = [each for each in expected if each], [each for each in found if each]
    return same(expected, found)


def _told(problems: Sequence[Problem]) -> Mapping[tuple[str, str], int]:
    return Counter((each.rule, each.problem) for each in problems)


def _ambiguous(
    source: Source,
    documents: Sequence[Document],
    wanted: Sequence[Change],
    problems: Sequence[Problem],
    read: Read,
) -> EditRefusedError:
    """The error, at the first change that by itself fails as well."""
    guilty = wanted[0]
    for change in wanted[:_TRIED]:
        if not _means(_attempt(source, documents, [change], aliases=True), documents, [change], problems, read):
            guilty = change
            break
    layout = Layout(source, documents[guilty.document])
    route = guilty.route
    if layout.alias(route):
        return layout.refused(route, "this stands behind an alias (*…)", "Change it where it is written.")
    if any("&" in layout.text[slice(*layout.stretch(route[:length]))] for length in range(len(route))) and any(
        token.kind == "property"
        for length in range(1, len(route) + 1)
        for token in (
            layout.between(route[:length]) if isinstance(route[length - 1], str) else layout.before(route[:length])
        )
    ):
        repeats = layout.first_alias(route)
        return layout.refused(route, f"{repeats} repeats this, and would change too", "Write it out there first.")
    return layout.refused(route, "the file would not mean what is meant afterwards", "Edit it by hand.")


_TRIED = 50
