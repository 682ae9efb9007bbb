"""The catalogue is the one that was agreed: which rules there are, their level and profile, what they look at."""

import json
from typing import Any, NamedTuple

import pytest

from tests.acceptance.command import run
from tests.generate.verdicts import policies

DUTIES = ("responsibilities",)
SUCCESSORS = ("successors",)
EVERYTHING = ("*",)
PLACEHOLDERS = [
    "tbd", "tba", "n/a", "none", "various", "vacant", "leaderless", "appointment needed", "unassigned", "?",
]  # fmt: skip


class Row(NamedTuple):
    """One rule: E, W or N; the smallest profile that has it; the sections that are its population; the facts
    without which it does not judge an entry; its parameters with their defaults."""

    level: str
    profile: str
    subjects: tuple[str, ...]
    needs: tuple[str, ...] = ()
    parameters: tuple[tuple[str, Any], ...] = ()


TABLE = {
    "ownership/unassigned": Row("E", "starter", DUTIES),
    "ownership/no-performer": Row("W", "standard", DUTIES, ("responsible",)),
    "ownership/multiple-accountable": Row("E", "starter", DUTIES),
    "ownership/scope-gap": Row("E", "starter", DUTIES),
    "ownership/scope-overlap": Row("W", "standard", DUTIES),
    "ownership/duplicate-duty": Row("N", "standard", DUTIES),
    "ownership/term-gap": Row("E", "standard", DUTIES, (), (("horizon_days", 365),)),
    "ownership/placeholder-owner": Row("E", "starter", EVERYTHING, (), (("placeholders", PLACEHOLDERS),)),
    "ownership/collective-owner": Row("W", "standard", ("roles",)),
    "ownership/unacknowledged": Row("W", "strict", ("assignments",), ("acknowledged",), (("days", 30),)),
    "ownership/review-overdue": Row("W", "standard", ("assignments",), (), (("days", 365),)),
    "reference/unknown": Row("E", "starter", EVERYTHING),
    "reference/retired": Row("E", "standard", EVERYTHING),
    "reference/cycle": Row("E", "standard", ("units", "roles", "directives")),
    "authority/missing": Row("E", "standard", DUTIES, ("grants",)),
    "authority/too-narrow": Row("E", "standard", DUTIES),
    "authority/undocumented": Row("W", "standard", ("roles", "delegations")),
    "authority/insufficient-seniority": Row("W", "standard", DUTIES),
    "authority/no-line-to-top": Row("W", "standard", ("roles",), ("reports_to",)),
    "delegation/not-delegable": Row("E", "standard", ("delegations",)),
    "delegation/orphaned": Row("E", "standard", ("delegations",)),
    "delegation/cycle": Row("E", "standard", ("delegations",)),
    "delegation/exceeds-grant": Row("E", "standard", ("delegations",)),
    "delegation/redelegation-forbidden": Row("E", "standard", ("delegations",)),
    "delegation/limits-unstated": Row("W", "strict", ("delegations",)),
    "staffing/vacant": Row("E", "starter", ("roles",), ("holders",)),
    "staffing/vacancy-lapsed": Row("E", "standard", ("roles",)),
    "staffing/acting-too-long": Row("W", "standard", ("roles",), (), (("days", 210),)),
    "staffing/departed-holder": Row("E", "starter", ("roles",)),
    "staffing/below-minimum": Row("W", "standard", ("roles",), ("holders",)),
    "staffing/contested": Row("E", "standard", ("roles",)),
    "staffing/repeated-holder": Row("W", "standard", ("roles",)),
    "staffing/ineligible-holder": Row("E", "standard", ("roles",), ("holders", "records")),
    "staffing/ends-soon": Row("N", "standard", ("roles", "assignments"), (), (("days", 60),)),
    "continuity/no-successor": Row("W", "standard", ("roles",), SUCCESSORS),
    "continuity/shallow-succession": Row("N", "strict", ("roles",), SUCCESSORS, (("depth", 3),)),
    "continuity/circular-succession": Row("W", "standard", ("roles",), SUCCESSORS, (("depth", 3),)),
    "continuity/one-person-deep": Row("W", "standard", DUTIES, ("holders", "responsible", "successors")),
    "separation/self-review": Row("E", "standard", DUTIES),
    "separation/incompatible-roles": Row("W", "standard", ("people",)),
    "workload/overloaded": Row("W", "strict", ("people",), (), (("max", 12),)),
    "workload/over-consulted": Row("N", "strict", DUTIES, (), (("max", 8),)),
    "workload/nobody-told": Row("N", "strict", DUTIES, ("informed",)),
    "workload/contradictory-codes": Row("N", "standard", DUTIES),
    "directives/no-owner": Row("E", "standard", ("directives",)),
    "directives/review-overdue": Row("W", "standard", ("directives",)),
    "directives/unowned-obligation": Row("E", "standard", ("obligations",)),
    "directives/superseded-citation": Row("E", "standard", ("directives", "responsibilities")),
    "directives/conflicting": Row("E", "standard", ("directives",)),
    "directives/overlapping": Row("W", "standard", ("directives",)),
    "directives/owner-drift": Row("W", "standard", ("directives",)),
    "directives/both-in-force": Row("E", "standard", ("directives",)),
    "training/untrained": Row("E", "standard", ("people",), ("records",)),
    "training/lapsed": Row("W", "standard", ("people",)),
    "training/optional-for-exposed": Row("W", "standard", ("training",)),
    "training/no-module": Row("W", "standard", ("vectors",)),
    "training/before-duty": Row("W", "standard", ("people",), (), (("days", 30),)),
    "training/no-owner": Row("W", "standard", ("training",)),
    "incident/no-line": Row("E", "standard", ("incidents", "incident_lines")),
    "incident/ambiguous-line": Row("E", "standard", ("incident_lines",)),
    "incident/no-command": Row(
        "E", "standard", ("incident_lines",), ("holders", "grants"), (("authority", "declare-incident"),)
    ),
    "incident/broken-escalation": Row("E", "standard", ("incident_lines",), ("escalation",)),
    "risk/dropped-vulnerability": Row("E", "standard", ("vulnerabilities",)),
    "risk/unowned-vulnerability": Row("E", "standard", ("vulnerabilities",)),
    "risk/unowned-action": Row("E", "standard", ("actions",), ("grants",)),
    "risk/action-overdue": Row("W", "standard", ("actions",)),
    "recommendations/no-action-official": Row("E", "standard", ("recommendations",)),
    "recommendations/unresolved-overdue": Row("E", "standard", ("recommendations",), (), (("days", 180),)),
    "recommendations/action-overdue": Row("W", "standard", ("recommendations",)),
    "recommendations/closed-without-evidence": Row("E", "standard", ("recommendations",)),
    "waivers/expired": Row("E", "starter", ("waivers",)),
    "waivers/too-long": Row("W", "standard", ("waivers",), (), (("days", 365),)),
    "waivers/self-approved": Row("E", "starter", ("waivers",)),
    "waivers/unused": Row("N", "standard", ("waivers",)),
    "privacy/personal-identifier": Row("W", "standard", EVERYTHING),
}
SOURCES = {
    "HS": "DOJ OIG audit 25-065 (summary)",
    "-1": "NIST SP 800-53 rev. 5, the -1 control of each family",
    "GV": "NIST CSF 2.0, GV.RR-",
    "GB": "GAO Green Book, principle 3",
    "DOE": "US Department of Energy, delegation procedures",
    "FWS": "US Fish and Wildlife Service, 030 FW 2",
    "RD": "USDA Rural Development, Instruction 2006-F",
    "FCD": "Federal Continuity Directive 1, annex E",
    "A50": "OMB Circular A-50",
    "ACUS": "ACUS Recommendation 2019-7",
    "VRA": "Federal Vacancies Reform Act, 5 U.S.C. 3346 (by analogy)",
    "FOD": "GAO, Fragmentation, Overlap, and Duplication (GAO-15-49SP)",
    "GAO": "GAO, status of recommendations",
    "RACI": "RACI practice",
    "SIG": "Kubernetes, SIG governance requirements",
    "J": "Judgement of this project",
}
"""The spelling of each source. Anything else is a control of NIST SP 800-53, GV01 the first subcategory of GV.RR."""
CITED = {
    "HS": (
        "ownership/scope-gap authority/too-narrow directives/unowned-obligation directives/conflicting "
        "directives/overlapping training/optional-for-exposed training/no-module incident/ambiguous-line "
        "incident/no-command incident/broken-escalation risk/unowned-action privacy/personal-identifier"
    ),
    "HS IR-8": "ownership/unassigned incident/no-line",
    "-1": "ownership/no-performer directives/no-owner directives/review-overdue",
    "RACI HS": "ownership/multiple-accountable",
    "FOD": "ownership/scope-overlap ownership/duplicate-duty",
    "SIG": "staffing/below-minimum",
    "J": (
        "ownership/term-gap ownership/placeholder-owner ownership/collective-owner reference/unknown reference/retired "
        "reference/cycle delegation/cycle staffing/vacancy-lapsed staffing/contested staffing/repeated-holder "
        "staffing/ineligible-holder staffing/ends-soon continuity/circular-succession continuity/one-person-deep "
        "directives/both-in-force training/no-owner waivers/expired waivers/too-long waivers/self-approved "
        "waivers/unused"
    ),
    "GV01 GV02": "ownership/unacknowledged",
    "GV03": "ownership/review-overdue",
    "HS GV03 PM-19": "authority/missing",
    "DOE FWS": "authority/undocumented",
    "CA-6": "authority/insufficient-seniority",
    "GB": "authority/no-line-to-top",
    "RD": "delegation/not-delegable delegation/exceeds-grant",
    "DOE": "delegation/orphaned delegation/limits-unstated",
    "RD DOE": "delegation/redelegation-forbidden",
    "ACUS": "staffing/vacant",
    "VRA": "staffing/acting-too-long",
    "PS-4 PS-5": "staffing/departed-holder",
    "FCD": "continuity/no-successor continuity/shallow-succession",
    "AC-5 CA-2(1)": "separation/self-review",
    "AC-5": "separation/incompatible-roles",
    "RACI": "workload/overloaded workload/over-consulted workload/nobody-told workload/contradictory-codes",
    "J HS": "directives/superseded-citation",
    "PS-9 GV02": "directives/owner-drift",
    "HS AT-3": "training/untrained",
    "AT-4": "training/lapsed",
    "AT-3 IR-2": "training/before-duty",
    "HS RA-3": "risk/dropped-vulnerability",
    "CA-5": "risk/unowned-vulnerability risk/action-overdue",
    "A50": ("recommendations/no-action-official recommendations/unresolved-overdue recommendations/action-overdue"),
    "GAO": "recommendations/closed-without-evidence",
}
"""Which rules cite what."""
FIXED = {
    "yaml/syntax", "yaml/duplicate-key", "yaml/encoding", "yaml/tag", "yaml/limit", "yaml/unreadable",
    "schema/unknown-key", "schema/missing-key", "schema/type", "schema/value", "schema/duplicate-id",
}  # fmt: skip
LEVELS = {"error": "E", "warning": "W", "note": "N"}


