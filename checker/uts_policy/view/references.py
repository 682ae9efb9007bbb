"""Entries of a corpus with ids replaced, wherever a field names them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Sections: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Section → id → entry."""

Swap: TypeAlias = Callable[[str, str], str]
"""From a section and an id in it to what stands there instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceField:
    """A field of a section's entries that names entries of `targets`. `path` leads through mappings and lists."""

    section: str
    path: tuple[str, ...]
    targets: tuple[str, ...]


class References:
    """The fields that name entries, by section."""

    def __init__(self, fields: Sequence[ReferenceField]) -> None:
        self._fields: dict[str, list[ReferenceField]] = {}
        for each in fields:
            self._fields.setdefault(each.section, []).append(each)

    def swapped(self, section: str, entry: Mapping[str, Any], swap: Swap) -> Mapping[str, Any]:
        """The entry with every reference in it swapped; the same object where nothing is."""
        for each in self._fields.get(section, ()):

            def swapped(value: str, each: ReferenceField = each) -> str:
                return next((new for new in (swap(target, value) for target in each.targets) if new != value), value)

            entry = _at(entry, each.path, swapped)
        return entry

    def named(self, section: str, entry: Mapping[str, Any]) -> set[tuple[str, str, tuple[str, ...]]]:
        """What the entry names: section, id, and the field."""
        found: set[tuple[str, str, tuple[str, ...]]] = set()
        for each in self._fields.get(section, ()):

            def note(value: str, each: ReferenceField = each) -> str:
                found.update((target, value, each.path) for target in each.targets)
                return value

            _at(entry, each.path, note)
        return found


def _at(node: Any, path: Sequence[str], change: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON
    """`node` with every string at `path` changed; the same object where none is."""
    if isinstance(node, list):
        items = [_at(item, path, change) for item in node]
        return node if all(new is old for new, old in zip(items, node, strict=True)) else items
    if not path:
        return change(node) if isinstance(node, str) else node
    if not isinstance(node, Mapping) or path[0] not in node:
        return node
    old = node[path[0]]
    new = _at(old, path[1:], change)
    return node if new is old else {**node, path[0]: new}
