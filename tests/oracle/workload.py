"""The rules of `workload`; classes of people are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.words import Looked

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
        consulted = {w.role_of(one) for one in w.standing_of(duty, "C")}
        if len([role for role in consulted if not w.everyone(role)]) > most:
            yield f"responsibilities/{duty}", ""


def nobody_told(w: World) -> Iterator[Looked]:
    """Neither C nor I in force. Looks at active responsibilities."""
    for duty, _ in w.duties_in_force():
        stated = w.stated("informed", duty)
        keys = ("",) if stated and not w.current(duty, "CI") else ()
        yield Looked(f"responsibilities/{duty}", keys, unstated=not stated)


def contradictory_codes(w: World) -> Iterator[Finding]:
    """One role with a standing A or R, and also a C or I, in intersecting scopes."""
    for duty, _ in w.duties_in_force():
        if any(
            w.role_of(one) == w.role_of(other)
            and not w.everyone(w.role_of(one))
            and w.answered(one) & w.answered(other)
            for one in w.standing_of(duty, "AR")
            for other in w.standing_of(duty, "CI")
        ):
            yield f"responsibilities/{duty}", ""
