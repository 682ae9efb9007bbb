"""All mutations: at least one for each rule, several where it has boundaries."""

from __future__ import annotations

from tests.generate import mutate_authority, mutate_governance, mutate_incident, mutate_ownership, mutate_staffing
from tests.generate.org import Mutation, put

MODULES = (mutate_ownership, mutate_authority, mutate_staffing, mutate_governance, mutate_incident)

FIELDS = (
    ("units", "parent"),
    ("units", "stakeholders"),
    ("roles", "holders"),
    ("roles", "reports_to"),
    ("roles", "external"),
    ("roles", "collective"),
    ("roles", "successors"),
    ("roles", "incompatible_with"),
    ("authorities", "redelegable"),
    ("delegations", "scope"),
    ("delegations", "to"),
    ("responsibilities", "scope"),
    ("responsibilities", "accountable"),
    ("assignments", "scope"),
    ("assignments", "overrides"),
    ("directives", "scope"),
    ("training", "audience"),
    ("vulnerabilities", "disposition"),
)
"""Fields that get a random value, beside those that the mutations change on purpose."""

AGAIN = [
    "acting",
    "acting",
    "action_due",
    "assignment_review",
    "collective_owner",
    "contested",
    "contrary",
    "cut_line",
    "delegation_loop",
    "departed",
    "directive_review",
    "junior",
    "holder_ends",
    "lapsed",
    "lapsed",
    "lapsed",
    "narrow_chain",
    "narrow_grant",
    "not_delegable",
    "one_person_deep",
    "one_person_deep",
    "optional_module",
    "optional_module",
    "orphaned",
    "orphaned",
    "over_consulted",
    "over_consulted",
    "overloaded",
    "paper",
    "paper",
    "partial_scope",
    "partial_scope",
    "partial_scope",
    "recommendation_late",
    "recommendation_late",
    "recommendation_late",
    "same_statement",
    "second_hat",
    "second_hat",
    "second_hat",
    "second_line",
    "second_line",
    "succession_loop",
    "succession_loop",
    "supersedes",
    "superseded_citation",
    "term_gap",
    "term_gap",
    "unacknowledged",
    "unacknowledged",
    "vacancy",
    "vacancy",
    "vacancy",
    "written_down_twice",
    "written_down_twice",
    "written_down_twice",
]
"""What is rarely enough by itself to make its rule speak, once more."""


def _all() -> list[Mutation]:
    named = {one.__name__: one for module in MODULES for one in module.MUTATIONS}
    return [*named.values(), *(put(section, field) for section, field in FIELDS), *(named[name] for name in AGAIN)]


MUTATIONS = _all()
