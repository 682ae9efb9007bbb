"""Entries of a corpus with ids replaced, wherever a field names them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeAlias

from uts_policy.common import fields
from uts_policy.common.fields import Field, made_of, references
from uts_policy.common.former_names import EntriesBySection, declared_names, follow, former_names, own_id
from uts_policy.model.finding import Violation
from uts_policy.model.place import Route

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


class Renaming:
    """The renames between two corpora, applied to what hangs on the one before: `sections` are its entries."""

    def __init__(self, renames: Renames, sections: EntriesBySection) -> None:
        self.renames = renames
        self._sections = sections
        self._references = References()

    def id(self, section: str, id_: str) -> str:
        """The id that an entry has afterwards."""
        return self.renames.get(section, {}).get(id_, id_)

    def entry(self, name: str) -> str:
        """The same of `section/id`; where nobody gave the entry an id, the one made of what it names afterwards."""
        section, _, id_ = name.partition("/")
        entry = self._sections.get(section, {}).get(id_)
        return f"{section}/{self.id(section, id_) if entry is None else self._entry_id(section, id_, entry)}"

    def key(self, key: str) -> str:
        """The key of a finding: a part counts as an id where the sections that declare it agree on what it becomes."""
        return "/".join(map(self._part, key.split("/"))) if self.renames else key

    def subject(self, subject: str) -> str:
        """The subject of a waiver, or a glob of them: ids that stand between two slashes are replaced."""
        renamed = self.entry(subject)
        section, _, rest = renamed.partition("/")
        if renamed != subject or not made_of(section):
            return renamed
        parts, made = rest.split("/"), made_of(section)
        if len(parts) != len(made):
            return renamed
        pairs = zip(made, parts, strict=True)
        return f"{section}/" + "/".join(self.id(each.names[0], part) if each.names else part for each, part in pairs)

    def violation(self, violation: Violation) -> Violation:
        """A violation with its path, its key and what it relates."""
        if not self.renames:
            return violation
        return replace(
            violation,
            path=self._path(violation.path),
            key=self.key(violation.key),
            related=tuple(replace(each, path=self._path(each.path)) for each in violation.related),
        )

    def entries(self) -> EntriesBySection:
        """The sections with every renamed id replaced: where entries stand, and where they are named."""
        if not self.renames:
            return self._sections
        made: dict[str, dict[str, Mapping[str, Any]]] = {}
        for section, entries in self._sections.items():
            made[section] = {}
            for id_, entry in entries.items():
                new = self._references.swapped(section, entry, self.id)
                if section == "units" and "path" in entry:
                    new = {**new, "path": [self.id("units", step) for step in new["path"]]}
                if section == "waivers":
                    new = {**new, "subject": self.subject(entry["subject"])}
                    if "key" in entry:
                        new["key"] = self.key(entry["key"])
                after = self._entry_id(section, id_, entry)
                made[section][after] = new if after == id_ else {**new, "id": after}
        return made

    def _path(self, path: Route) -> Route:
        section, _, id_ = self.entry(f"{path[0]}/{path[1]}").partition("/")
        return (section, id_, *path[2:])

    def _part(self, part: str) -> str:
        found = {self.id(section, part) for section in fields.sections() if part in self._sections[section]}
        return found.pop() if len(found) == 1 else part

    def _entry_id(self, section: str, id_: str, entry: Mapping[str, Any]) -> str:
        renamed = self.id(section, id_)
        parts = made_of(section)
        if renamed != id_ or not parts:
            return renamed
        before = "/".join(str(entry[each.name]) for each in parts)
        if not id_.startswith(before):
            own = own_id(id_, entry)
            return id_ if own == id_ else f"{self.id(section, own)}/{entry['code']}"
        after = (self.id(each.names[0] if each.names else "", str(entry[each.name])) for each in parts)
        return "/".join(after) + id_.removeprefix(before)


def recorded(renaming: Renaming, before: EntriesBySection, start: str, end: str) -> dict[str, str]:
    """The records of `moved`, each `from` with its `to`, once the entry `start` (`section/id`) is called `end`.

    `renaming` is that rename, `before` are the entries before it. Where one more record keeps the first name of every
    entry, it is added. Otherwise the records joined to these two names are written anew: for each entry a chain from
    its first name by way of its other former names to its id.
    """
    moves = {str(record["from"]): str(record["to"]) for record in before["moved"].values()}
    # An id that is made of the renamed one changes with it, and has no record of its own.
    kept = {one: two if two == start else renaming.entry(two) for one, two in moves.items()}
    wanted = {renaming.entry(name): first for name, first in _first_names(before, moves).items()}
    if start not in moves:
        added = {**kept, start: end}
        if _first_names(renaming.entries(), added) == wanted:
            return added
    near = _joined(moves, {start, end})
    chains = {name: [first] for name, first in sorted(wanted.items()) if name in near}
    firsts = {first for (first,) in chains.values()}
    declared = declared_names(before)
    for name in sorted(near - wanted.keys() - firsts):
        now = renaming.entry(follow(name, moves, declared)) if name not in declared else end
        if now in chains:
            chains[now].append(name)
    records = {one: two for one, two in kept.items() if one not in near}
    for name, chain in chains.items():
        if chain != [name]:
            records |= dict(pairwise([*chain, name]))
    return records


def _first_names(sections: EntriesBySection, moves: Mapping[str, str]) -> dict[str, str]:
    """The first name of each declared name (`section/id`) by these records."""
    first = former_names({**sections, "moved": {one: {"from": one, "to": two} for one, two in moves.items()}}).first
    found = {}
    for name in declared_names({**sections, "moved": {}}):
        section, _, id_ = name.partition("/")
        found[name] = f"{section}/{first.get(section, {}).get(id_, id_)}"
    return found


def _joined(moves: Mapping[str, str], names: set[str]) -> set[str]:
    """The names that records join to these, in either direction, and these."""
    while True:
        more = {name for pair in moves.items() if not names.isdisjoint(pair) for name in pair} - names
        if not more:
            return names
        names |= more
