"""The rules of `continuity`: essential posts, and posts that answer for something critical."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.words import Finding, World, loops

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
        permanent = {one["person"] for one in w.holdings(role) if one.get("kind", "permanent") == "permanent"}
        if (
            w.living(role)
            and not w.external(role)
            and not entry.get("collective")
            and len(permanent) < 2
            and (entry.get("key") or role in critical)
        ):
            yield role, entry


def no_successor(w: World) -> Iterator[Finding]:
    """No successor listed."""
    for role, entry in _essential(w):
        if not entry.get("successors"):
            yield f"roles/{role}", ""


def shallow_succession(w: World) -> Iterator[Finding]:
    """At least one successor, but too few."""
    depth = w.parameter("continuity/shallow-succession", "depth")
    for role, entry in _essential(w):
        if 1 <= len(entry.get("successors", [])) < depth:
            yield f"roles/{role}", ""


def circular_succession(w: World) -> Iterator[Finding]:
    """A loop of successors that nothing leads out of; or the role and all its successors in one hand."""
    essential = dict(_essential(w))
    successors = {role: set(entry.get("successors", [])) for role, entry in w.roles.items()}
    for loop in loops({role: {one for one in many if one in w.roles} for role, many in successors.items()}):
        closed = all(
            one in loop and w.living(one) and not w.external(one) and not w.vacant(one)
            for member in loop
            for one in successors[member]
        )
        speaking = sorted(loop & set(essential))
        if closed and speaking:
            yield f"roles/{speaking[0]}", ""
    for role, entry in essential.items():
        named = entry.get("successors", [])
        if not named or any(not w.living(one) or w.external(one) for one in named):
            continue
        holders = [{holder["person"] for holder in w.holdings(one)} for one in (role, *named)]
        if len(set.union(*holders)) == 1 and all(holders) and all(map(w.good_person, holders[0])):
            yield f"roles/{role}", ""


def one_person_deep(w: World) -> Iterator[Finding]:
    """Critical; the holders of its A's, its R's and the A's successors are one person."""
    for duty, entry in w.duties_in_force():
        if entry.get("criticality") != "critical":
            continue
        accountable = [w.role_of(one) for one in w.standing_of(duty, "A")]
        roles = {w.role_of(one) for one in w.standing_of(duty, "R")} | set(accountable)
        roles |= {one for role in accountable for one in w.roles[role].get("successors", []) if w.living(one)}
        persons = {holder["person"] for role in roles for holder in w.holdings(role)}
        if not any(map(w.external, roles)) and len(persons) == 1 and all(map(w.good_person, persons)):
            yield f"responsibilities/{duty}", ""
