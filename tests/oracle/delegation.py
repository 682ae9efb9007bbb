"""The rules of `delegation`. Each link is judged against the paper beneath it, as if that were sound."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.oracle.corpus import BEGINNING, END, Entry
from tests.oracle.words import Finding, World, loops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.scopes import Pairs

ORDER = ("not-delegable", "orphaned", "cycle", "exceeds-grant", "redelegation-forbidden")


class Paper:
    """What roles have of one authority on paper: own grants, and what delegations to them say, permission aside."""

    def __init__(self, w: World, authority: str) -> None:
        self.w = w
        self.authority = authority
        self.links = {
            delegation: entry for delegation, entry in w.delegations.items() if authority in entry["authorities"]
        }
        self.in_force = {d: entry for d, entry in self.links.items() if w.delegation_in_force(entry)}
        self.judged = {d: entry for d, entry in self.in_force.items() if self.judgeable(entry["delegator"])}
        self.cycles = self._cycles()
        self.members = {d for cycle in self.cycles for d in cycle}
        self.going_round = {self.links[d]["delegator"] for d in self.members}

    def judgeable(self, delegator: str) -> bool:
        """Declared, not abolished, not external."""
        return self.w.living(delegator) and not self.w.external(delegator)

    def own(self, role: str) -> list[Entry]:
        return [grant for grant in self.w.own_grants(role, self.authority) if self.w.term(grant)]

    def to(self, role: str) -> list[str]:
        """The delegations in force to a role."""
        return [d for d, entry in self.in_force.items() if entry["delegate"] == role]

    def has(self, role: str) -> bool:
        return bool(self.own(role) or self.to(role))

    def lacks(self, role: str) -> bool:
        """Has nothing of it in force, and no grant of an authority that nobody declares, which may be this one."""
        return not self.has(role) and not self.w.misspelt(role)

    def once_had(self, role: str) -> bool:
        """Something of it was in force and has ended."""
        for grant in self.w.own_grants(role, self.authority):
            if grant.get("to", END) < self.w.today:
                return True
        for entry in self.links.values():
            last = min(entry.get("to", END), entry.get("rescinded_on", END + 1) - 1)
            if entry["delegate"] == role and entry.get("from", BEGINNING) <= last < self.w.today:
                return True
        return False

    def _cycles(self) -> list[set[str]]:
        """Delegations in force of which no member has the authority, on paper, from outside the loop."""
        edges: dict[str, set[str]] = {}
        for entry in self.judged.values():
            edges.setdefault(entry["delegator"], set()).add(entry["delegate"])
        found = []
        for roles in loops(edges):
            inside = {d for d, e in self.judged.items() if e["delegator"] in roles and e["delegate"] in roles}
            from_outside = any(self.own(role) or set(self.to(role)) - inside for role in roles)
            if not from_outside:
                found.append(inside)
        return found

    def by_its_word(self, delegation: str) -> bool:
        """Whether nothing beneath this link can be told from its delegator, so that its own word has to do."""
        delegator = self.links[delegation]["delegator"]
        return not self.judgeable(delegator) or not self.has(delegator) or delegator in self.going_round

    def scope(self, role: str) -> Pairs:
        """The pairs that a role has on paper."""
        return self._spread(role, frozenset())

    def _spread(self, role: str, seen: frozenset[str]) -> Pairs:
        pairs = {pair for grant in self.own(role) for pair in self.w.pairs(grant.get("scope"))}
        for delegation in self.to(role):
            pairs |= self.says(delegation, seen)
        return frozenset(pairs)

    def says(self, delegation: str, seen: frozenset[str] = frozenset()) -> Pairs:
        """The pairs that a delegation passes by its own word; without `scope`, what its delegator has."""
        entry = self.links[delegation]
        if entry.get("scope"):
            return self.w.pairs(entry["scope"])
        if self.by_its_word(delegation):
            return self.w.everything()
        return frozenset() if delegation in seen else self._spread(entry["delegator"], seen | {delegation})

    def bad(self, role: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether a scope that would cover what the role has is bad."""
        if any(self.w.bad(grant.get("scope")) for grant in self.own(role)):
            return True
        for delegation in self.to(role):
            entry = self.links[delegation]
            if self.w.bad(entry.get("scope")):
                return True
            if entry.get("scope") or self.by_its_word(delegation) or delegation in seen:
                continue
            if self.bad(entry["delegator"], seen | {delegation}):
                return True
        return False

    def last(self, role: str, seen: frozenset[str] = frozenset()) -> int:
        """The last day of any grant of the role that has not ended, one to come included; none outlasts the role."""
        eve = self.w.roles.get(role, {}).get("abolished_on", END + 1) - 1
        own = self.w.own_grants(role, self.authority)
        days = [(grant.get("from", BEGINNING), min(grant.get("to", END), eve)) for grant in own]
        for delegation, entry in self.links.items():
            if entry["delegate"] != role or delegation in seen:
                continue
            end = min(entry.get("to", END), entry.get("rescinded_on", END + 1) - 1, eve)
            if end >= self.w.today and "to" not in entry and not self.by_its_word(delegation):
                end = min(end, self.last(entry["delegator"], seen | {delegation}))
            days.append((entry.get("from", BEGINNING), end))
        return max((end for begin, end in days if end >= max(begin, self.w.today)), default=BEGINNING)

    def permitted(self, role: str) -> Pairs:
        """What of it the role may pass on, on paper: its own, and what came with permission to redelegate."""
        pairs = {pair for grant in self.own(role) for pair in self.w.pairs(grant.get("scope"))}
        for delegation in self.to(role):
            if self.w.redelegable(self.links[delegation], self.authority):
                pairs |= self.says(delegation)
        return frozenset(pairs)

    # --- the rules, of which the first that applies speaks

    def not_delegable(self, _: str, entry: Entry) -> bool:
        return not self.w.authorities[self.authority].get("delegable", True)

    def orphaned(self, _: str, entry: Entry) -> bool:
        """The delegator has nothing of it in force any more, and once had."""
        return self.lacks(entry["delegator"]) and self.once_had(entry["delegator"])

    def cycle(self, delegation: str, _: Entry) -> bool:
        return delegation in self.members

    def exceeds_grant(self, _: str, entry: Entry) -> bool:
        """The delegator never had it; or a stated scope, or a stated `to`, beyond what the delegator has."""
        delegator = entry["delegator"]
        if not self.has(delegator):
            return self.lacks(delegator) and not self.once_had(delegator)
        if "to" in entry and entry["to"] > self.last(delegator):
            return True
        beyond = entry.get("scope") and self.w.pairs(entry["scope"]) - self.scope(delegator)
        return bool(beyond) and not self.bad(delegator)

    def redelegation_forbidden(self, _: str, entry: Entry) -> bool:
        """Some of what it passes, the delegator may not pass on; without `scope`: all of it."""
        has, may = self.scope(entry["delegator"]), self.permitted(entry["delegator"])
        if entry.get("scope"):
            return bool(self.w.pairs(entry["scope"]) & has - may)
        return bool(has) and not has & may