def test_every_rule_is_described_as_the_table_has_it():
    # NOTE: a rule that came later is described by its METADATA alone; to release it, add its row.
    described = {
        rule.id: Row(
            LEVELS[rule.level],
            rule.profile.value,
            rule.subjects,
            rule.needs,
            tuple((name, each.default) for name, each in sorted(rule.parameters.items())),
        )
        for rule in policies().catalogue
        if rule.id in TABLE
    }

    assert described == TABLE


def source(short: str) -> str:
    if short.startswith("GV"):
        return SOURCES["GV"] + short.removeprefix("GV")
    return SOURCES.get(short, f"NIST SP 800-53 rev. 5, {short}")


def test_every_rule_cites_the_sources_that_the_table_names():
    expected = {
        rule: [source(short) for short in shorts.split()] for shorts, rules in CITED.items() for rule in rules.split()
    }
    cited = {rule.id: [each.source for each in rule.criteria] for rule in policies().catalogue if rule.id in TABLE}

    assert cited == expected


def test_a_criterion_says_whose_words_it_is():
    unclear = [
        (rule.id, each.text)
        for rule in policies().catalogue
        if rule.id in TABLE
        for each in rule.criteria
        if (
            not each.text.startswith("No authority was found.")
            if each.source == SOURCES["J"]
            else not each.text.startswith("In short: ") and not (each.text[0] == each.text[-1] == '"')
        )
    ]

    assert unclear == []


def test_the_host_finds_what_the_form_can_lack():
    catalogue = policies().catalogue

    assert {rule.id for rule in catalogue if rule.fixed} == FIXED
    assert {rule.id for rule in catalogue if rule.by == "host"} == FIXED | {
        "waivers/unused",
        "change/weakens-check",
        "baseline/fixed",
    }


@pytest.mark.parametrize("profile", ["starter", "standard", "strict"])
def test_a_profile_holds_its_rules_and_those_of_the_ones_before(tmp_path, root, profile):
    order = ["starter", "standard", "strict"]
    ran = run(
        "check",
        root / "examples/clean",
        "--profile",
        profile,
        "--as-of",
        "2026-11-23",
        "--format",
        "json",
        cwd=tmp_path,
    )

    expected = [rule for rule, row in TABLE.items() if order.index(row.profile) <= order.index(profile)]
    assert [rule for rule in json.loads(ran.stdout)["evaluated"] if rule in TABLE] == sorted(expected)
