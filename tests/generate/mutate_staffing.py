"""Mutations of holders, successors and duties that one person has."""

from __future__ import annotations

from typing import Any

from tests.generate.fields import makers
from tests.generate.org import Org, drop

# --- staffing


def vacant(o: Org) -> None:
    role = o.accountable()
    if o.c.chance(0.5):
        drop(role, "holders")
    else:
        role["holders"] = [
            {"person": "p-1"} | o.c.pick(({"to": o.c.day(-1)}, {"from": o.c.day(1)}, {"to": o.c.day(0)}))
        ]


def vacancy(o: Org) -> None:
    role = o.accountable() if o.c.chance(0.5) else o.role()
    if o.c.chance(0.85):
        drop(role, "holders")
    role["vacancy"] = {"reason": "Post is being filled", "until": o.c.day(o.c.pick((-1, -1, 0, 1)))}
    drop(role["vacancy"], *o.c.pick(((), (), ("reason",), ("until",))))


def acting(o: Org) -> None:
    o.role().setdefault("holders", []).append(
        {"person": o.c.reference("people"), "kind": "acting", "from": o.c.day(o.c.pick((-209, -210, -211, -212, -300)))}
    )


def departed(o: Org) -> None:
    person = o.any("people")
    if o.c.chance(0.5):
        person["status"] = "departed"
    if o.c.chance(0.6):
        person["departed_on"] = o.c.day(o.c.pick((-1, 0, 1)))


def contested(o: Org) -> None:
    holders = o.role().setdefault("holders", [])
    for _ in range(o.c.rng.randint(1, 3)):
        holder: dict[str, Any] = {"person": o.c.reference("people")}
        if o.c.chance(0.5):
            holder["share"] = o.c.pick((0.5, 0.333, 0.334, 0.501, 0.3336666, 0.3336667, 1))
        if o.c.chance(0.5):
            holder["kind"] = o.c.pick(("acting", "detailed"))
        holders.append(holder)


def too_few(o: Org) -> None:
    """A role, or a body with a chair, with fewer holders than it must have, just enough, or one of them twice."""
    role = o.role()
    people = o.c.references("people", 3)
    role["minimum"] = max(1, len(people) + o.c.pick((-1, 0, 1, 1)))
    role["holders"] = [{"person": one} for one in people]
    if o.c.chance(0.2):
        role["holders"].append({"person": people[0], "kind": "acting"})
    role["seats"] = role["minimum"]
    if o.c.chance(0.3):
        role |= {"collective": True, "chair": o.c.owner()}


def repeated_holder(o: Org) -> None:
    holders = o.role().setdefault("holders", [{"person": o.c.reference("people")}])
    for holder in holders[:1]:
        holders.append(
            {"person": holder["person"], "from": o.c.past()} | ({"kind": "acting"} if o.c.chance(0.4) else {})
        )


def ineligible(o: Org) -> None:
    role = o.role()
    role["eligibility"] = makers("roles")["eligibility"](o.c)
    for needed in role["eligibility"].get("roles", ())[:1]:
        if needed in o.c.ids["roles"] and o.c.chance(0.15):
            o.get("roles", needed)["status"] = "abolished"


def holder_ends(o: Org) -> None:
    role = o.accountable()
    end = o.c.pick((0, 1, 59, 60, 61))
    role["holders"] = [{"person": o.c.reference("people"), "to": o.c.day(end)}]
    if o.c.chance(0.3):
        role["holders"].append({"person": o.c.reference("people"), "from": o.c.day(end + o.c.pick((0, 1, 2, 30)))})
    if o.c.chance(0.2):
        role["vacancy"] = {"reason": "Known", "until": o.c.day(end + o.c.pick((-1, 0, 1)))}


def assignment_ends(o: Org) -> None:
    duty = o.duty()
    role = o.accountable()["id"] if o.c.chance(0.85) else "partner"
    drop(duty, "accountable")
    end = o.c.pick((0, 1, 59, 60, 61))
    o.add("assignments", responsibility=duty["id"], role=role, code="A", to=o.c.day(end))
    if o.c.chance(0.3):
        o.add("assignments", responsibility=duty["id"], role=role, code="A")["from"] = o.c.day(end + o.c.pick((1, 2)))


