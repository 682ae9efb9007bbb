"""A three-way merge of entries: what an importer wrote, what it would write now, and what people made of it since.

Entry by entry and field by field. A field that only one side changed takes that side's value; one that both changed to
different values is a conflict. Lists of roles are sets: what each side added and took away is kept; so are lists of
holders, person by person. What people deleted stays deleted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from uts_policy.edit.changes import FIRST, AddItem, AddKey, Change, Remove, SetValue, add_entry
from uts_policy.model.document import Document
from uts_policy.model.merge import MergeConflict, MergeReport
from uts_policy.model.place import Route

_SETS: Final = frozenset({"responsible", "support", "consulted", "informed"})
"""Fields whose order means nothing and whose parts are changed one by one."""

_BY: Final = {"holders": "person"}
"""Fields that list mappings, each known by one of its keys."""

Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredEntry:
    """An entry as people have it, and where."""

    document: Document
    route: Route
    data: Mapping[str, Any]


@dataclass(slots=True)
class Merge:
    """What comes of a merge: the changes by file, and what they are."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    report: MergeReport = field(default_factory=MergeReport)

    def change(self, document: Document, change: Change) -> None:
        """Keeps a change of a document."""
        self.changes.setdefault(document.path, []).append(change)


def declared_entries(documents: Sequence[Document], section: str) -> dict[str, DeclaredEntry]:
    """The entries of a section by id, in the order of the files."""
    found = {}
    for document in documents:
        entries = document.data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                found[entry["id"]] = DeclaredEntry(document=document, route=(section, index), data=entry)
    return found


def merge_section(merge: Merge, section: str, base: Entries, new: Entries, documents: Sequence[Document]) -> None:
    """Merges the entries of one section; `documents` are all declarations, and new entries go beside their neighbours.

    The last of `documents` takes entries that have no neighbour.
    """
    ours = declared_entries(documents, section)
    before = {entry["id"]: entry for entry in base}
    after = {entry["id"]: entry for entry in new}
    gone = [id_ for id_ in before if id_ not in after and id_ in ours]
    removed = {id_ for id_ in gone if _same_entry(before[id_], ours[id_].data)}
    for id_ in gone:
        if id_ in removed:
            merge.change(ours[id_].document, Remove(document=ours[id_].document.index, route=ours[id_].route))
            merge.report.removed.append(f"{section}/{id_}")
        else:
            merge.report.conflicts.append(
                MergeConflict(
                    entry=f"{section}/{id_}", field="", ours=dict(ours[id_].data), theirs=None,
                    location=ours[id_].document.locate(ours[id_].route),
                )
            )  # fmt: skip
    order = list(after)
    staying = {id_: entry for id_, entry in ours.items() if id_ not in removed}
    for place, id_ in enumerate(order):
        if id_ in ours:
            _merge_entry(merge, section, before.get(id_), after[id_], ours[id_])
        elif id_ not in before:
            _add(merge, section, after[id_], order[:place], staying, documents[-1])


def _add(  # noqa: PLR0913, PLR0917 - an entry, its place, and what it is placed in
    merge: Merge,
    section: str,
    entry: Mapping[str, Any],
    earlier: Sequence[str],
    staying: Mapping[str, DeclaredEntry],
    last: Document,
) -> None:
    """Adds an entry behind the nearest earlier one that is declared, else before all others, else at the end."""
    merge.report.added.append(f"{section}/{entry['id']}")
    neighbour = next((staying[id_] for id_ in reversed(earlier) if id_ in staying), None)
    if neighbour is not None:
        _, index = neighbour.route
        change: Change = AddItem(
            document=neighbour.document.index, route=(section,), value=dict(entry), after=int(index)
        )
        merge.change(neighbour.document, change)
        return
    first = next(iter(staying.values()), None)
    if first is not None and first.document.path == last.path and first.route[-1] == 0:
        merge.change(
            first.document, AddItem(document=first.document.index, route=(section,), value=dict(entry), after=FIRST)
        )
        return
    merge.change(last, add_entry(last, section, entry))


