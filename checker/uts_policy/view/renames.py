"""Likely renames: one id gone, one come, and the rest alike."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from uts_policy.common.fields import label, made_of
from uts_policy.common.former_names import EntriesBySection
from uts_policy.common.renaming import References, Renames

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
