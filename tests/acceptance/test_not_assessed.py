"""What nobody declares is not passed: each section of the example is left out in turn."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, run
from tests.acceptance.test_mutations import yaml
from tests.generate.verdicts import Case, embedded, found, policies, read_files
from uts_policy.model.report import Report
from uts_policy.model.rule import Profile

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
UNJUDGED = {
    "units": "",
    "vectors": "training/no-module",
    "people": (
        "separation/incompatible-roles training/before-duty training/lapsed training/untrained workload/overloaded"
    ),
    "roles": (
        "authority/no-line-to-top continuity/circular-succession continuity/no-successor continuity/shallow-succession "
        "ownership/collective-owner staffing/acting-too-long staffing/below-minimum staffing/contested "
        "staffing/departed-holder staffing/ineligible-holder staffing/repeated-holder staffing/vacancy-lapsed "
        "staffing/vacant"
    ),
    "authorities": "",
    "delegations": (
        "delegation/cycle delegation/exceeds-grant delegation/limits-unstated delegation/not-delegable "
        "delegation/orphaned delegation/redelegation-forbidden"
    ),
    "responsibilities": (
        "authority/insufficient-seniority authority/missing authority/too-narrow continuity/one-person-deep "
        "ownership/duplicate-duty ownership/multiple-accountable ownership/no-performer ownership/scope-gap "
        "ownership/scope-overlap ownership/term-gap ownership/unassigned separation/self-review "
        "workload/contradictory-codes workload/nobody-told workload/over-consulted"
    ),
    "assignments": "",
    "directives": (
        "directives/both-in-force directives/conflicting directives/no-owner directives/overlapping "
        "directives/owner-drift directives/review-overdue"
    ),
    "obligations": "directives/unowned-obligation",
    "training": "training/no-owner training/optional-for-exposed training/untrained",
    "training_records": "",
    "incidents": "",
    "incident_lines": "incident/ambiguous-line incident/broken-escalation incident/no-command",
    "assessments": "",
    "vulnerabilities": "risk/dropped-vulnerability risk/unowned-vulnerability",
    "actions": "risk/action-overdue risk/unowned-action",
    "recommendations": (
        "recommendations/action-overdue recommendations/closed-without-evidence recommendations/no-action-official "
        "recommendations/unresolved-overdue"
    ),
    "waivers": "waivers/expired waivers/self-approved waivers/too-long waivers/unused",
}
"""The rules that cannot be judged without a section. Short forms are assignments, so these stay without the section.

