"""Grants: what reaches a role by itself or by valid delegation, and what bad references leave open."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.oracle.scopes import Pairs, Scoped

if TYPE_CHECKING:
    from tests.oracle.corpus import Entry


class Granted(Scoped):
    """One corpus on one day: who has which authority."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.grant_pairs = cache(self._grant_pairs)

    def own_grants(self, role: str, authority: str) -> list[Entry]:
        """What the post itself holds, whenever."""
        return [one for one in self.roles.get(role, {}).get("authorities", []) if one["authority"] == authority]

    def delegations_to(self, role: str, authority: str) -> list[str]:
        return [
            delegation
            for delegation, entry in self.delegations.items()
            if entry["delegate"] == role and authority in entry["authorities"]
        ]

    def delegable(self, authority: str) -> bool:
        return authority in self.authorities and self.authorities[authority].get("delegable", True)

    def redelegable(self, delegation: Entry, authority: str) -> bool:
        """The delegation's word, else the authority's."""
        word = self.authorities.get(authority, {}).get("redelegable", False)
        return bool(delegation.get("redelegable", word))

    def _grant_pairs(self, authority: str) -> tuple[dict[str, Pairs], dict[str, Pairs]]:
        """For each role the pairs over which it has the authority, and those over which it may pass it on.

        Starts from what posts hold themselves and adds what valid delegations give until nothing is added.
        """
        has: dict[str, set[Any]] = {role: set() for role in self.roles}
        passes: dict[str, set[Any]] = {role: set() for role in self.roles}
        for role in self.roles:
            for grant in self.own_grants(role, authority):
                if self.term(grant):
                    has[role] |= self.pairs(grant.get("scope"))
                    passes[role] |= self.pairs(grant.get("scope"))
        changed = True
        while changed:
            changed = False
            for entry in self.delegations.values():
                if entry["delegate"] not in self.roles or not self.may_be_valid(entry, authority):
                    continue
                given = set(self.pairs(entry.get("scope")))
                if not self.external(entry["delegator"]):
                    given &= passes[entry["delegator"]]
                for held in (has, passes) if self.redelegable(entry, authority) else (has,):
                    if not given <= held[entry["delegate"]]:
                        held[entry["delegate"]] |= given
                        changed = True
        return (
            {role: frozenset(pairs) for role, pairs in has.items()},
            {role: frozenset(pairs) for role, pairs in passes.items()},
        )

    def may_be_valid(self, delegation: Entry, authority: str) -> bool:
        """In force, from a living role, of a delegable authority."""
        return (
            authority in delegation["authorities"]
            and self.delegation_in_force(delegation)
            and self.living(delegation["delegator"])
            and self.delegable(authority)
        )

    def granted(self, role: str, authority: str) -> bool:
        """Whether any grant of it reaches the role, own or by valid delegation."""
        own = any(self.term(grant) for grant in self.own_grants(role, authority))
        return own or bool(self.grant_pairs(authority)[0][role])

    def misspelt(self, role: str) -> bool:
        """Whether a grant of the role, own or by delegation, names an authority that nobody declares."""
        own = self.roles.get(role, {}).get("authorities", [])
        if any(self.term(grant) and grant["authority"] not in self.authorities for grant in own):
            return True
        return any(
            entry["delegate"] == role
            and self.delegation_in_force(entry)
            and any(one not in self.authorities for one in entry["authorities"])
            for entry in self.delegations.values()
        )

    def powerless(self, role: str, authority: str) -> bool:
        """Whether no grant of it reaches the role, though nothing on the way to it is bad."""
        return not self.granted(role, authority) and not self.source_is_bad(role, authority)

    def source_is_bad(self, role: str, authority: str, *, to_pass: bool = False) -> bool:
        """Whether a bad scope, delegator or authority is on the way of a grant that reaches the role, or would."""
        return self._bad_source(role, authority, to_pass, frozenset())

    def _bad_source(self, role: str, authority: str, to_pass: bool, seen: frozenset[str]) -> bool:  # noqa: FBT001 - walks
        if any(self.term(grant) and self.bad(grant.get("scope")) for grant in self.own_grants(role, authority)):
            return True
        if self.misspelt(role):
            return True
        for delegation in self.delegations_to(role, authority):
            entry = self.delegations[delegation]
            if delegation in seen or not self.delegation_in_force(entry) or not self.delegable(authority):
                continue
            if to_pass and not self.redelegable(entry, authority):
                continue
            delegator = entry["delegator"]
            if not self.living(delegator):
                return True
            if self.external(delegator):
                if self.bad(entry.get("scope")):
                    return True
                continue
            beneath = self._bad_source(delegator, authority, True, seen | {delegation})  # noqa: FBT003 - as above
            if beneath or (self.bad(entry.get("scope")) and self.grant_pairs(authority)[1][delegator]):
                return True
        return False
