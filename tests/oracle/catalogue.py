"""The whole catalogue, what each rule looks at, and the verdict on one set of declarations."""

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
from tests.oracle.corpus import SECTIONS, Corpus, Entry, first_day, read
from tests.oracle.words import ADDED, Looked, Rule, World

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tests.oracle.words import Finding


D = ("responsibilities",)
A = ("assignments",)
P = ("people",)
R = ("roles",)

RULES: dict[str, Rule] = {
    "ownership/unassigned": Rule(ownership.unassigned, D),
    "ownership/no-performer": Rule(ownership.no_performer, D),
    "ownership/multiple-accountable": Rule(ownership.multiple_accountable, D),
    "ownership/scope-gap": Rule(ownership.scope_gap, D),
    "ownership/scope-overlap": Rule(ownership.scope_overlap, D),
    "ownership/duplicate-duty": Rule(ownership.duplicate_duty, D),
    "ownership/term-gap": Rule(ownership.term_gap, D),
    "ownership/placeholder-owner": Rule(ownership.placeholder_owner, ()),
    "ownership/collective-owner": Rule(ownership.collective_owner, R),
    "ownership/unacknowledged": Rule(ownership.unacknowledged, A),
    "ownership/review-overdue": Rule(ownership.review_overdue, A),
    "reference/unknown": Rule(reference.unknown, ()),
    "reference/retired": Rule(reference.retired, ()),
    "reference/cycle": Rule(reference.cycle, ("units", "roles", "directives")),
    "authority/missing": Rule(authority.missing, D),
    "authority/too-narrow": Rule(authority.too_narrow, D),
    "authority/undocumented": Rule(authority.undocumented, ("roles", "delegations")),
    "authority/insufficient-seniority": Rule(authority.insufficient_seniority, D),
    "authority/no-line-to-top": Rule(authority.no_line_to_top, R),
    "delegation/not-delegable": Rule(delegation.not_delegable, ("delegations",)),
    "delegation/orphaned": Rule(delegation.orphaned, ("delegations",)),
    "delegation/cycle": Rule(delegation.cycle, ("delegations",)),
    "delegation/exceeds-grant": Rule(delegation.exceeds_grant, ("delegations",)),
    "delegation/redelegation-forbidden": Rule(delegation.redelegation_forbidden, ("delegations",)),
    "delegation/limits-unstated": Rule(delegation.limits_unstated, ("delegations",)),
    "staffing/vacant": Rule(staffing.vacant, R),
    "staffing/vacancy-lapsed": Rule(staffing.vacancy_lapsed, R),
    "staffing/acting-too-long": Rule(staffing.acting_too_long, R),
    "staffing/departed-holder": Rule(staffing.departed_holder, R),
    "staffing/below-minimum": Rule(staffing.below_minimum, R),
    "staffing/contested": Rule(staffing.contested, R),
    "staffing/repeated-holder": Rule(staffing.repeated_holder, R),
    "staffing/ineligible-holder": Rule(staffing.ineligible_holder, R),
    "staffing/ends-soon": Rule(staffing.ends_soon, ("roles", "assignments")),
    "continuity/no-successor": Rule(continuity.no_successor, R),
    "continuity/shallow-succession": Rule(continuity.shallow_succession, R),
    "continuity/circular-succession": Rule(continuity.circular_succession, R),
    "continuity/one-person-deep": Rule(continuity.one_person_deep, D),
    "separation/self-review": Rule(separation.self_review, D),
    "separation/incompatible-roles": Rule(separation.incompatible_roles, P),
    "workload/overloaded": Rule(workload.overloaded, P),
    "workload/over-consulted": Rule(workload.over_consulted, D),
    "workload/nobody-told": Rule(workload.nobody_told, D),
    "workload/contradictory-codes": Rule(workload.contradictory_codes, D),
    "directives/no-owner": Rule(directives.no_owner, ("directives",)),
    "directives/review-overdue": Rule(directives.review_overdue, ("directives",)),
    "directives/unowned-obligation": Rule(directives.unowned_obligation, ("obligations",)),
    "directives/superseded-citation": Rule(directives.superseded_citation, ("directives", "responsibilities")),
    "directives/conflicting": Rule(directives.conflicting, ("directives",)),
    "directives/overlapping": Rule(directives.overlapping, ("directives",)),
    "directives/owner-drift": Rule(directives.owner_drift, ("directives",)),
    "directives/both-in-force": Rule(directives.both_in_force, ("directives",)),
    "training/untrained": Rule(training.untrained, ("people", "training"), together=True),
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
    """What the catalogue says: (rule, entry, key) of each finding, the rules not assessed, and the entries not judged.

    An entry that a rule looked at failed where the rule has a finding on it; otherwise it is not judged, or it passed.
    """

    findings: frozenset[tuple[str, str, str]]
    not_assessed: frozenset[str]
    not_judged: frozenset[tuple[str, str]] = frozenset()


def verdict(
    declarations: dict[str, list[Entry]],
    as_of: str,
    parameters: dict[str, dict[str, Any]] | None = None,
    complete: Collection[str] = (),
) -> Verdict:
    """What all rules, and `waivers/unused`, find in valid declarations on the day `as_of`.

    `complete`: facts of which everything is stated that there is to state; `all` is all of them.
    """
    corpus = read(declarations)
    world = World(corpus, first_day(as_of), parameters or {}, complete)
    findings: set[tuple[str, str, str]] = set()
    not_judged: set[tuple[str, str]] = set()
    assessed = set()
    for name, rule in RULES.items():
        if not (all if rule.together else any)(corpus.entries[section] for section in rule.subjects or SECTIONS):
            continue
        found, unjudged, looked = _settled(rule.find(world))
        findings |= {(name, entry, key) for entry, key in _one_place_one_finding(corpus, found)}
        not_judged |= {(name, entry) for entry in unjudged}
        if not unjudged or looked > unjudged:
            assessed.add(name)
    findings |= {(UNUSED, f"waivers/{waiver}", "") for waiver in _unused(world, findings, not_judged, assessed)}
    if corpus.entries["waivers"]:
        assessed.add(UNUSED)
    return Verdict(
        findings=frozenset(findings),
        not_assessed=frozenset({*RULES, UNUSED} - assessed),
        not_judged=frozenset(not_judged),
    )


def _settled(yielded: Iterable[Finding] | Iterable[Looked]) -> tuple[set[Finding], set[str], set[str]]:
    """The findings of a rule, the entries that it could not judge, and those that it looked at on account of a need."""
    found: set[Finding] = set()
    unstated: set[str] = set()
    looked: set[str] = set()
    for one in yielded:
        if isinstance(one, Looked):
            looked.add(one.entry)
            found |= {(one.entry, key) for key in one.keys}
            if one.unstated:
                unstated.add(one.entry)
        else:
            found.add(one)
    return found, unstated - {entry for entry, _ in found}, looked


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
    world: World,
    findings: set[tuple[str, str, str]],
    not_judged: set[tuple[str, str]],
    assessed: Collection[str],
) -> Iterator[str]:
    """Waivers in force that match no finding of a rule that was evaluated, and no entry that it could not judge.

    A waiver of an unknown rule matches none. One of `waivers/unused` is matched with what the others gave.
    """

    def matched(entry: Entry, found: set[tuple[str, str, str]]) -> bool:
        named = waivers.subjects(world, entry)
        return any(
            rule == entry["rule"] and subject in named and entry.get("key", key) == key for rule, subject, key in found
        ) or any((entry["rule"], subject) in not_judged for subject in named)

    in_force = {
        waiver: entry
        for waiver, entry in world.waivers.items()
        if entry["approved_on"] <= world.today and not world.waiver_expired(entry)
    }
    first = {
        waiver
        for waiver, entry in in_force.items()
        if entry["rule"] != UNUSED
        and (entry["rule"] in assessed or entry["rule"] not in RULES)
        and not matched(entry, findings)
    }
    yield from first
    given = {(UNUSED, f"waivers/{waiver}", "") for waiver in first}
    for waiver, entry in in_force.items():
        if entry["rule"] == UNUSED and not matched(entry, given):
            yield waiver
