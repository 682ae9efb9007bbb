"""What can be changed in a document, and the data that have to come out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from uts_policy.model.document import Document, Source
from uts_policy.model.errors import UtsPolicyError
from uts_policy.model.finding import Problem
from uts_policy.model.place import Location, Route

Read: TypeAlias = Callable[[Source], tuple[tuple[Document, ...], tuple[Problem, ...]]]
"""The loader, as `pipeline` passes it in: documents and problems of a file."""


class EditRefusedError(UtsPolicyError):
    """A change that would touch more than what is meant, or that cannot be told apart from another one."""

    def __init__(self, location: Location, message: str, hint: str) -> None:
        super().__init__(f"{location.file}:{location.span.line}:{location.span.column}: {message}", hint)
        self.location = location


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """The value at `route` becomes `value` (plain data: str, int, float, bool, None, list, dict)."""

    route: Route
    value: Any
    document: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameKey:
    """The key that ends `route` becomes `key`, at its place among the others."""

    route: Route
    key: str
    document: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddKey:
    """The mapping at `route` gets a key, behind the key `after` or as the last one; at `()` that is a new section."""

    route: Route
    key: str
    value: Any
    document: int = 0
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem:
    """The list at `route` gets an item; at a section's route that is a new entry.

    It comes behind the item `after`, which stays; FIRST is before all others, and None behind them.
    """

    route: Route
    value: Any
    document: int = 0
    after: int | None = None


FIRST = -1
"""The place before the first item of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """The list item or the key, with its value, at `route` goes, its lines' trailing comments with it."""

    route: Route
    document: int = 0


Change: TypeAlias = SetValue | RenameKey | AddKey | AddItem | Remove
"""`document` is the document's index in its file. Every route is one of the document before the changes."""


def add_entry(document: Document, section: str, entry: Mapping[str, Any]) -> Change:
    """The change that adds an entry to a section, which is made where the document has none."""
    if isinstance(document.data.get(section), list):
        return AddItem(document=document.index, route=(section,), value=dict(entry))
    if section in document.data:
        return SetValue(document=document.index, route=(section,), value=[dict(entry)])
    return AddKey(document=document.index, route=(), key=section, value=[dict(entry)])


def applied(data: Any, changes: Iterable[Change], route: Route = ()) -> Any:  # noqa: ANN401 - any data
    """The data after the changes, nothing shared with the data before: what an alias repeats is repeated."""
    by_route: dict[Route, list[Change]] = {}
    for change in changes:
        by_route.setdefault(change.route, []).append(change)
    return _applied(data, by_route, route)


def _applied(data: Any, by_route: Mapping[Route, list[Change]], route: Route) -> Any:  # noqa: ANN401 - any data
    here = by_route.get(route, ())
    for change in here:
        if isinstance(change, SetValue):
            return _applied(change.value, {}, ())
    if isinstance(data, dict):
        mapping: dict[str, Any] = {}
        for key, value in data.items():
            inner = (*route, key)
            at = by_route.get(inner, ())
            if not any(isinstance(change, Remove) for change in at):
                name = next((change.key for change in at if isinstance(change, RenameKey)), key)
                mapping[name] = _applied(value, by_route, inner)
            mapping.update(_new_keys(here, key))
        mapping.update(_new_keys(here, None))
        return mapping
    if isinstance(data, list):
        items = _new_items(here, FIRST)
        for index, value in enumerate(data):
            inner = (*route, index)
            if not any(isinstance(change, Remove) for change in by_route.get(inner, ())):
                items.append(_applied(value, by_route, inner))
            items += _new_items(here, index)
        return items + _new_items(here, None)
    return data


def _new_keys(changes: Iterable[Change], after: str | None) -> dict[str, Any]:
    return {
        each.key: _applied(each.value, {}, ()) for each in changes if isinstance(each, AddKey) and each.after == after
    }


def _new_items(changes: Iterable[Change], after: int | None) -> list[Any]:
    return [_applied(each.value, {}, ()) for each in changes if isinstance(each, AddItem) and each.after == after]


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any data
    """Whether two values are equal in type, in content, and in the order of their keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
