"""The canary: one tiny corpus with one known finding, put through the same engine and rules as the real one.

An empty bundle, a wrong path or a lost input then cannot look like an organisation without a fault.
"""

from collections.abc import Mapping
from typing import Any

from uts_policy.common.facts import FACTS
from uts_policy.common.fields import sections
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import Evaluation

RULE = "ownership/unassigned"
"""The rule that must speak."""

ENTRY = ("responsibilities", "canary")
"""The entry it must speak of: an active responsibility that nobody answers for."""

_RESPONSIBILITY = {
    "id": ENTRY[1],
    "statement": "Sing while the air is good",
    "scope": {},
    "criticality": "normal",
    "status": "active",
    "requires": [],
    "criteria": [],
    "reviews": [],
}
_CYCLES = ("units", "reports", "supersedes", "cites", "escalation", "successors")
_LINKS = [
    "assignments",
    "assignments_by_role",
    "holdings",
    "records",
    "children",
    "roles_by_unit",
    "reports",
    "grants",
    "delegations_to",
    "directives_by_topic",
    "assigns",
    "superseded_by",
    "obligations",
    "lines",
    "escalated_from",
    "called",
    "excused",
    "waived",
    "nearest",
]


def corpus() -> Mapping[str, Any]:
    """The canary's corpus: what the corpus builder gives, links that came later aside."""
    return {
        "schema": "uts-policy/corpus/1",
        "as_of": "2025-06-26",
        "rules": {RULE: {"level": "error", "parameters": {}}},
        "days": {"0001-01-01": 1, "2025-06-26": 739428, "9999-12-31": 3652059},
        "placeholders": [],
        "not_stated": {fact: [] for fact in FACTS},
        "links": {
            **{name: {} for name in _LINKS},
            "root_units": [],
            "top_roles": [],
            "same_statement": [],
            "cycles": {**{name: [] for name in _CYCLES}, "support": {}},
            "exposed": {},
            "modules": {"everyone": [], "role": {}, "vector": {}},
        },
        **{section: {} for section in sections()},
        ENTRY[0]: {ENTRY[1]: _RESPONSIBILITY},
    }


def check(evaluation: Evaluation) -> None:
    """Raise NoVerdictError unless `evaluation`, of the canary's corpus, holds exactly the finding it must."""
    found = [(violation.rule, violation.path[:2]) for violation in evaluation.violations]
    if found != [(RULE, ENTRY)]:
        raise NoVerdictError(
            f"the engine did not find the canary, a known fault of {RULE}, and so cannot be trusted to find others",
            "Its rules are not the ones this version brings, or it does not see the corpus.",
        )
