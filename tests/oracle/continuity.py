"""The rules of `continuity`: essential posts, and posts that answer for something critical."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.words import Looked, World, loops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.corpus import Entry


def _essential(w: World) -> Iterator[tuple[str, Entry]]:
    """Living, not collective, fewer than two permanent holders, `key` or accountable for something critical."""
    critical = {
        w.role_of(accountable)
        for duty, entry in w.duties_in_force()
        if entry.get("criticality") == "critical"
        for accountable in w.standing_of(duty, "A")
    }
    for role, entry in w.roles.items():
        if w.ours(role) and not w.collective(role) and _alone(w, role) and (entry.get("key") or role in critical):
            yield role, entry


def _alone(w: World, role: str) -> bool:
    """Fewer than two permanent holders; where holders are not stated, `seats` for fewer than two."""
    if not w.stated("holders", role):
        return bool(w.roles[role].get("seats", 1) < 2)
    return len({one["person"] for one in w.holdings(role) if one.get("kind", "permanent") == "permanent"}) < 2


def _looked(w: World, speaking: set[str]) -> Iterator[Looked]:
    for role, _ in _essential(w):
        stated = w.stated("successors", role)
        yield Looked(f"roles/{role}", ("",) if role in speaking else (), unstated=not stated)


def no_successor(w: World) -> Iterator[Looked]:
    """No successor listed."""
    none = {role for role, entry in _essential(w) if w.stated("successors", role) and not entry.get("successors")}
    return _looked(w, none)


def shallow_succession(w: World) -> Iterator[Looked]:
    """At least one successor, but too few."""
    depth = w.parameter("continuity/shallow-succession", "depth")
    return _looked(w, {role for role, entry in _essential(w) if 1 <= len(entry.get("successors", [])) < depth})


def circular_succession(w: World) -> Iterator[Looked]:
    """A small loop of successors that nothing leads out of; or the role and all its successors in one hand."""
    return _looked(w, set(_in_small_loops(w)) | set(_in_one_hand(w)))


def _in_small_loops(w: World) -> Iterator[str]:
    depth = w.parameter("continuity/circular-succession", "depth")
    essential = dict(_essential(w))
    successors = {role: set(entry.get("successors", [])) for role, entry in w.roles.items()}
    for loop in loops({role: {one for one in many if one in w.roles} for role, many in successors.items()}):
        closed = all(one in loop and w.ours(one) and not w.vacant(one) for member in loop for one in successors[member])
        speaking = sorted(loop & set(essential), key=w.corpus.first("roles"))
        if len(loop) < depth and closed and speaking:
            yield speaking[0]


def _in_one_hand(w: World) -> Iterator[str]:
    for role, entry in _essential(w):
        named = entry.get("successors", [])
        if not named or not all(map(w.ours, named)):
            continue
        holders = [{holder["person"] for holder in w.holdings(one)} for one in (role, *named)]
        if len(set.union(*holders)) == 1 and all(holders) and all(map(w.good_person, holders[0])):
            yield role


def one_person_deep(w: World) -> Iterator[Looked]:
    """The holders of its A's, its R's and the A's successors are one person. Looks at critical responsibilities."""
    for duty, entry in w.duties_in_force():
        if entry.get("criticality") != "critical":
            continue
        accountable = {w.role_of(one) for one in w.standing_of(duty, "A")}
        roles = {w.role_of(one) for one in w.standing_of(duty, "R")} | accountable
        roles |= {one for role in accountable for one in w.roles[role].get("successors", []) if w.living(one)}
        persons = {holder["person"] for role in roles for holder in w.holdings(role)}
        stated = (
            w.stated("responsible", duty)
            and all(w.stated("successors", role) for role in accountable if w.ours(role) and not w.collective(role))
            and all(w.stated("holders", role) for role in roles if w.ours(role))
        )
        ours = all(w.ours(role) and not w.collective(role) for role in roles)
        speaks = stated and ours and len(persons) == 1 and all(map(w.good_person, persons))
        yield Looked(f"responsibilities/{duty}", ("",) if speaks else (), unstated=len(persons) < 2 and not stated)
