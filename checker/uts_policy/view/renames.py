"""Entries of a corpus with ids replaced, wherever a field names them."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.common.fields import Field, label, made_of, references

EntriesBySection: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Section → id → entry."""

Swap: TypeAlias = Callable[[str, str], str]
"""From a section and an id in it to what stands there instead."""


class References:
    """The fields that name entries, by section: where a renamed id is to be looked for."""

    def __init__(self) -> None:
        self._fields: dict[str, list[Field]] = {}
        for each in references():
            self._fields.setdefault(each.section, []).append(each)

    def swapped(self, section: str, entry: Mapping[str, Any], swap: Swap) -> Mapping[str, Any]:
        """The entry with every reference in it swapped; the same object where nothing is."""
        for each in self._fields.get(section, ()):

            def swapped(value: str, each: Field = each) -> str:
                return next((new for new in (swap(target, value) for target in each.names) if new != value), value)

            entry = _at(entry, each.route, swapped)
        return entry

    def named(self, section: str, entry: Mapping[str, Any]) -> set[tuple[str, str, tuple[str, ...]]]:
        """What the entry names: section, id, and the field."""
        found: set[tuple[str, str, tuple[str, ...]]] = set()
        for each in self._fields.get(section, ()):

            def note(value: str, each: Field = each) -> str:
                found.update((target, value, each.route) for target in each.names)
                return value

            _at(entry, each.route, note)
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


Renames: TypeAlias = Mapping[str, Mapping[str, str]]
"""Section → id before → id after."""

_DERIVED = frozenset({"id", "path"})
_MASK = "\0"


def find_renames(before: EntriesBySection, after: EntriesBySection, references: References) -> Renames:
    """The likely renames between two corpora, by section, none of an id that is on both sides."""
    gone = {section: before[section].keys() - after[section].keys() for section in before}
    come = {section: after[section].keys() - before[section].keys() for section in before}
    wanted = [section for section in before if not made_of(section) and gone[section] and come[section]]
    if not wanted:
        return {}

    def masked(ids: Mapping[str, set[str]], section: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        return references.swapped(section, entry, lambda target, id_: _MASK if id_ in ids[target] else id_)

    found: dict[str, dict[str, str]] = {}
    for section in wanted:
        old = {id_: masked(gone, section, before[section][id_]) for id_ in gone[section]}
        new = {id_: masked(come, section, after[section][id_]) for id_ in come[section]}
        exact = _pairs(old, new, without=frozenset())
        shown = frozenset({label(section), "title"})
        rest_old = {id_: entry for id_, entry in old.items() if id_ not in exact}
        rest_new = {id_: entry for id_, entry in new.items() if id_ not in exact.values()}
        near = _pairs(rest_old, rest_new, without=shown)
        if near:
            there = _namers(before, references, {section: set(near)})
            here = _namers(after, references, {section: set(near.values())})
            # What names a renamed entry may have a new id itself: compare how often each field of a section names it.
            near = {a: b for a, b in near.items() if there[section, a] and there[section, a] == here[section, b]}
        if exact or near:
            found[section] = exact | near
    return _consistent(before, after, references, found)


def rename_entries(sections: EntriesBySection, renames: Renames, references: References) -> EntriesBySection:
    """The sections with every renamed id replaced: where entries stand, where they are named, in assignments' ids."""
    if not renames:
        return sections

    def swap(section: str, id_: str) -> str:
        return renames.get(section, {}).get(id_, id_)

    made: dict[str, dict[str, Mapping[str, Any]]] = {}
    for section, entries in sections.items():
        made[section] = {}
        for id_, entry in entries.items():
            new = references.swapped(section, entry, swap)
            if section == "waivers":
                target, _, subject = entry["subject"].partition("/")
                new = {**new, "subject": f"{target}/{swap(target, subject)}"}
            made[section][renamed_id(section, id_, entry, swap)] = new
    return made


def renamed_id(section: str, id_: str, entry: Mapping[str, Any], swap: Swap) -> str:
    """The id of an entry after renames: one that nobody wrote is made of what the entry names."""
    parts = made_of(section)
    if not parts:
        return swap(section, id_)
    before = "/".join(str(entry[each.name]) for each in parts)
    after = "/".join(swap(each.names[0] if each.names else "", str(entry[each.name])) for each in parts)
    return after + id_.removeprefix(before) if id_.startswith(before) else id_


def _pairs(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], *, without: frozenset[str]
) -> dict[str, str]:
    """Ids of entries that say the same, where only one on each side does."""
    before, after = _prints(old, without), _prints(new, without)
    once = {print_ for prints in (before, after) for print_, count in Counter(prints.values()).items() if count == 1}
    twice = {print_ for prints in (before, after) for print_, count in Counter(prints.values()).items() if count > 1}
    by_print = {print_: id_ for id_, print_ in after.items()}
    return {
        id_: by_print[print_]
        for id_, print_ in sorted(before.items())
        if print_ in by_print and print_ in once and print_ not in twice
    }


def _prints(entries: Mapping[str, Mapping[str, Any]], without: frozenset[str]) -> dict[str, str]:
    return {
        id_: json.dumps({key: value for key, value in entry.items() if key not in _DERIVED | without}, sort_keys=True)
        for id_, entry in entries.items()
    }


def _namers(
    sections: EntriesBySection, references: References, wanted: Mapping[str, set[str]]
) -> Mapping[tuple[str, str], Counter[tuple[str, tuple[str, ...]]]]:
    """How often each field of each section names an entry."""
    found: dict[tuple[str, str], Counter[tuple[str, tuple[str, ...]]]] = {
        (section, id_): Counter() for section, ids in wanted.items() for id_ in ids
    }
    for section, entries in sections.items():
        for entry in entries.values():
            for target, id_, path in references.named(section, entry):
                if (target, id_) in found:
                    found[target, id_][section, path] += 1
    return found


def _consistent(before: EntriesBySection, after: EntriesBySection, references: References, found: Renames) -> Renames:
    """Those that are still alike when only these ids are renamed: a mask could stand for any id."""
    kept: dict[str, dict[str, str]] = {section: dict(pairs) for section, pairs in found.items()}
    while True:
        wrong = list(_wrong(before, after, references, kept))
        if not wrong:
            return {section: pairs for section, pairs in kept.items() if pairs}
        for section, id_ in wrong:
            del kept[section][id_]


def _wrong(
    before: EntriesBySection, after: EntriesBySection, references: References, renames: Renames
) -> Iterable[tuple[str, str]]:
    def swap(section: str, id_: str) -> str:
        return renames.get(section, {}).get(id_, id_)

    for section, pairs in renames.items():
        ignored = _DERIVED | {label(section), "title"}
        for old, new in pairs.items():
            one = references.swapped(section, before[section][old], swap)
            if dict(_rest(one, ignored)) != dict(_rest(after[section][new], ignored)):
                yield section, old


def _rest(entry: Mapping[str, Any], ignored: frozenset[str]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in entry.items() if key not in ignored)
