"""Mutations of grants and delegations."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.generate.fields import makers
from tests.generate.org import Org, drop


def required(o: Org) -> None:
    o.duty()["requires"] = makers("responsibilities")["requires"](o.c)


def grant_lost(o: Org) -> None:
    drop(o.get("roles", "director"), "authorities")


def narrow_grant(o: Org) -> None:
    authority = o.c.pick(o.c.ids["authorities"])
    role = o.accountable()
    o.duty().update({"requires": [authority], "accountable": role["id"]})
    role["authorities"] = [{"authority": authority, "scope": o.scope(), "source": "Act"}]


def undocumented(o: Org) -> None:
    if o.c.chance(0.5):
        drop(o.any("delegations"), "instrument")
    else:
        o.role()["authorities"] = makers("roles")["authorities"](o.c)


def junior(o: Org) -> None:
    o.duty()["min_seniority"] = o.c.pick((60, 61, 80, 81, 95))


def cut_line(o: Org) -> None:
    role = o.accountable()
    role["unit"] = o.c.pick(("field", "ops"))
    drop(role, "reports_to")


def not_delegable(o: Org) -> None:
    o.any("authorities")["delegable"] = False


def orphaned(o: Org) -> None:
    director = o.get("roles", "director")
    if o.c.chance(0.3):
        director["authorities"] = []
    for grant in director.get("authorities") or ():
        grant.update({"from": o.c.day(-700), "to": o.c.day(o.c.pick((-1, 0, -1, -40)))})


def orphaned_link(o: Org) -> None:
    """A chain whose first link is over, or not begun, or rescinded."""
    authority = o.c.pick(o.c.ids["authorities"])
    first, second, third = o.c.rng.sample(o.c.ids["roles"][:6], 3)
    above = o.add("delegations", id="order-3", delegator=first, delegate=second, authorities=[authority])
    above |= o.c.pick(
        (
            {"to": o.c.day(-1)},
            {"rescinded_on": o.c.day(0)},
            {"rescinded_on": o.c.day(-5), "from": o.c.day(-5)},
            {"from": o.c.day(1)},
            {"to": o.c.day(0)},
        )
    )
    o.add("delegations", id="order-4", delegator=second, delegate=third, authorities=[authority], instrument="Act")


def chain(o: Org) -> None:
    """Up to four delegations one after the other, now and then narrower, shorter, without permission."""
    authority = o.c.pick(o.c.ids["authorities"])
    roles = o.c.rng.sample(o.c.ids["roles"], 5)
    if o.c.chance(0.7):
        roles[0] = "director"
    for number, (delegator, delegate) in enumerate(pairwise(roles[: o.c.rng.randint(2, 5)])):
        link = o.add("delegations", id=f"order-{number + 1}", delegator=delegator, delegate=delegate)
        link["authorities"] = [authority]
        if o.c.chance(0.3):
            link["scope"] = o.scope()
        if o.c.chance(0.7):
            link["redelegable"] = o.c.chance(0.7)
        if o.c.chance(0.3):
            link["to"] = o.c.date(1)


def delegation_loop(o: Org) -> None:
    authority = o.c.pick(o.c.ids["authorities"])
    roles = o.c.rng.sample(o.c.ids["roles"][1:], o.c.rng.randint(1, 3))
    for number, delegator in enumerate(roles):
        delegate = roles[(number + 1) % len(roles)]
        o.add("delegations", id=f"order-{number + 3}", delegator=delegator, delegate=delegate, authorities=[authority])


def never_had(o: Org) -> None:
    o.add(
        "delegations", id="order-5", delegator=o.c.pick(("watch", "counsel")), delegate="deputy", limits="None beyond"
    )["authorities"] = o.c.references("authorities", 2)


def beyond(o: Org) -> None:
    """A delegation that says more, in scope or in time, than the delegator has."""
    authority = o.c.pick(o.c.ids["authorities"])
    delegator = o.role()
    grant: dict[str, Any] = {"authority": authority, "source": "Act"}
    link = o.add("delegations", id="order-4", delegator=delegator["id"], delegate=o.c.reference("roles"))
    link["authorities"] = [authority]
    if o.c.chance(0.5):
        grant["scope"] = o.scope()
        link["scope"] = o.scope()
    else:
        end = o.c.pick((0, 40))
        grant["to"] = o.c.day(end)
        link["to"] = o.c.day(end + o.c.pick((0, 1)))
    delegator.setdefault("authorities", []).append(grant)


def redelegated(o: Org) -> None:
    authority = o.c.pick(o.c.ids["authorities"])
    link = {"delegator": "director", "delegate": "deputy", "authorities": [authority]}
    first = o.add("delegations", id="order-1", **link)
    if o.c.chance(0.3):
        first["redelegable"] = o.c.chance(0.5)
    second = o.add("delegations", id="order-5", delegator="deputy", delegate=o.c.reference("roles"))
    second["authorities"] = [authority]
    if o.c.chance(0.4):
        first["scope"] = o.scope()
        second["scope"] = o.scope()


def limits_unstated(o: Org) -> None:
    drop(o.any("delegations"), "limits", "redelegable")


def narrow_chain(o: Org) -> None:
    """An authority that comes down by one or two delegations, with scopes that are narrow or bad on the way."""

    def scope(likely: float) -> dict[str, Any]:
        if not o.c.chance(likely):
            return {}
        return {"scope": {"units": [o.c.pick(("nowhere", "field"))]} if o.c.chance(0.4) else o.scope()}

    authority = o.c.pick(o.c.ids["authorities"])
    role = o.accountable()
    drop(role, "authorities")
    o.duty().update({"requires": [authority], "accountable": role["id"]})
    top, middle = o.c.rng.sample(o.c.ids["roles"], 2)
    o.get("roles", top)["authorities"] = [{"authority": authority, "source": "Act"} | scope(0.6)]
    links = [(top, role["id"])] if o.c.chance(0.4) else [(top, middle), (middle, role["id"])]
    for number, (delegator, delegate) in enumerate(links):
        link = o.add("delegations", id=f"order-{number + 1}", delegator=delegator, delegate=delegate)
        link |= {"authorities": [authority], "instrument": "Act", "redelegable": o.c.chance(0.7)} | scope(0.3)
    if o.c.chance(0.3):
        role["authorities"] = [{"authority": authority, "source": "Act"} | scope(0.9)]


def paper(o: Org) -> None:
    """Some delegations of one authority between few roles, in any shape, with grants beneath some of them."""
    authority = o.c.pick(o.c.ids["authorities"])
    roles = [*o.c.rng.sample(o.c.ids["roles"], 3), o.c.reference("roles")]
    for role in roles[:2]:
        if o.c.chance(0.5):
            grant: dict[str, Any] = {"authority": authority, "source": "Act"}
            if o.c.chance(0.6):
                grant["scope"] = o.scope() if o.c.chance(0.7) else makers("delegations")["scope"](o.c)
            if o.c.chance(0.4):
                grant["to"] = o.c.date(o.c.pick((-1, 1, 1)))
            o.get("roles", role).setdefault("authorities", []).append(grant)
    for number in range(o.c.rng.randint(2, 5)):
        link = o.add("delegations", id=f"order-{number + 1}", delegator=o.c.pick(roles), delegate=o.c.pick(roles))
        link["authorities"] = [authority]
        for name, probability in (
            ("scope", 0.4),
            ("to", 0.3),
            ("from", 0.1),
            ("redelegable", 0.5),
            ("rescinded_on", 0.1),
        ):
            if o.c.chance(probability):
                link[name] = o.scope() if name == "scope" else makers("delegations")[name](o.c)
    if o.c.chance(0.3):
        o.get("roles", roles[0]).update(o.c.pick(({"external": True}, {"status": "abolished"})))


MUTATIONS = (
    required,
    grant_lost,
    narrow_grant,
    undocumented,
    junior,
    cut_line,
    not_delegable,
    orphaned,
    orphaned_link,
    chain,
    delegation_loop,
    never_had,
    beyond,
    redelegated,
    limits_unstated,
    narrow_chain,
    paper,
)