# --- continuity, separation, workload


def successors(o: Org) -> None:
    role = o.accountable()
    role["successors"] = o.c.references("roles", 4)
    if o.c.chance(0.4):
        role["key"] = True


def no_successors(o: Org) -> None:
    role = o.accountable()
    if o.c.chance(0.6):
        role["key"] = True
    else:
        o.duty()["criticality"] = "critical"
    role["successors"] = [] if o.c.chance(0.4) else o.c.references("roles", 2)


def succession_loop(o: Org) -> None:
    roles = o.c.rng.sample(o.c.ids["roles"][:6], o.c.rng.randint(1, 3))
    for role in roles:
        entry = o.get("roles", role)
        entry["successors"] = [one for one in roles if one != role] or [role]
        if o.c.chance(0.7):
            entry["key"] = True


def one_holder(o: Org) -> None:
    """A role and its successors in one hand."""
    role = o.accountable()
    person = o.c.reference("people")
    role["holders"] = [{"person": person}]
    role["key"] = True
    role["successors"] = o.c.references("roles", 2)
    for successor in role["successors"]:
        for entry in o.declarations["roles"]:
            if entry["id"] == successor:
                entry["holders"] = [{"person": person}]


def one_person_deep(o: Org) -> None:
    duty = o.duty()
    duty["criticality"] = "critical"
    role = o.accountable()
    role["successors"] = o.c.references("roles", 1) if o.c.chance(0.3) else []
    duty["accountable"] = role["id"]
    duty["responsible"] = role["id"]


def second_hat(o: Org) -> None:
    """One person in two roles."""
    first, second = o.role(), o.role()
    for holder in (first.get("holders") or [{}])[:1]:
        if "person" in holder:
            second["holders"] = [{"person": holder["person"]}]
            if holder["person"] in o.c.ids["people"] and o.c.chance(0.15):
                o.get("people", holder["person"])["status"] = "departed"
    if o.c.chance(0.6):
        first["incompatible_with"] = [second["id"]]


def self_review(o: Org) -> None:
    checked, checking = o.duty(), o.duty()
    checking["reviews"] = [checked["id"]]
    role = o.c.reference("roles")
    checked["responsible"] = role
    checking[o.c.pick(("responsible", "accountable"))] = role


def overloaded(o: Org) -> None:
    role = o.accountable()["id"]
    for number in range(o.c.pick((11, 12, 13, 13))):
        o.add("responsibilities", id=f"more-{number}", statement=f"Duty {number}", accountable=role, informed="counsel")


def over_consulted(o: Org) -> None:
    for number in range(3):
        o.add("roles", id=f"adviser-{number}", title="Adviser", unit="agency")
    consulted = [*o.c.ids["roles"], "adviser-0", "adviser-1", "adviser-2"]
    o.duty()["consulted"] = consulted[: o.c.pick((8, 9, 10, 11))]


def told_twice(o: Org) -> None:
    """Who does it, or answers for it, is consulted or informed as well, in the same scope or in another."""
    duty = o.duty()
    role = o.accountable()["id"]
    duty[o.c.pick(("accountable", "responsible"))] = role
    if o.c.chance(0.5):
        duty[o.c.pick(("consulted", "informed"))] = role
    else:
        o.add("assignments", responsibility=duty["id"], role=role, code=o.c.pick(("C", "I")), scope=o.scope())


def nobody_told(o: Org) -> None:
    drop(o.duty(), "consulted", "informed")


MUTATIONS = (
    vacant,
    vacancy,
    too_few,
    acting,
    departed,
    contested,
    repeated_holder,
    ineligible,
    holder_ends,
    assignment_ends,
    successors,
    no_successors,
    succession_loop,
    one_holder,
    one_person_deep,
    second_hat,
    self_review,
    overloaded,
    over_consulted,
    told_twice,
    nobody_told,
)