def _same_entry(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any field
    """Whether two values say the same: one role, and a list of it, do."""
    return bool(one == other) or _listed(one) == _listed(other)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - any field
    return list(value) if isinstance(value, list) else [value]


def _merge_entry(
    merge: Merge, section: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], ours: DeclaredEntry
) -> None:
    base = before or {}
    for key in [*after, *(key for key in base if key not in after)]:
        was, theirs, mine = base.get(key), after.get(key), ours.data.get(key)
        if _same(was, theirs) or _same(mine, theirs):
            continue
        wanted = _wanted(key, was, theirs, mine)
        if wanted is _CONFLICT:
            place = (*ours.route, key) if key in ours.data else ours.route
            merge.report.conflicts.append(
                MergeConflict(
                    entry=f"{section}/{ours.data['id']}", field=key, ours=mine, theirs=theirs,
                    location=ours.document.locate(place),
                )
            )  # fmt: skip
        elif not _same(mine, wanted):
            merge.report.changed.append((f"{section}/{ours.data['id']}", key, mine, wanted))
            for change in _field_changes(ours, key, mine, wanted, list(after)):
                merge.change(ours.document, change)


_CONFLICT: Final = object()


def _wanted(key: str, was: Any, theirs: Any, mine: Any) -> Any:  # noqa: ANN401 - any field
    """The value of a field that the importer changed: its own, or, of a set, what both sides changed."""
    if _same(was, mine):
        return theirs
    if key in _BY:
        return _wanted_items(_BY[key], *(each if isinstance(each, list) else [] for each in (was, theirs, mine)))
    if key not in _SETS or mine is None or theirs is None:
        return _CONFLICT
    added = [each for each in _listed(theirs) if each not in _members(was)]
    gone = [each for each in _members(was) if each not in _listed(theirs)]
    kept = [each for each in _listed(mine) if each not in gone]
    value = [*kept, *(each for each in added if each not in kept)]
    return value[0] if len(value) == 1 and not isinstance(mine, list) else value


def _wanted_items(name: str, was: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> Any:  # noqa: ANN401 - a list, or that there is a conflict
    """The items that both sides want; a conflict if both changed the same one, or one stands there twice."""
    sides = [{each.get(name): each for each in side} for side in (was, theirs, mine)]
    if any(len(side) != len(listed) for side, listed in zip(sides, (was, theirs, mine), strict=True)):
        return _CONFLICT
    _, after, ours = sides
    wanted = []
    for each in (*ours, *(each for each in after if each not in ours)):
        one = [side.get(each) for side in sides]
        if one[0] == one[1]:
            kept = one[2]
        elif one[0] == one[2] or one[1] == one[2]:
            kept = one[1]
        else:
            return _CONFLICT
        wanted += [kept] if kept is not None else []
    return wanted


def _members(value: Any) -> list[Any]:  # noqa: ANN401 - any field
    return [] if value is None else _listed(value)


def _field_changes(
    ours: DeclaredEntry,
    key: str,
    mine: Any,  # noqa: ANN401 - any field
    wanted: Any,  # noqa: ANN401 - any field
    order: Sequence[str],
) -> Iterator[Change]:
    document, route = ours.document.index, (*ours.route, key)
    if wanted is None:
        yield Remove(document=document, route=route)
    elif key not in ours.data:
        # NOTE: of an entry that others declared only a part is merged; behind its id alone nothing belongs.
        earlier = [each for each in order[: order.index(key)] if each in ours.data and each != "id"]
        yield AddKey(document=document, route=ours.route, key=key, value=wanted, after=earlier[-1] if earlier else None)
    elif key in _BY and mine and wanted:
        yield from _item_changes(document, route, _BY[key], mine, wanted)
    elif key not in _BY and isinstance(mine, list) and isinstance(wanted, list) and set(mine) & set(wanted):
        for index, each in enumerate(mine):
            if each not in wanted:
                yield Remove(document=document, route=(*route, index))
        for each in wanted:
            if each not in mine:
                yield AddItem(document=document, route=route, value=each)
    else:
        yield SetValue(document=document, route=route, value=wanted)


def _item_changes(
    document: int, route: Route, name: str, mine: Sequence[Any], wanted: Sequence[Any]
) -> Iterator[Change]:
    """The changes that make one list of mappings another, item by item; if they share none, the list is replaced."""
    after = {each[name]: each for each in wanted}
    if not any(each.get(name) in after for each in mine):
        yield SetValue(document=document, route=route, value=[dict(each) for each in wanted])
        return
    for index, each in enumerate(mine):
        now = after.pop(each.get(name), None)
        if now is None:
            yield Remove(document=document, route=(*route, index))
        elif now != each:
            yield SetValue(document=document, route=(*route, index), value=dict(now))
    yield from (AddItem(document=document, route=route, value=dict(each)) for each in after.values())
