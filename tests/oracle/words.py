"""The words that the table of rules uses: in force, standing, living, vacant, scopes, grants by valid delegation."""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.oracle.corpus import BEGINNING, END, Corpus, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

Pairs = frozenset[tuple[str | None, str | None]]
Finding = tuple[str, str]
"""The entry (`section/id`) and the key of a finding; the rule is the function that yields it."""

PARAMETERS: dict[str, dict[str, Any]] = {
    "ownership/term-gap": {"horizon_days": 365},
    "ownership/placeholder-owner": {
        "placeholders": [
            "tbd",
            "tba",
            "n/a",
            "none",
            "various",
            "vacant",
            "leaderless",
            "appointment needed",
            "unassigned",
            "?",
        ]
    },
    "ownership/unacknowledged": {"days": 30},
    "ownership/review-overdue": {"days": 365},
    "staffing/acting-too-long": {"days": 210},
    "staffing/ends-soon": {"days": 60},
    "continuity/shallow-succession": {"depth": 3},
    "workload/overloaded": {"max": 12},
    "workload/over-consulted": {"max": 8},
    "training/before-duty": {"days": 30},
    "incident/no-command": {"authority": "declare-incident"},
    "recommendations/unresolved-overdue": {"days": 180},
    "waivers/too-long": {"days": 365},
}


class Rule(NamedTuple):
    """How to find it, the sections that are its population (empty: every section), and the facts it needs."""

    find: Callable[[World], Iterator[Finding]]
    subjects: tuple[str, ...]
    needs: tuple[str, ...] = ()


ADDED: dict[str, Rule] = {}
"""The rules whose function says by `rule` what it is about."""


def rule(
    name: str, subjects: tuple[str, ...], needs: tuple[str, ...] = (), **parameters: Any
) -> Callable[[Callable[[World], Iterator[Finding]]], Callable[[World], Iterator[Finding]]]:
    """Puts a function into the catalogue, with the defaults of the rule's parameters."""

    def added(find: Callable[[World], Iterator[Finding]]) -> Callable[[World], Iterator[Finding]]:
        ADDED[name] = Rule(find, subjects, needs)
        PARAMETERS.setdefault(name, parameters)
        return find

    return added