def _spoken(w: World) -> Iterator[tuple[str, str, str]]:
    """For each delegation in force and declared authority the first rule that applies."""
    for authority in w.authorities:
        paper = Paper(w, authority)
        tests = {
            "not-delegable": paper.not_delegable,
            "orphaned": paper.orphaned,
            "cycle": paper.cycle,
            "exceeds-grant": paper.exceeds_grant,
            "redelegation-forbidden": paper.redelegation_forbidden,
        }
        for delegation, entry in paper.in_force.items():
            for rule in ORDER if delegation in paper.judged else ORDER[:1]:
                if tests[rule](delegation, entry):
                    yield rule, delegation, authority
                    break


@cache
def _all_spoken(w: World) -> tuple[tuple[str, str, str], ...]:
    return tuple(_spoken(w))


def _by_rule(w: World, rule: str) -> Iterator[Finding]:
    for spoken, delegation, authority in _all_spoken(w):
        if spoken == rule:
            yield f"delegations/{delegation}", authority


def not_delegable(w: World) -> Iterator[Finding]:
    """Passes an authority marked non-delegable."""
    return _by_rule(w, "not-delegable")


def orphaned(w: World) -> Iterator[Finding]:
    """The delegator has nothing of it in force any more, and once had."""
    return _by_rule(w, "orphaned")


def cycle(w: World) -> Iterator[Finding]:
    """A loop of delegations of one authority that none of them has from outside, on that of the smallest first id."""
    speaking = set(_by_rule(w, "cycle"))
    for authority in w.authorities:
        for members in Paper(w, authority).cycles:
            smallest = f"delegations/{min(members, key=w.corpus.first('delegations'))}"
            if (smallest, authority) in speaking:
                yield smallest, authority


def exceeds_grant(w: World) -> Iterator[Finding]:
    """The delegator never had it; or a stated scope, or a stated `to`, beyond what the delegator has."""
    return _by_rule(w, "exceeds-grant")


def redelegation_forbidden(w: World) -> Iterator[Finding]:
    """Some of what it passes, the delegator has only by delegation without permission to pass it on."""
    return _by_rule(w, "redelegation-forbidden")


def limits_unstated(w: World) -> Iterator[Finding]:
    """In force, states neither `limits` nor `redelegable`."""
    for delegation, entry in w.delegations.items():
        if w.delegation_in_force(entry) and "limits" not in entry and "redelegable" not in entry:
            for authority in entry["authorities"]:
                yield f"delegations/{delegation}", authority
