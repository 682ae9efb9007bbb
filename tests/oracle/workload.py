"""The rules of `workload`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def overloaded(w: World) -> Iterator[Finding]:
    """Standing A's on more than so many responsibilities through all roles."""
    most = w.parameter("workload/overloaded", "max")
    for person in w.people:
        duties = {
            duty
            for duty, _ in w.duties_in_force()
            for accountable in w.standing_of(duty, "A")
            if person in w.good_holders(w.role_of(accountable))
        }
        if len(duties) > most:
            yield f"people/{person}", ""


def over_consulted(w: World) -> Iterator[Finding]:
    """More than so many roles with a standing C."""
    most = w.parameter("workload/over-consulted", "max")
    for duty, _ in w.duties_in_force():
        if len({w.role_of(one) for one in w.standing_of(duty, "C")}) > most:
            yield f"responsibilities/{duty}", ""


def nobody_told(w: World) -> Iterator[Finding]:
    """Neither C nor I in force."""
    for duty, _ in w.duties_in_force():
        if not w.current(duty, "CI"):
            yield f"responsibilities/{duty}", ""