class World:
    """One corpus on one day. Everything is computed anew from the entries; nothing is shared with the checker."""

    def __init__(self, corpus: Corpus, today: int, parameters: dict[str, dict[str, Any]]) -> None:
        self.corpus = corpus
        self.today = today
        self.parameters = parameters
        self.units = corpus.entries["units"]
        self.people = corpus.entries["people"]
        self.roles = corpus.entries["roles"]
        self.authorities = corpus.entries["authorities"]
        self.delegations = corpus.entries["delegations"]
        self.duties = corpus.entries["responsibilities"]
        self.assignments = corpus.entries["assignments"]
        self.directives = corpus.entries["directives"]
        self.obligations = corpus.entries["obligations"]
        self.vectors = corpus.entries["vectors"]
        self.modules = corpus.entries["training"]
        self.records = corpus.entries["training_records"]
        self.incidents = corpus.entries["incidents"]
        self.lines = corpus.entries["incident_lines"]
        self.vulnerabilities = corpus.entries["vulnerabilities"]
        self.actions = corpus.entries["actions"]
        self.recommendations = corpus.entries["recommendations"]
        self.waivers = corpus.entries["waivers"]
        self.answered = cache(self._answered)
        self.grant_pairs = cache(self._grant_pairs)

    def parameter(self, rule: str, name: str) -> Any:
        return self.parameters.get(rule, {}).get(name, PARAMETERS[rule][name])

    # --- in force

    def term(self, entry: Entry) -> bool:
        """Its dates are in force; both ends are inclusive."""
        return entry.get("from", BEGINNING) <= self.today <= entry.get("to", END)

    def over(self, entry: Entry, field: str) -> bool | None:
        """What a `…_on` that ends something says; None where it is not written."""
        return entry[field] <= self.today if field in entry else None

    def archived(self, unit: str) -> bool:
        return self.units[unit].get("status") == "archived"

    def living(self, role: str) -> bool:
        """Declared and not abolished."""
        if role not in self.roles:
            return False
        over = self.over(self.roles[role], "abolished_on")
        return self.roles[role].get("status") != "abolished" if over is None else not over

    def external(self, role: str) -> bool:
        return role in self.roles and self.roles[role].get("external", False)

    def departed(self, person: str) -> bool:
        over = self.over(self.people[person], "departed_on")
        return self.people[person].get("status") == "departed" if over is None else over

    def active(self, duty: str) -> bool:
        return duty in self.duties and self.duties[duty].get("status") != "retired"

    def retired_duty(self, duty: str) -> bool:
        return duty in self.duties and not self.active(duty)

    def delegation_in_force(self, delegation: Entry) -> bool:
        return self.term(delegation) and not self.over(delegation, "rescinded_on")

    def directive_in_force(self, directive: str) -> bool:
        entry = self.directives.get(directive)
        return entry is not None and entry.get("status", "in-force") == "in-force" and self.term(entry)

    def waiver_expired(self, waiver: Entry) -> bool:
        return self.today > waiver["expires"]

    # --- holders

    def holdings(self, role: str) -> list[Entry]:
        """All holdings of a role that are in force, whoever holds."""
        return [holder for holder in self.roles[role].get("holders", []) if self.term(holder)]

    def placeholder(self, word: str, section: str = "roles") -> bool:
        plain = " ".join(word.split()).lower()
        words = self.parameter("ownership/placeholder-owner", "placeholders")
        return plain in words and word not in self.corpus.entries[section]

    def good_person(self, person: str) -> bool:
        """Declared, and not departed."""
        return person in self.people and not self.departed(person)

    def good_holdings(self, role: str) -> list[Entry]:
        """Holdings in force, without those of placeholders, unknown and departed persons."""
        return [holder for holder in self.holdings(role) if self.good_person(holder["person"])]

    def good_holders(self, role: str) -> set[str]:
        return {holder["person"] for holder in self.good_holdings(role)} if role in self.roles else set()

    def vacant(self, role: str) -> bool:
        """No holding in force and no `vacancy`; a collective is answered for by its unit's chair."""
        return self._empty(role) and not (self.roles[role].get("collective") and self._chaired(role))

    def _empty(self, role: str) -> bool:
        return not self.holdings(role) and "vacancy" not in self.roles[role]

    def _chaired(self, role: str) -> bool:
        """Whether somebody is in the chair of the unit, or what is written there is another rule's business."""
        home = self.roles[role]["unit"]
        if home not in self.units or self.archived(home):
            return True
        chair = self.units[home].get("chair")
        return chair is not None and (not self.living(chair) or self.external(chair) or not self._empty(chair))

    def living_roles_of(self, person: str) -> list[str]:
        return [
            role
            for role in self.roles
            if self.living(role) and any(holder["person"] == person for holder in self.holdings(role))
        ]

    # --- scopes

    def path(self, unit: str) -> list[str]:
        """From the root to the unit; the walk up stops before a unit repeats and at an unknown parent."""
        walked = [unit]
        while True:
            parent = self.units[walked[-1]].get("parent")
            if parent is None or parent not in self.units or parent in walked:
                return walked[::-1]
            walked.append(parent)

    def reaches_root(self, unit: str) -> bool:
        """The unit at the top of its path has no parent: none that is unknown, and none in a loop."""
        return "parent" not in self.units[self.path(unit)[0]]

    def unit_part(self, scope: Entry) -> set[str | None]:
        if "units" not in scope:
            return {unit for unit in self.units if not self.archived(unit)} if self.units else {None}
        named = {unit for unit in scope["units"] if unit in self.units and not self.archived(unit)}
        return {unit for unit in self.units if not self.archived(unit) and named & set(self.path(unit))}

    def vector_part(self, scope: Entry) -> set[str | None]:
        if "vectors" not in scope:
            return set(self.vectors) if self.vectors else {None}
        return {vector for vector in scope["vectors"] if vector in self.vectors}

    def pairs(self, scope: Entry | None) -> Pairs:
        """The set of (unit, vector) pairs that a scope means."""
        scope = scope or {}
        return frozenset((unit, vector) for unit in self.unit_part(scope) for vector in self.vector_part(scope))

    def bad(self, scope: Entry | None) -> bool:
        """Whether a scope names an unknown or archived id."""
        scope = scope or {}
        return any(unit not in self.units or self.archived(unit) for unit in scope.get("units", [])) or any(
            vector not in self.vectors for vector in scope.get("vectors", [])
        )

    def everything(self) -> Pairs:
        return self.pairs({})

    # --- assignments

    def in_force(self, assignment: str) -> bool:
        entry = self.assignments[assignment]
        return self.term(entry) and self.active(entry["responsibility"])

    def standing(self, assignment: str) -> bool:
        return self.in_force(assignment) and self.living(self.assignments[assignment]["role"])

    def of_duty(self, duty: str, codes: Collection[str]) -> list[str]:
        return [
            assignment
            for assignment, entry in self.assignments.items()
            if entry["responsibility"] == duty and entry["code"] in codes
        ]

    def current(self, duty: str, codes: Collection[str]) -> list[str]:
        return [assignment for assignment in self.of_duty(duty, codes) if self.in_force(assignment)]

    def standing_of(self, duty: str, codes: Collection[str]) -> list[str]:
        return [assignment for assignment in self.of_duty(duty, codes) if self.standing(assignment)]

    def role_of(self, assignment: str) -> str:
        role: str = self.assignments[assignment]["role"]
        return role

    def effective(self, assignment: str) -> Pairs:
        """Its scope inside its responsibility's."""
        entry = self.assignments[assignment]
        duty_scope = self.pairs(self.duties[entry["responsibility"]].get("scope"))
        return self.pairs(entry["scope"]) & duty_scope if "scope" in entry else duty_scope

    def _answered(self, assignment: str) -> Pairs:
        """What is left of its effective scope where overriding assignments within it have replaced it."""
        entry = self.assignments[assignment]
        whole = self.effective(assignment)
        left = set(whole)
        for other in self.current(entry["responsibility"], entry["code"]):
            if self.assignments[other].get("overrides") and self.effective(other) < whole:
                left -= self.effective(other)
        return frozenset(left)

    def accountable_roles(self) -> set[str]:
        return {
            entry["role"]
            for assignment, entry in self.assignments.items()
            if entry["code"] == "A" and self.standing(assignment)
        }

    def duties_in_force(self) -> Iterator[tuple[str, Entry]]:
        for duty, entry in self.duties.items():
            if self.active(duty):
                yield duty, entry

    # --- grants

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

    def powerless(self, role: str, authority: str) -> bool:
        """Whether no grant of it reaches the role, though nothing on the way to it is bad."""
        return not self.granted(role, authority) and not self.source_is_bad(role, authority)

    def source_is_bad(self, role: str, authority: str, *, to_pass: bool = False) -> bool:
        """Whether a grant that reaches the role, or would, has on its way a scope or a delegator that names nothing."""
        return self._bad_source(role, authority, to_pass, frozenset())

    def _bad_source(self, role: str, authority: str, to_pass: bool, seen: frozenset[str]) -> bool:  # noqa: FBT001 - walks
        if any(self.term(grant) and self.bad(grant.get("scope")) for grant in self.own_grants(role, authority)):
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

    # --- training

    def module_applies(self, module: str, role: str) -> bool:
        audience = self.modules[module].get("audience", {})
        return (
            bool(audience.get("everyone"))
            or role in audience.get("roles", [])
            or bool(set(audience.get("exposure", [])) & set(self.roles[role].get("exposure", [])))
        )

    def completions(self, person: str, module: str) -> list[Entry]:
        """Records of what has happened by today."""
        return [
            record
            for record in self.records.values()
            if record["person"] == person and record["module"] == module and record["completed_on"] <= self.today
        ]

    def unexpired(self, record: Entry) -> bool:
        if "expires_on" in record:
            return bool(self.today <= record["expires_on"])
        months = self.modules.get(record["module"], {}).get("valid_months")
        return months is None or self.today <= months_later(record["completed_on"], months)


def months_later(day: int, months: int) -> int:
    """The same day of the month, or the month's last, that many months later."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def loops(edges: dict[str, set[str]]) -> list[set[str]]:
    """Groups of nodes each of which reaches each, itself included, by at least one step."""
    reach: dict[str, set[str]] = {}
    for start, first in edges.items():
        found: set[str] = set()
        todo = list(first)
        while todo:
            node = todo.pop()
            if node not in found:
                found.add(node)
                todo += edges.get(node, ())
        reach[start] = found
    groups: list[set[str]] = []
    for node in sorted(edges):
        if node in reach[node] and not any(node in group for group in groups):
            groups.append({other for other in reach[node] if node in reach.get(other, ())})
    return groups
