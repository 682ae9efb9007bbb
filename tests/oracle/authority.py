"""The rules of `authority`; external roles and classes of people are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.words import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def _required(w: World) -> Iterator[tuple[str, str, str, str]]:
    """Each responsibility, standing A, its role, and declared authority that the responsibility requires."""
    for duty, entry in w.duties_in_force():
        for accountable in w.standing_of(duty, "A"):
            role = w.role_of(accountable)
            for authority in entry.get("requires", []):
                if authority in w.authorities and w.ours(role):
                    yield duty, accountable, role, authority


def missing(w: World) -> Iterator[Looked]:
    """A standing A whose role has no grant at all of a declared authority that the responsibility requires."""
    for duty, _, role, authority in _required(w):
        stated = w.stated("grants", role)
        keys = (f"{role}/{authority}",) if stated and w.powerless(role, authority) else ()
        yield Looked(f"responsibilities/{duty}", keys, unstated=not stated)


def too_narrow(w: World) -> Iterator[Finding]:
    """It has one, but not over the whole answered scope; silent where a scope that would cover is bad."""
    for duty, accountable, role, authority in _required(w):
        if (
            w.granted(role, authority)
            and w.answered(accountable) - w.grant_pairs(authority)[0][role]
            and not w.source_is_bad(role, authority)
        ):
            yield f"responsibilities/{duty}", f"{role}/{authority}"


def undocumented(w: World) -> Iterator[Finding]:
    """A grant in force without its own `source`; a delegation in force without `instrument`."""
    for role, entry in w.roles.items():
        for grant in entry.get("authorities", []):
            if w.ours(role) and w.term(grant) and "source" not in grant:
                yield f"roles/{role}", grant["authority"]
    for delegation, entry in w.delegations.items():
        if w.delegation_in_force(entry) and "instrument" not in entry:
            for authority in entry["authorities"]:
                yield f"delegations/{delegation}", authority


def insufficient_seniority(w: World) -> Iterator[Finding]:
    """A standing A's role has a seniority below `min_seniority`; either absent: silent."""
    for duty, entry in w.duties_in_force():
        for accountable in w.standing_of(duty, "A"):
            role = w.role_of(accountable)
            if not w.ours(role) or "min_seniority" not in entry or "seniority" not in w.roles[role]:
                continue
            if w.roles[role]["seniority"] < entry["min_seniority"]:
                yield f"responsibilities/{duty}", role


def no_line_to_top(w: World) -> Iterator[Looked]:
    """No role on its reporting line, itself included, sits in a root unit. Looks at accountable roles."""
    for role in w.accountable_roles():
        if not w.ours(role):
            continue
        last = _end_below_the_top(w, role)
        # The fact is asked of no class of people: what such a role leaves out is not there.
        stated = last is None or w.everyone(last) or w.stated("reports_to", last)
        yield Looked(f"roles/{role}", ("",) if last is not None and stated else (), unstated=not stated)


def _end_below_the_top(w: World, role: str) -> str | None:
    """The last role of a line that ends before it gets to a root unit.

    None also where the line loops or meets a bad reference or unit: then something else speaks.
    """
    walked: set[str] = set()
    while True:
        if role in walked or not w.living(role) or w.external(role):
            return None
        unit = w.roles[role]["unit"]
        if unit not in w.units or w.archived(unit) or not w.reaches_root(unit):
            return None
        if "parent" not in w.units[unit]:
            return None
        walked.add(role)
        above = w.roles[role].get("reports_to", [])
        if isinstance(above, list):
            return role
        role = above
