"""What entries were called before, by the records of `moved`: every former name, and the first one.

A name that is declared stands for what is declared. An assignment without an id of its author's has the former names of
its responsibility and role, a training record those of its person and module.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

from uts_policy.common import fields

EntriesBySection: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Section → id → entry."""


def entries_of(corpus: Mapping[str, Any]) -> EntriesBySection:
    """The sections of a corpus' data, without what is beside them."""
    return {section: corpus[section] for section in fields.sections()}


AGAIN = "again"
"""What is added to the id of an entry that took over the id of one that moved on: findings tell the two apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerNames:
    """By section: `first` is the first name of each id that had another one, `now` the id for each former name."""

    first: Mapping[str, Mapping[str, str]]
    now: Mapping[str, Mapping[str, str]]


def former_names(sections: EntriesBySection) -> FormerNames:
    """The former names of all entries of a corpus. Both tables are empty where nothing has moved."""
    moves = {str(record["from"]): str(record["to"]) for record in sections["moved"].values()}
    if not moves:
        return FormerNames(first={}, now={})
    found = _Former(sections, moves)
    first: dict[str, dict[str, str]] = {}
    now: dict[str, dict[str, str]] = {}
    for section, entries in sections.items():
        for id_, entry in entries.items():
            one = found.first(section, id_, entry)
            if one != id_:
                first.setdefault(section, {})[id_] = one
            for name in sorted(found.names(section, id_, entry)):
                if name not in entries:
                    now.setdefault(section, {}).setdefault(name, id_)
    for section, names in first.items():
        taken = {name for name in names.values() if name in sections[section] and name not in names}
        names.update({name: _free(name, names.values()) for name in sorted(taken)})
    return FormerNames(first=first, now=now)


def _free(name: str, names: Collection[str]) -> str:
    """What an entry is known by when its id is the first name of another one."""
    found = f"{name}/{AGAIN}"
    while found in names:
        found += f"/{AGAIN}"
    return found


def declared_names(sections: EntriesBySection) -> set[str]:
    """`section/id` of every entry, and the ids that authors gave to assignments of several codes."""
    names = {f"{section}/{id_}" for section, entries in sections.items() for id_ in entries}
    assignments = sections["assignments"].items()
    return names | {f"assignments/{own}" for id_, each in assignments if (own := own_id(id_, each))}


def follow(start: str, moves: Mapping[str, str], declared: Collection[str]) -> str:
    """Where the records lead from `start` (`section/id`): to an entry that is declared, else to the end of the chain.

    At least one record is followed, if there is one, and each once.
    """
    seen: set[str] = set()
    name = start
    while name in moves and name not in seen:
        seen.add(name)
        name = moves[name]
        if name in declared:
            break
    return name


def own_id(id_: str, assignment: Mapping[str, Any]) -> str:
    """The id that its author gave an assignment; empty where nobody did.

    Of several codes each has an id of its own: the author's, `/` and the code.
    """
    if id_.startswith("/".join(str(assignment[each.name]) for each in fields.made_of("assignments"))):
        return ""
    return id_.removesuffix(f"/{assignment['code']}")


class _Former:
    """Walks along the records of one corpus."""

    def __init__(self, sections: EntriesBySection, moves: Mapping[str, str]) -> None:
        self._moves = moves
        self._declared = declared_names(sections)
        self._before: dict[str, list[str]] = {}
        self._former: dict[str, list[str]] = {}
        for one, other in moves.items():
            if one != other:
                self._before.setdefault(other, []).append(one)
            if one not in self._declared:
                self._former.setdefault(follow(one, moves, self._declared), []).append(one)

    def names(self, section: str, id_: str, entry: Mapping[str, Any]) -> set[str]:
        """Every name of an entry, its own included."""
        found = self._written(section, id_)
        own = own_id(id_, entry) if section == "assignments" else ""
        if own and own != id_:
            found |= {f"{name}/{entry['code']}" for name in self._written(section, own)}
        if fields.made_of(section) and not own:
            parts = [self._written(target, value) if target else {value} for target, value in _parts(section, entry)]
            rest = id_.removeprefix("/".join(value for _, value in _parts(section, entry)))
            found |= {"/".join(each) + rest for each in product(*parts)}
        return found

    def first(self, section: str, id_: str, entry: Mapping[str, Any]) -> str:
        """The first name of an entry."""
        found = self._first(section, id_)
        if found != id_:
            return found
        own = own_id(id_, entry) if section == "assignments" else ""
        if own and own != id_:
            return f"{self._first(section, own)}/{entry['code']}"
        if fields.made_of(section) and not own:
            firsts = [self._first(target, value) if target else value for target, value in _parts(section, entry)]
            return "/".join(firsts) + id_.removeprefix("/".join(value for _, value in _parts(section, entry)))
        return id_

    def _written(self, section: str, id_: str) -> set[str]:
        prefix = f"{section}/"
        return {id_} | {name.removeprefix(prefix) for name in self._former.get(prefix + id_, ())}

    def _first(self, section: str, id_: str) -> str:
        name = f"{section}/{id_}"
        if name not in self._declared:
            return id_
        # NOTE: where two moved to one, no name is the first one of both.
        while len(before := self._before.get(name, [])) == 1:
            name = before[0]
            if name in self._declared:
                break
        return name.removeprefix(f"{section}/")


def _parts(section: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What makes the id of an entry that nobody gave one: the section that it names, if it does, and the value."""
    for each in fields.made_of(section):
        yield each.names[0] if each.names else "", str(entry[each.name])


def first_named(corpus: Mapping[str, Any], entry: str, key: str) -> tuple[str, str]:
    """The entry (`section/id`) and the key of a finding as they read when everything had its first name.

    `corpus` is the data of a corpus. A part of the key counts as an id where the sections that declare it agree on what
    it was called first.
    """
    links = corpus["links"]
    first, now = links.get("first_names"), links.get("former_names")
    if not first and not now:
        return entry, key
    section, _, id_ = entry.partition("/")
    id_ = now.get(section, {}).get(id_, id_)
    names = [_first_part(corpus, part) for part in key.split("/")]
    return f"{section}/{first.get(section, {}).get(id_, id_)}", "/".join(names)


def _first_part(corpus: Mapping[str, Any], part: str) -> str:
    first, now = corpus["links"]["first_names"], corpus["links"]["former_names"]
    ids = {section: now.get(section, {}).get(part, part) for section in fields.sections()}
    found = {first.get(section, {}).get(id_, id_) for section, id_ in ids.items() if id_ in corpus[section]}
    return found.pop() if len(found) == 1 else part
