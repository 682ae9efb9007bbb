"""The words that the table of rules uses: stated, vacant, serving, trained; beneath them scopes and grants."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tests.oracle.grants import Granted
from tests.oracle.in_force import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.oracle.corpus import Entry

Finding = tuple[str, str]
"""The entry (`section/id`) and the key of a finding; the rule is the function that yields it."""


class Looked(NamedTuple):
    """An entry (`section/id`) that a rule with needs looked at.

    `keys` are those of the findings on it; with `unstated` a fact that the rule needs is not stated, so that without a
    finding the entry is not judged.
    """

    entry: str
    keys: tuple[str, ...] = ()
    unstated: bool = False


class Rule(NamedTuple):
    """How to find it, and the sections that are its population (empty: every section).

    A rule with needs yields what it looked at, any other its findings.
    """

    find: Callable[[World], Iterable[Finding] | Iterable[Looked]]
    subjects: tuple[str, ...]
    together: bool = False
    """Whether each of its sections must hold an entry; otherwise one is enough."""


ADDED: dict[str, Rule] = {}
"""The rules whose function says by `rule` what it is about."""
Find: TypeAlias = "Callable[[World], Iterable[Finding] | Iterable[Looked]]"


def rule(name: str, subjects: tuple[str, ...], **parameters: Any) -> Callable[[Find], Find]:
    """Puts a function into the catalogue, with the defaults of the rule's parameters."""

    def added(find: Find) -> Find:
        ADDED[name] = Rule(find, subjects)
        PARAMETERS.setdefault(name, parameters)
        return find

    return added


class World(Granted):
    """One corpus on one day. Everything is computed anew from the entries; nothing is shared with the checker."""

    # --- facts

    def stated(self, fact: str, entry_id: str) -> bool:
        """Whether the fact is stated, by its entry or because the organisation says that all of it is."""
        if fact in self.complete:
            return True
        if fact == "holders":
            return "holders" in self.roles[entry_id] or "vacancy" in self.roles[entry_id]
        if fact == "responsible":
            return "responsible" in self.duties[entry_id] or bool(self.of_duty(entry_id, "R"))
        if fact == "informed":
            both = "consulted" in self.duties[entry_id] and "informed" in self.duties[entry_id]
            return both or bool(self.of_duty(entry_id, "CI"))
        if fact == "records":
            return any(record["person"] == entry_id for record in self.records.values())
        entries, field = {
            "successors": (self.roles, "successors"),
            "reports_to": (self.roles, "reports_to"),
            "grants": (self.roles, "authorities"),
            "escalation": (self.lines, "escalate_to"),
            "acknowledged": (self.assignments, "acknowledged_on"),
        }[fact]
        return field in entries[entry_id]

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

    def occupied(self, role: str) -> bool | None:
        """Whether somebody is there, or the role is vacant on purpose; None where it is not stated.

        For a collective its chair does as well. External roles and classes of people count as occupied.
        """
        own = self._held(role)
        if own or not self.collective(role):
            return own
        chair = self._chair_held(role)
        return own if chair is False else chair

    def vacant(self, role: str) -> bool:
        """Nobody is there, and that is stated."""
        return self.occupied(role) is False

    def _held(self, role: str) -> bool | None:
        if not self.ours(role) or self.holdings(role) or "vacancy" in self.roles[role]:
            return True
        return False if self.stated("holders", role) else None

    def chair_of(self, body: str) -> str | None:
        """What is written as the chair of a body: its own, or else that of its unit, if the unit is in force."""
        own: str | None = self.roles[body].get("chair")
        if own is None and self.at_home(body):
            own = self.units[self.roles[body]["unit"]].get("chair")
        return own

    def at_home(self, role: str) -> bool:
        """Whether the unit of a role is declared and in force."""
        home = self.roles[role]["unit"]
        return home in self.units and not self.archived(home)

    def _chair_held(self, body: str) -> bool | None:
        """Of the chair of a body; what is bad counts as occupied."""
        chair = self.chair_of(body)
        if chair is None:
            return not self.at_home(body)
        return self._held(chair)

    def chaired(self, body: str) -> bool:
        """Whether a chair is declared for a body, good or bad; where its unit is bad, nobody can say that none is."""
        return self.chair_of(body) is not None or not self.at_home(body)

    def living_roles_of(self, person: str) -> list[str]:
        return [
            role
            for role in self.roles
            if self.living(role) and any(holder["person"] == person for holder in self.holdings(role))
        ]

    # --- training

    def for_everyone(self, module: str) -> bool:
        """Its audience says so, or names a role that stands for a class of people."""
        audience = self.modules[module].get("audience", {})
        named = audience.get("roles", [])
        return bool(audience.get("everyone")) or any(self.living(one) and self.everyone(one) for one in named)

    def module_applies(self, module: str, role: str) -> bool:
        audience = self.modules[module].get("audience", {})
        return (
            self.for_everyone(module)
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
