"""What the table of rules calls in force, ended, living; who and what is declared; and the parameters of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.corpus import BEGINNING, END, Corpus, Entry

if TYPE_CHECKING:
    from collections.abc import Collection

FACTS = (
    "holders",
    "responsible",
    "informed",
    "successors",
    "reports_to",
    "grants",
    "escalation",
    "records",
    "acknowledged",
)

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
    "continuity/circular-succession": {"depth": 3},
    "workload/overloaded": {"max": 12},
    "workload/over-consulted": {"max": 8},
    "training/before-duty": {"days": 30},
    "incident/no-command": {"authority": "declare-incident"},
    "recommendations/unresolved-overdue": {"days": 180},
    "waivers/too-long": {"days": 365},
}


class InForce:
    """One corpus on one day: what is declared, and what of it is in force.

    `complete` are the facts of which the organisation says that all there is to state is stated.
    """

    def __init__(
        self,
        corpus: Corpus,
        today: int,
        parameters: dict[str, dict[str, Any]],
        complete: Collection[str] = (),
    ) -> None:
        self.corpus = corpus
        self.today = today
        self.parameters = parameters
        self.complete = frozenset(FACTS if "all" in complete else complete)
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

    def everyone(self, role: str) -> bool:
        """A class of people, neither a post nor a body."""
        return role in self.roles and self.roles[role].get("everyone", False)

    def ours(self, role: str) -> bool:
        """A living role that is neither external nor a class of people."""
        return self.living(role) and not self.external(role) and not self.everyone(role)

    def collective(self, role: str) -> bool:
        return role in self.roles and self.roles[role].get("collective", False)

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
        return (
            entry is not None and entry.get("status", "in-force") in {"in-force", "under-review"} and self.term(entry)
        )

    def waiver_expired(self, waiver: Entry) -> bool:
        return self.today > waiver["expires"]
