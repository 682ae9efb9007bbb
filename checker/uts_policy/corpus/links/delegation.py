"""Delegations as edges between (role, authority) pairs: what both kinds of closure walk along."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from uts_policy.corpus.in_force import Entry, Sections, current, delegation_in_force, living
from uts_policy.corpus.scopes import Region, Space

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
    """Every delegation in force, by id, whether valid or not, with its authorities in the order written."""
    for entry_id, entry in sections["delegations"].items():
        if not delegation_in_force(entry, as_of):
            continue
        region = space.region(entry["scope"])
        for authority in dict.fromkeys(entry["authorities"]):
            yield Edge(
                id=entry_id,
                source=(entry["delegator"], authority),
                target=(entry["delegate"], authority),
                region=region,
                scoped=bool(entry["scope"]),
                start=entry["from"],
                end=entry["to"],
                may_pass=may_pass(entry, sections["authorities"].get(authority)),
            )


def grants_of(role_id: str, role: Entry, space: Space, as_of: str) -> Iterator[Grant]:
    """What the role holds by itself in force on the day, in the order written."""
    for grant in role["authorities"]:
        if current(grant, as_of):
            yield Grant((role_id, grant["authority"]), space.region(grant["scope"]), grant["from"], grant["to"])


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