In the strictest profile every fact is complete: without `training_records` nobody has been trained."""
GONE_WITH_THEIR_TEXT = {("roles", "privacy"), ("roles", "separation")}
"""Section and category: the defects in `seeded` stood in the text that is left out, or asked who holds a role that is
now unknown, which `reference/unknown` says of each place that names it."""


def declared(example: str) -> dict[str, list[Any]]:
    sections: dict[str, list[Any]] = defaultdict(list)
    for name, text in read_files(EXAMPLES / example).items():
        for document in yaml(text, name):
            for section, entries in document.items():
                sections[section] += entries
    return sections


def without(sections: dict[str, list[Any]], left_out: str) -> str:
    return json.dumps({section: entries for section, entries in sections.items() if section != left_out})


def reports(example: str) -> dict[str, Report]:
    """The report without each section, and "" for the whole."""
    sections = declared(example)
    names = ["", *sections]
    cases = [Case(files={"some.yaml": without(sections, name)}, profile=Profile.STRICT) for name in names]
    return dict(zip(names, embedded(cases), strict=True))


@pytest.fixture(scope="module")
def clean() -> dict[str, Report]:
    return reports("clean")


@pytest.fixture(scope="module")
def seeded() -> dict[str, Report]:
    return reports("seeded")


def test_every_section_is_left_out_once(clean):
    assert {*clean} == {"", *UNJUDGED}


def test_what_looks_at_a_missing_section_is_not_assessed_and_says_why(clean):
    unjudged = {section: [each.rule for each in report.not_assessed] for section, report in clean.items() if section}
    silent = [each.rule for report in clean.values() for each in report.not_assessed if not each.reason]

    assert unjudged == {section: rules.split() for section, rules in UNJUDGED.items()}
    assert silent == []


def test_a_rule_is_either_evaluated_or_not_assessed(clean):
    wanted = {rule.id for rule in policies().catalogue if rule.by == "rego" or rule.id == "waivers/unused"}
    both = {
        section: ({*report.evaluated} & {each.rule for each in report.not_assessed})
        for section, report in clean.items()
    }

    assert both == {section: set() for section in clean}
    for report in clean.values():
        assert {*report.evaluated} | {each.rule for each in report.not_assessed} == wanted


def test_no_category_with_findings_passes_once_a_section_is_gone(seeded):
    before = {rule.partition("/")[0] for rule, _, _ in found(seeded[""])}
    passed = {
        (section, category)
        for section, report in seeded.items()
        for category in before
        - {rule.partition("/")[0] for rule, _, _ in found(report)}
        - {each.rule.partition("/")[0] for each in report.not_assessed}
    }

    assert passed == GONE_WITH_THEIR_TEXT


@pytest.mark.parametrize(
    ("section", "required"),
    [
        ("delegations", "delegation"),
        ("recommendations", "recommendations"),
        ("training", "training/untrained"),
        ("waivers", "waivers"),
    ],
)
def test_what_is_required_and_not_assessed_is_no_verdict(tmp_path, section, required):
    some = tmp_path / "some.json.yaml"
    some.write_text(without(declared("clean"), section), encoding="utf-8")
    arguments = ("check", some, "--profile", "strict", "--as-of", AS_OF)

    plain = run(*arguments, "--format", "json:report.json", "--format", "text", cwd=tmp_path)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    refused = run(*arguments, "--require", required, "--format", "json", cwd=tmp_path)
    shown = " ".join(plain.stdout.decode().split())

    assert {each["rule"] for each in report["not_assessed"]} == {*UNJUDGED[section].split()}
    assert all(each["reason"] for each in report["not_assessed"])
    assert (
        f"Assessed {len(report['evaluated'])} of {len(report['evaluated']) + len(report['not_assessed'])} rules."
        in shown
    )
    assert refused.returncode == 3
    assert f'"{required}" is required, and not assessed' in refused.stderr.decode()
    assert json.loads(refused.stdout)["verdict"] == "none"


def test_what_is_required_in_the_configuration_is_no_verdict_either(tmp_path):
    (tmp_path / "uts-policy.yaml").write_text("require: [delegation]\n", encoding="utf-8")
    (tmp_path / "some.yaml").write_text(without(declared("clean"), "delegations"), encoding="utf-8")

    assert run("check", "some.yaml", "--as-of", AS_OF, cwd=tmp_path).returncode == 3


LOOKED_AT = """\
units: [{id: agency, name: Agency}]
people: [{id: p-1}]
roles:
  - {id: head, title: Head, unit: agency, holders: [{person: p-1}]}
"""


@pytest.mark.parametrize("rule", ["staffing/ineligible-holder", "staffing/below-minimum"])
def test_a_rule_asked_for_that_looks_at_no_entry_is_no_verdict(tmp_path, rule):
    (tmp_path / "all.yaml").write_text(LOOKED_AT, encoding="utf-8")
    result = run("check", "all.yaml", "--rule", rule, "--as-of", AS_OF, cwd=tmp_path)

    assert (result.returncode, result.stdout) == (3, b"")
    said = " ".join(result.stderr.decode().split())
    assert f"{rule} has nothing to assess: none of the declared roles is one that it looks at" in said
    assert run("check", "all.yaml", "--as-of", AS_OF, cwd=tmp_path).returncode == 0


def test_coverage_counts_the_entries_of_a_rule_that_could_judge_none_as_the_check_does(tmp_path):
    text = LOOKED_AT.replace("holders: [{person: p-1}]", "minimum: 1")
    (tmp_path / "all.yaml").write_text(text, encoding="utf-8")
    rule, arguments = "staffing/below-minimum", ("all.yaml", "--as-of", AS_OF, "--format", "json")
    checked = json.loads(run("check", *arguments, cwd=tmp_path).stdout)
    covered = json.loads(run("coverage", *arguments, cwd=tmp_path).stdout)

    assert rule in {each["rule"] for each in covered["not_assessed"]}
    assert covered["rules"][rule] == {"passed": 0, "failed": 0, "waived": 0, "not_judged": 1}
    assert {name: each["not_judged"] for name, each in covered["rules"].items() if each["not_judged"]} == {
        name: len(entries) for name, entries in checked["not_judged"].items()
    }


def test_a_rule_asked_for_that_looks_at_an_entry_has_a_verdict(tmp_path):
    (tmp_path / "all.yaml").write_text(LOOKED_AT.replace("title: Head,", "title: Head, minimum: 1,"), encoding="utf-8")
    result = run("check", "all.yaml", "--rule", "staffing/below-minimum", "--as-of", AS_OF, cwd=tmp_path)

    assert (result.returncode, b"Assessed 1 of 1 rule" in result.stdout) == (0, True)
