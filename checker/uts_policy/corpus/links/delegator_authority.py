"""What delegators have on paper: each delegation is judged against the paper beneath it, as if that were sound."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Any

from uts_policy.corpus.in_force import Sections, last_day, living, rescinded
from uts_policy.corpus.links.grants import Edge, Held, edges, grants_of
from uts_policy.corpus.scopes import ALL, ScopePiece, Space, rectangles
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY

_EVERYTHING: ScopePiece = (ALL, ALL)


def on_paper(
    sections: Sections,
    space: Space,
    support: Mapping[str, Sequence[Sequence[str]]],
    meant: Mapping[str, Sequence[str]],
    as_of: str,
) -> dict[str, dict[str, dict[str, Any]]]:
    """{role {authority {scopes: [{units, vectors, permitted}], bad, until}}} for those who delegate it now.

    A key for each living role that is not external and each authority that it passes on in a delegation in force,
    where it has something of it in force: its own grants, and what delegations in force to it say. A delegation
    that states no scope says what its delegator has. Where that is nothing, or cannot be known, or is a loop that
    nothing enters (`support` are the loops), it says everything: the fault is told at the delegation beneath.
    An own grant of an authority that is not declared is one of each that may be `meant`.

    `permitted`: with permission to pass it on. `bad`: a scope it rests on names an unknown or archived id. `until`:
    the last day of anything of it that has not ended, one to come included; a delegation without an end lasts as long
    as what its delegator has.
    """
    roles = sections["roles"]
    paper = _Paper(sections, space, support, meant, as_of)
    until = _until(sections, paper, meant, as_of)
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for held in sorted({edge.source for edge in paper.edges} & paper.present):
        role, authority = held
        if role in roles and living(roles[role], as_of) and not roles[role]["external"]:
            found.setdefault(role, {})[authority] = {
                "scopes": paper.scopes(held),
                "bad": held in paper.bad,
                "until": until.get(held, FIRST_DAY),
            }
    return found


class _Paper:
    """The scopes in force. `present` has something in force; `bad` rests on a scope that names a bad id."""

    def __init__(
        self,
        sections: Sections,
        space: Space,
        support: Mapping[str, Sequence[Sequence[str]]],
        meant: Mapping[str, Sequence[str]],
        as_of: str,
    ) -> None:
        self._roles = sections["roles"]
        self._as_of = as_of
        self._space = space
        self._pieces: dict[Held, dict[ScopePiece, bool]] = {}
        self._onward: dict[Held, list[Edge]] = {}
        self.bad: set[Held] = set()
        self.edges = list(edges(sections, space, as_of))
        own = [grant for role_id, role in self._roles.items() for grant in grants_of(role_id, role, space, as_of)]
        own += [
            grant._replace(holder=(grant.holder[0], each), region=replace(grant.region, bad=True))
            for grant in own
            for each in meant.get(grant.holder[1], ())
        ]
        self.present = {grant.holder for grant in own} | {edge.target for edge in self.edges}
        self._adrift = _adrift(self.edges, {grant.holder for grant in own}, support)
        given = [edge for edge in self.edges if edge.scoped]
        baseless = [edge for edge in self.edges if not edge.scoped and self.baseless(edge.id, edge.source)]
        for edge in self.edges:
            if not edge.scoped and not self.baseless(edge.id, edge.source):
                self._onward.setdefault(edge.source, []).append(edge)
        self._spread([(edge.target, _EVERYTHING, edge.may_pass) for edge in baseless])
        self._spread([(grant.holder, piece, True) for grant in own for piece in grant.region.pieces])
        self._spread([(edge.target, piece, edge.may_pass) for edge in given for piece in edge.region.pieces])
        self._spread_bad([grant.holder for grant in own if grant.region.bad])
        self._spread_bad([edge.target for edge in given if edge.region.bad])

    def baseless(self, delegation: str, source: Held) -> bool:
        """What its delegator has cannot be known: another finding says why, so the delegation's word has to do.

        The delegator is unknown, abolished, or external (it is taken to have what it passes on), or has nothing in
        force, or the delegation stands in a loop that nothing enters.
        """
        role, authority = source
        entry = self._roles.get(role)
        return (
            entry is None
            or bool(entry["external"])
            or not living(entry, self._as_of)
            or source not in self.present
            or (delegation, authority) in self._adrift
        )

    def scopes(self, held: Held) -> list[dict[str, Any]]:
        """Few scopes that together hold exactly what it has, those that may not be passed on first."""
        kept: dict[bool, list[ScopePiece]] = {False: [], True: []}
        pieces = self._pieces.get(held, {})
        for piece, permitted in pieces.items():
            wider = (other for other in self._space.covering(piece) if other != piece)
            if not any(_holds(pieces, other, permitted) for other in wider):
                kept[permitted].append(piece)
        return [{**scope, "permitted": word} for word, found in kept.items() for scope in rectangles(found)]

    def _spread(self, work: list[tuple[Held, ScopePiece, bool]]) -> None:
        while work:
            held, piece, permitted = work.pop()
            pieces = self._pieces.setdefault(held, {})
            if any(_holds(pieces, wider, permitted) for wider in self._space.covering(piece)):
                continue
            pieces[piece] = permitted
            work += [(edge.target, piece, edge.may_pass) for edge in self._onward.get(held, ())]

    def _spread_bad(self, work: list[Held]) -> None:
        while work:
            held = work.pop()
            if held not in self.bad:
                self.bad.add(held)
                work += [edge.target for edge in self._onward.get(held, ())]


def _holds(pieces: dict[ScopePiece, bool], piece: ScopePiece, permitted: bool) -> bool:  # noqa: FBT001 - a value, not a switch
    return piece in pieces and pieces[piece] >= permitted


def _adrift(
    passed: Sequence[Edge], own: Collection[Held], support: Mapping[str, Sequence[Sequence[str]]]
) -> set[tuple[str, str]]:
    """(delegation, authority) in loops of which no member's delegator has it from outside the loop."""
    loop_of = {
        (member, authority): (authority, number)
        for authority, loops in support.items()
        for number, loop in enumerate(loops)
        for member in loop
    }
    into: dict[Held, set[tuple[str, int] | None]] = {}
    for edge in passed:
        into.setdefault(edge.target, set()).add(loop_of.get((edge.id, edge.source[1])))
    entered: set[tuple[str, int]] = set()
    for edge in passed:
        loop = loop_of.get((edge.id, edge.source[1]))
        if loop is not None and (edge.source in own or into[edge.source] != {loop}):
            entered.add(loop)
    return {member for member, loop in loop_of.items() if loop not in entered}


