"""Delegations as edges between (role, authority) pairs: what both kinds of closure walk along."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from uts_policy.corpus.in_force import Entry, Sections, current, delegation_in_force, last_day, living
from uts_policy.corpus.scopes import Region, ScopePiece, Space, rectangles, written

Held: TypeAlias = tuple[str, str]
"""A role and an authority."""


class Edge(NamedTuple):
    """One delegation of one authority. `scoped`: it states a scope. `may_pass`: with permission to redelegate."""

    id: str
    source: Held
    target: Held
    region: Region
    scoped: bool
    start: str
    end: str
    may_pass: bool


class Grant(NamedTuple):
    """An authority that a role holds by itself."""

    holder: Held
    region: Region
    start: str
    end: str


def edges(sections: Sections, space: Space, as_of: str) -> Iterator[Edge]:
    """Every delegation in force, by id, whether valid or not, with its authorities in the order written.

    It ends on the eve of the day on which it will be rescinded, or its delegate be abolished.
    """
    roles = sections["roles"]
    for entry_id, entry in sections["delegations"].items():
        if not delegation_in_force(entry, as_of):
            continue
        region = space.region(entry["scope"])
        end = last_day(entry, entry.get("rescinded_on"), roles.get(entry["delegate"], {}).get("abolished_on"))
        for authority in dict.fromkeys(entry["authorities"]):
            yield Edge(
                id=entry_id,
                source=(entry["delegator"], authority),
                target=(entry["delegate"], authority),
                region=region,
                scoped=bool(entry["scope"]),
                start=entry["from"],
                end=end,
                may_pass=may_pass(entry, sections["authorities"].get(authority)),
            )


def grants_of(role_id: str, role: Entry, space: Space, as_of: str) -> Iterator[Grant]:
    """What the role holds by itself in force on the day, in the order written; on the eve of its abolition it ends."""
    for grant in role["authorities"]:
        if current(grant, as_of):
            yield Grant(
                (role_id, grant["authority"]),
                space.region(grant["scope"]),
                grant["from"],
                last_day(grant, role.get("abolished_on")),
            )


def may_pass(delegation: Entry, authority: Entry | None) -> bool:
    """The delegation's word; without one, the authority's; an unknown authority says no."""
    word = delegation.get("redelegable")
    return bool(word if word is not None else authority is not None and authority["redelegable"])


def valid(edge: Edge, sections: Sections, as_of: str) -> bool:
    """From a living role to a living role, of an authority that may be delegated at all."""
    return _living(edge.source, sections, as_of) and _received(edge, sections, as_of)


def dangling(edge: Edge, sections: Sections, as_of: str) -> bool:
    """Valid, were it not from a role that is unknown or abolished, which is told elsewhere."""
    return not _living(edge.source, sections, as_of) and _received(edge, sections, as_of)


def _received(edge: Edge, sections: Sections, as_of: str) -> bool:
    """By a living role. An unknown authority may be passed on: that it is unknown is told elsewhere."""
    authority = sections["authorities"].get(edge.source[1])
    return (authority is None or authority["delegable"]) and _living(edge.target, sections, as_of)


def _living(held: Held, sections: Sections, as_of: str) -> bool:
    role = sections["roles"].get(held[0])
    return role is not None and living(role, as_of)


class _GrantItem(NamedTuple):
    """One piece that reaches a role, for a term, along the delegations `via`. It sorts by the length of the chain."""

    via: tuple[str, ...]
    start: str
    end: str
    may_pass: bool

    def covers(self, other: "_GrantItem") -> bool:
        """At least as long a term, and it can be passed on if the other one can."""
        return self.start <= other.start and self.end >= other.end and self.may_pass >= other.may_pass


_Items: TypeAlias = dict[ScopePiece, list[_GrantItem]]
_Step: TypeAlias = tuple[Held, ScopePiece, _GrantItem]


class Grants:
    """The closure over one corpus on one day."""

    def __init__(self, sections: Sections, space: Space, meant: Mapping[str, Sequence[str]], as_of: str) -> None:
        """`meant` are the authorities that may be meant by one that is not declared."""
        self._space = space
        self._meant = meant
        roles = sections["roles"]
        self._own = [
            grant
            for role_id, role in roles.items()
            if role["authorities"] and living(role, as_of)
            for grant in grants_of(role_id, role, space, as_of)
        ]
        self._ending = {role_id: role["abolished_on"] for role_id, role in roles.items() if "abolished_on" in role}
        self._every = every = list(edges(sections, space, as_of))
        chosen = [edge for edge in every if valid(edge, sections, as_of)]
        self._dangling = [edge for edge in every if dangling(edge, sections, as_of)]
        self._trusted = [edge for edge in chosen if roles[edge.source[0]]["external"]]
        self._leaving: dict[Held, list[Edge]] = {}
        for edge in chosen:
            if not roles[edge.source[0]]["external"]:
                self._leaving.setdefault(edge.source, []).append(edge)
        self._reached = self._reach()

    def effective(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """{role {authority [{units, vectors, from, to, via}]}}: a part that is left out means all.

        `via` are the ids of the delegations, the one from the first holder first, [] for an own grant. What another
        grant of the role covers in scope and term is dropped. An own grant over nothing but unknown or archived ids
        is kept, with an empty list: that the ids are bad is told elsewhere, and the role does hold it.
        """
        found: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for (role, authority), items in sorted(self._reached.items()):
            found.setdefault(role, {})[authority] = self._written(items)
        for grant in self._own:
            if not grant.region.pieces:
                role, authority = grant.holder
                term = {"from": grant.start, "to": grant.end, "via": []}
                found.setdefault(role, {}).setdefault(
                    authority, [{**written(grant.region.units, grant.region.vectors), **term}]
                )
        return found

    def over_bad_scopes(self) -> dict[str, list[str]]:
        """{role [authority]}: it might have more, had nothing on the way to it been bad.

        Bad is a scope that names an unknown or archived id, a delegator that is unknown or abolished, and an authority
        that is not declared.
        """
        passable = {
            held
            for held, items in self._reached.items()
            if any(each.may_pass for alike in items.values() for each in alike)
        }
        seen: set[tuple[Held, bool]] = set()
        work = [(grant.holder, True) for grant in self._own if grant.region.bad]
        work += [(edge.target, edge.may_pass) for edge in self._trusted if edge.region.bad]
        work += [(edge.target, edge.may_pass) for edge in self._dangling]
        work += [
            ((role, each), True)
            for role, authority in (grant.holder for grant in self._own)
            for each in self._meant.get(authority, ())
        ]
        work += [
            ((role, each), edge.may_pass)
            for edge in self._every
            for role, authority in (edge.target,)
            for each in self._meant.get(authority, ())
        ]
        work += [
            (edge.target, edge.may_pass) for held in passable for edge in self._leaving.get(held, ()) if edge.region.bad
        ]
        while work:
            state = work.pop()
            if state not in seen:
                seen.add(state)
                held, may_pass = state
                if may_pass:
                    work += [(edge.target, edge.may_pass) for edge in self._leaving.get(held, ())]
        found: dict[str, list[str]] = {}
        for role, authority in sorted({held for held, _ in seen}):
            found.setdefault(role, []).append(authority)
        return found

    def _reach(self) -> dict[Held, _Items]:
        reached: dict[Held, _Items] = {}
        steps = [*_own_steps(self._own), *self._trusted_steps()]
        while steps:
            # NOTE: chains grow by one delegation a round, and each round is sorted, so that of equal grants the one
            # with the shortest chain stays, then the one with the smallest ids, whatever was written first.
            fresh = [step for step in sorted(steps) if self._add(reached, step)]
            steps = [onward for step in fresh if step[2].may_pass for onward in self._onward(step)]
        return reached

    def _trusted_steps(self) -> Iterator[_Step]:
        """An external role is taken to have what it passes on, as long as there is such a role."""
        for edge in self._trusted:
            end = last_day({"to": edge.end}, self._ending.get(edge.source[0]))
            for piece in edge.region.pieces:
                yield edge.target, piece, _GrantItem((edge.id,), edge.start, end, edge.may_pass)

    def _onward(self, step: _Step) -> Iterator[_Step]:
        held, piece, item = step
        for edge in self._leaving.get(held, ()):
            start, end = max(item.start, edge.start), min(item.end, edge.end)
            passed = _GrantItem((*item.via, edge.id), start, end, edge.may_pass)
            for part in self._space.meet(piece, edge.region):
                yield edge.target, part, passed

    def _add(self, reached: dict[Held, _Items], step: _Step) -> bool:
        held, piece, item = step
        items = reached.setdefault(held, {})
        for wider in self._space.covering(piece):
            for other in items.get(wider, ()):
                if other.covers(item):
                    return False
        items.setdefault(piece, []).append(item)
        return True

    def _written(self, items: _Items) -> list[dict[str, Any]]:
        kept: dict[tuple[tuple[str, ...], str, str], list[ScopePiece]] = {}
        for piece, alike in items.items():
            for item in alike:
                if not self._dominated(piece, item, items):
                    kept.setdefault(item[:3], []).append(piece)
        return [
            {**scope, "from": start, "to": end, "via": list(via)}
            for (via, start, end), pieces in sorted(kept.items())
            for scope in rectangles(pieces)
        ]

    def _dominated(self, piece: ScopePiece, item: _GrantItem, items: _Items) -> bool:
        """Another item covers it in scope and term; of two equal ones, the one with the shorter chain stays."""
        for wider in self._space.covering(piece):
            for other in items.get(wider, ()):
                if other.start <= item.start and other.end >= item.end:
                    equal = (wider, other.start, other.end) == (piece, item.start, item.end)
                    if not equal or (len(other.via), other.via) < (len(item.via), item.via):
                        return True
        return False


def _own_steps(own: list[Grant]) -> Iterator[_Step]:
    for grant in own:
        for piece in grant.region.pieces:
            yield grant.holder, piece, _GrantItem((), grant.start, grant.end, may_pass=True)
