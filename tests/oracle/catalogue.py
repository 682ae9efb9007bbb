"""The whole catalogue, what each rule needs to be assessed, and the verdict on one set of declarations."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT
from tests.oracle import (
    authority,
    continuity,
    delegation,
    directives,
    incident,
    ownership,
    privacy,
    recommendations,
    reference,
    risk,
    separation,
    staffing,
    training,
    waivers,
    workload,
)
from tests.oracle.corpus import SECTIONS, Corpus, Entry, as_list, first_day, read
from tests.oracle.words import ADDED, Rule, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding


D = ("responsibilities",)
A = ("assignments",)
P = ("people",)
R = ("roles",)
SUCCESSORS = ("roles.successors",)

RULES: dict[str, Rule] = {
    "ownership/unassigned": Rule(ownership.unassigned, D),
    "ownership/no-performer": Rule(ownership.no_performer, D, ("responsibilities.responsible", "assignments.code=R")),
    "ownership/multiple-accountable": Rule(ownership.multiple_accountable, D),
    "ownership/scope-gap": Rule(ownership.scope_gap, D),
    "ownership/scope-overlap": Rule(ownership.scope_overlap, D),
    "ownership/term-gap": Rule(ownership.term_gap, D),
    "ownership/placeholder-owner": Rule(ownership.placeholder_owner, ()),
    "ownership/collective-owner": Rule(ownership.collective_owner, A),
    "ownership/unacknowledged": Rule(ownership.unacknowledged, A, ("assignments.acknowledged_on",)),
    "ownership/review-overdue": Rule(ownership.review_overdue, A),
    "reference/unknown": Rule(reference.unknown, ()),
    "reference/retired": Rule(reference.retired, ()),
    "reference/cycle": Rule(reference.cycle, ("units", "roles", "directives")),
    "authority/missing": Rule(authority.missing, D),
    "authority/too-narrow": Rule(authority.too_narrow, D),
    "authority/undocumented": Rule(authority.undocumented, ("roles", "delegations")),
    "authority/insufficient-seniority": Rule(authority.insufficient_seniority, D),
    "authority/no-line-to-top": Rule(authority.no_line_to_top, R, ("roles.reports_to",)),
    "delegation/not-delegable": Rule(delegation.not_delegable, ("delegations",)),
    "delegation/orphaned": Rule(delegation.orphaned, ("delegations",)),
    "delegation/cycle": Rule(delegation.cycle, ("delegations",)),
    "delegation/exceeds-grant": Rule(delegation.exceeds_grant, ("delegations",)),
    "delegation/redelegation-forbidden": Rule(delegation.redelegation_forbidden, ("delegations",)),
    "delegation/limits-unstated": Rule(delegation.limits_unstated, ("delegations",)),
    "staffing/vacant": Rule(staffing.vacant, R, ("roles.holders", "roles.vacancy")),
    "staffing/vacancy-lapsed": Rule(staffing.vacancy_lapsed, R),
    "staffing/acting-too-long": Rule(staffing.acting_too_long, R),
    "staffing/departed-holder": Rule(staffing.departed_holder, R),
    "staffing/contested": Rule(staffing.contested, R),
    "staffing/repeated-holder": Rule(staffing.repeated_holder, R),
    "staffing/ineligible-holder": Rule(staffing.ineligible_holder, R),
    "staffing/ends-soon": Rule(staffing.ends_soon, ("roles", "assignments")),
    "continuity/no-successor": Rule(continuity.no_successor, R, SUCCESSORS),
    "continuity/shallow-succession": Rule(continuity.shallow_succession, R, SUCCESSORS),
    "continuity/circular-succession": Rule(continuity.circular_succession, R, SUCCESSORS),
    "continuity/one-person-deep": Rule(continuity.one_person_deep, D, SUCCESSORS),
    "separation/self-review": Rule(separation.self_review, D),
    "separation/incompatible-roles": Rule(separation.incompatible_roles, P),
    "workload/overloaded": Rule(workload.overloaded, P),
    "workload/over-consulted": Rule(workload.over_consulted, D),
    "workload/nobody-told": Rule(
        workload.nobody_told,
        D,
        ("responsibilities.consulted", "responsibilities.informed", "assignments.code=C", "assignments.code=I"),
    ),
    "directives/no-owner": Rule(directives.no_owner, ("directives",)),
    "directives/review-overdue": Rule(directives.review_overdue, ("directives",)),
    "directives/unowned-obligation": Rule(directives.unowned_obligation, ("obligations",)),
    "directives/superseded-citation": Rule(directives.superseded_citation, ("directives", "responsibilities")),
    "directives/conflicting": Rule(directives.conflicting, ("directives",)),
    "directives/overlapping": Rule(directives.overlapping, ("directives",)),
    "directives/owner-drift": Rule(directives.owner_drift, ("directives",)),
    "directives/both-in-force": Rule(directives.both_in_force, ("directives",)),
    "training/untrained": Rule(training.untrained, P, ("training_records.person",)),
    "training/lapsed": Rule(training.lapsed, P),
    "training/optional-for-exposed": Rule(training.optional_for_exposed, ("training",)),
    "training/no-module": Rule(training.no_module, ("vectors",)),
    "training/before-duty": Rule(training.before_duty, P),
    "training/no-owner": Rule(training.no_owner, ("training",)),
    "incident/no-line": Rule(incident.no_line, ("incidents", "incident_lines")),
    "incident/ambiguous-line": Rule(incident.ambiguous_line, ("incident_lines",)),
    "incident/no-command": Rule(incident.no_command, ("incident_lines",)),
    "incident/broken-escalation": Rule(incident.broken_escalation, ("incident_lines",)),
    "risk/dropped-vulnerability": Rule(risk.dropped_vulnerability, ("vulnerabilities",)),
    "risk/unowned-vulnerability": Rule(risk.unowned_vulnerability, ("vulnerabilities",)),
    "risk/unowned-action": Rule(risk.unowned_action, ("actions",)),
    "risk/action-overdue": Rule(risk.action_overdue, ("actions",)),
    "recommendations/no-action-official": Rule(recommendations.no_action_official, ("recommendations",)),
    "recommendations/unresolved-overdue": Rule(recommendations.unresolved_overdue, ("recommendations",)),
    "recommendations/action-overdue": Rule(recommendations.action_overdue, ("recommendations",)),
    "recommendations/closed-without-evidence": Rule(recommendations.closed_without_evidence, ("recommendations",)),
    "waivers/expired": Rule(waivers.expired, ("waivers",)),
    "waivers/too-long": Rule(waivers.too_long, ("waivers",)),
    "waivers/self-approved": Rule(waivers.self_approved, ("waivers",)),
    "privacy/personal-identifier": Rule(privacy.personal_identifier, ()),
}
for category in sorted((ROOT / "policies" / "uts" / "rules").iterdir()):
    # What `new rule --builtin` writes says itself what it is about.
    if find_spec(f"tests.oracle.{category.name.replace('-', '_')}") is not None:
        import_module(f"tests.oracle.{category.name.replace('-', '_')}")
RULES |= ADDED
UNUSED = "waivers/unused"
"""The one rule of the table that the host decides."""


@dataclass(frozen=True)
class Verdict:
    """What the catalogue says: (rule, entry, key) of each finding, and the rules that could not be assessed."""

    findings: frozenset[tuple[str, str, str]]
    not_assessed: frozenset[str]


def verdict(
    declarations: dict[str, list[Entry]], as_of: str, parameters: dict[str, dict[str, Any]] | None = None
) -> Verdict:
    """Everything that all rules find in valid declarations on the day `as_of`, and `waivers/unused`."""
    corpus = read(declarations)
    world = World(corpus, first_day(as_of), parameters or {})
    not_assessed = frozenset(name for name, rule in RULES.items() if not _assessed(corpus, rule))
    findings = {
        (name, entry, key)
        for name, rule in RULES.items()
        if name not in not_assessed
        for entry, key in _one_place_one_finding(corpus, set(rule.find(world)))
    }
    evaluated = frozenset(RULES) - not_assessed
    findings |= set(_unused(world, findings, evaluated))
    if not corpus.entries["waivers"]:
        not_assessed |= {UNUSED}
    return Verdict(findings=frozenset(findings), not_assessed=not_assessed)


def _assessed(corpus: Corpus, rule: Rule) -> bool:
    populated = any(corpus.entries[section] for section in rule.subjects or SECTIONS)
    return populated and (not rule.needs or any(_stated(corpus.written, need) for need in rule.needs))


def _stated(written: dict[str, list[Entry]], need: str) -> bool:
    """Whether some entry writes the field, whatever its state; with `=value`, writes that value."""
    section, _, rest = need.partition(".")
    field, _, value = rest.partition("=")
    return any(field in entry and (not value or value in as_list(entry[field])) for entry in written.get(section, []))


def _one_place_one_finding(corpus: Corpus, found: set[Finding]) -> Iterator[Finding]:
    """Assignments from one `code` list share a written place: only the first that the rule speaks on is a finding."""
    for entry, key in found:
        section, _, entry_id = entry.partition("/")
        if section == "assignments":
            speaking = [one for one in corpus.siblings[entry_id] if (f"assignments/{one}", key) in found]
            if speaking[0] != entry_id:
                continue
        yield entry, key


def _unused(
    world: World, findings: set[tuple[str, str, str]], evaluated: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    """Matches no finding of a rule that was evaluated; a waiver of an unknown rule matches none."""
    for waiver, entry in world.waivers.items():
        rule = entry["rule"]
        to_come = entry["approved_on"] > world.today
        if to_come or world.waiver_expired(entry) or (rule in RULES and rule not in evaluated):
            continue
        matched = any(
            (name, subject) == (rule, entry["subject"]) and entry.get("key", key) == key
            for name, subject, key in findings
        )
        if not matched:
            yield UNUSED, f"waivers/{waiver}", ""