def _until(sections: Sections, paper: _Paper, meant: Mapping[str, Sequence[str]], as_of: str) -> dict[Held, str]:
    """The last day of what each role has, or will have, of each authority."""
    roles = sections["roles"]
    stated: list[tuple[str, Held]] = [
        (last_day(grant, role.get("abolished_on")), (role_id, authority))
        for role_id, role in roles.items()
        for grant in role["authorities"]
        for authority in (grant["authority"], *meant.get(grant["authority"], ()))
        if grant["to"] >= as_of
    ]
    onward: dict[Held, list[tuple[Held, str]]] = {}
    for entry_id, entry in sections["delegations"].items():
        if entry["to"] < as_of or rescinded(entry, as_of):
            continue
        end = last_day(entry, entry.get("rescinded_on"), roles.get(entry["delegate"], {}).get("abolished_on"))
        for authority in dict.fromkeys(entry["authorities"]):
            source, target = (entry["delegator"], authority), (entry["delegate"], authority)
            if entry["to"] != LAST_DAY or paper.baseless(entry_id, source):
                stated.append((end, target))
            else:
                onward.setdefault(source, []).append((target, end))
    return _latest(stated, onward)


def _latest(stated: Iterable[tuple[str, Held]], onward: Mapping[Held, Sequence[tuple[Held, str]]]) -> dict[Held, str]:
    """The latest day that reaches each, none later than the last of its own way there.

    The latest ones go first, so what is reached once is reached by its latest.
    """
    latest: dict[Held, str] = {}
    waiting = [(-_number(day), held) for day, held in stated]
    heapify(waiting)
    while waiting:
        number, held = heappop(waiting)
        if held not in latest:
            latest[held] = date.fromordinal(-number).isoformat()
            for target, end in onward.get(held, ()):
                heappush(waiting, (max(number, -_number(end)), target))
    return latest


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
