"""The rules of `separation`."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def self_review(w: World) -> Iterator[Finding]:
    """One person does or answers for it, and does one that it `reviews`, in intersecting scopes."""
    for duty, entry in w.duties_in_force():
        for reviewed in entry.get("reviews", []):
            if w.active(reviewed) and any(
                w.good_holders(w.role_of(one)) & w.good_holders(w.role_of(other))
                and w.answered(one) & w.answered(other)
                for one in w.standing_of(duty, "RA")
                for other in w.standing_of(reviewed, "R")
            ):
                yield f"responsibilities/{duty}", reviewed


def incompatible_roles(w: World) -> Iterator[Finding]:
    """Holds two living roles of which one names the other in `incompatible_with`."""
    for person in w.people:
        if w.departed(person):
            continue
        for one, other in combinations(sorted(w.living_roles_of(person), key=w.corpus.first("roles")), 2):
            names = w.roles[one].get("incompatible_with", [])
            if other in names or one in w.roles[other].get("incompatible_with", []):
                yield f"people/{person}", f"{one}/{other}"
