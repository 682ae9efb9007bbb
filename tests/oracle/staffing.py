"""The rules of `staffing`; external roles and classes of people are passed over.

So are holdings of placeholders, unknown and departed persons, but for `vacant`, `below-minimum` and `ends-soon`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.oracle.corpus import BEGINNING, END, Entry, iso
from tests.oracle.words import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def _living(w: World) -> Iterator[tuple[str, Entry]]:
    for role, entry in w.roles.items():
        if w.ours(role):
            yield role, entry


def _key(holder: Entry) -> str:
    return f"{holder['person']}/{iso(holder.get('from', BEGINNING))}"


def vacant(w: World) -> Iterator[Looked]:
    """No holding in force and no `vacancy`. Looks at accountable roles."""
    for role in w.accountable_roles():
        if w.ours(role):
            yield Looked(f"roles/{role}", ("",) if w.vacant(role) else (), unstated=w.occupied(role) is None)


def vacancy_lapsed(w: World) -> Iterator[Finding]:
    """No holding in force and a `vacancy` past its `until`, or without a reason."""
    for role, entry in _living(w):
        vacancy = entry.get("vacancy")
        if vacancy is None or w.good_holdings(role):
            continue
        if w.today > vacancy.get("until", END) or "reason" not in vacancy:
            yield f"roles/{role}", ""


def acting_too_long(w: World) -> Iterator[Finding]:
    """An acting holding in force with `from` later than so many days ago."""
    days = w.parameter("staffing/acting-too-long", "days")
    for role, _ in _living(w):
        for holder in w.good_holdings(role):
            if holder.get("kind") == "acting" and "from" in holder and w.today > holder["from"] + days:
                yield f"roles/{role}", _key(holder)


def departed_holder(w: World) -> Iterator[Finding]:
    """A holding in force of someone who has left."""
    for role, _ in _living(w):
        for holder in w.holdings(role):
            if holder["person"] in w.people and w.departed(holder["person"]):
                yield f"roles/{role}", _key(holder)


def below_minimum(w: World) -> Iterator[Looked]:
    """Not known to be vacant, without `vacancy`, and held by too few. Looks at living roles with `minimum`."""
    for role, entry in _living(w):
        if "minimum" not in entry:
            continue
        few = len({holder["person"] for holder in w.holdings(role)}) < entry["minimum"]
        stated = w.stated("holders", role)
        speaks = few and stated and "vacancy" not in entry and not w.vacant(role)
        yield Looked(f"roles/{role}", ("",) if speaks else (), unstated=few and not stated)


def contested(w: World) -> Iterator[Finding]:
    """Shares of permanent and detailed holders, or those of acting ones, add up to more than `seats`."""
    for role, entry in _living(w):
        shares = {True: Fraction(), False: Fraction()}
        for holder in w.good_holdings(role):
            shares[holder.get("kind") == "acting"] += Fraction(str(holder.get("share", 1)))
        if not w.collective(role) and max(shares.values()) > entry.get("seats", 1) + Fraction("0.001"):
            yield f"roles/{role}", ""


def repeated_holder(w: World) -> Iterator[Finding]:
    """One person with two holdings in force in one role."""
    for role, _ in _living(w):
        held: dict[str, list[Entry]] = {}
        for holder in w.good_holdings(role):
            held.setdefault(holder["person"], []).append(holder)
        for many in held.values():
            if len(many) > 1:
                yield f"roles/{role}", max(_key(holder) for holder in many)


def ineligible_holder(w: World) -> Iterator[Looked]:
    """A holder in force who does not now meet `eligibility`; what is bad in that is passed over.

    Looks at living roles with `eligibility` in which somebody serves.
    """
    for role, entry in _living(w):
        if "eligibility" not in entry:
            continue
        roles = {one for one in entry["eligibility"].get("roles", []) if w.living(one)}
        modules = [one for one in entry["eligibility"].get("training", []) if one in w.modules]
        for holder in w.good_holdings(role):
            person = holder["person"]
            trained = all(any(w.unexpired(record) for record in w.completions(person, one)) for one in modules)
            fits = not roles or any(map(w.everyone, roles)) or bool(roles & set(w.living_roles_of(person)))
            members_known = all(w.external(one) or w.stated("holders", one) for one in roles)
            records_known = w.stated("records", person)
            speaks = (not fits and members_known) or (not trained and records_known)
            unstated = (not fits and not members_known) or (not trained and not records_known)
            yield Looked(f"roles/{role}", (_key(holder),) if speaks else (), unstated=unstated)


def ends_soon(w: World) -> Iterator[Finding]:
    """The only holding of an accountable role, or the only A, ends soon, and nothing lasts longer."""
    soon = w.today + w.parameter("staffing/ends-soon", "days")
    for role in w.accountable_roles():
        holdings = w.holdings(role)
        answered_for = w.collective(role) and w.chaired(role)
        if not w.ours(role) or answered_for or len(holdings) != 1 or holdings[0].get("to", END) > soon:
            continue
        last = holdings[0]["to"]
        later = any(holder.get("to", END) > last for holder in w.roles[role]["holders"])
        vacancy = w.roles[role].get("vacancy")
        if not later and (vacancy is None or vacancy.get("until", END) <= last):
            yield f"roles/{role}", ""
    for duty, _ in w.duties_in_force():
        current = w.current(duty, "A")
        if len(current) != 1 or not w.standing(current[0]):
            continue
        last = w.assignments[current[0]].get("to", END)
        if last <= soon and not any(w.assignments[one].get("to", END) > last for one in w.of_duty(duty, "A")):
            yield f"assignments/{current[0]}", ""
