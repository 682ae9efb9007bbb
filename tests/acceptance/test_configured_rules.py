"""What a configuration can change about the rules: profile, levels, globs, parameters, with the place of every slip."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, run
from tests.acceptance.test_catalogue import TABLE
from tests.generate.verdicts import Case, embedded, found, policies
from uts_policy.model.rule import Profile

SAMPLES = Path(__file__).resolve().parents[2] / "examples" / "rules"
BOUNDARIES = [
    ("ownership/term-gap", "horizon_days", 129, 128),
    ("ownership/placeholder-owner", "placeholders", ["tbd"], ["nobody"]),
    ("ownership/unacknowledged", "days", 82, 83),
    ("ownership/review-overdue", "days", 417, 418),
    ("staffing/acting-too-long", "days", 210, 211),
    ("staffing/ends-soon", "days", 38, 37),
    ("continuity/shallow-succession", "depth", 2, 1),
    ("continuity/circular-succession", "depth", 3, 2),
    ("workload/overloaded", "max", 12, 13),
    ("workload/over-consulted", "max", 8, 9),
    ("training/before-duty", "days", 30, 31),
    ("recommendations/unresolved-overdue", "days", 180, 181),
    ("waivers/too-long", "days", 530, 531),
]
"""Rule, parameter, the last value with which the failing sample still fails, and the next one."""
DECLARER = """\
units: [{id: agency, name: Agency}]
people: [{id: p-1}]
authorities: [{id: ring-the-bell, title: Ring the bell}]
roles: [{id: watch, title: Watch, unit: agency, holders: [{person: p-1}], authorities: []}]
incidents: [{id: leak, title: Leak}]
incident_lines: [{id: leak-line, incident: leak, declare: watch, command: watch}]
"""


def failing(rule: str, **parameters: Any) -> Case:
    text = (SAMPLES / rule / "fails.yaml").read_text(encoding="utf-8")
    return Case(files={"fails.yaml": text}, profile=Profile.STRICT, rules={rule: parameters} if parameters else {})


def spoken(case: Case) -> list[str]:
    return [rule for rule, _, _ in found(embedded([case])[0])]


def test_every_parameter_has_a_boundary_here():
    known = {(rule, name) for rule, row in TABLE.items() for name, _ in row.parameters}

    assert {(rule, name) for rule, name, _, _ in BOUNDARIES} | {("incident/no-command", "authority")} == known


def test_each_parameter_moves_the_boundary():
    last = embedded(failing(rule, **{name: value}) for rule, name, value, _ in BOUNDARIES)
    next_one = embedded(failing(rule, **{name: value}) for rule, name, _, value in BOUNDARIES)

    still = [
        rule in {each.rule for each in report.findings} for (rule, *_), report in zip(BOUNDARIES, last, strict=True)
    ]
    more = [
        rule in {each.rule for each in report.findings} for (rule, *_), report in zip(BOUNDARIES, next_one, strict=True)
    ]
    assert (still, more) == ([True] * len(BOUNDARIES), [False] * len(BOUNDARIES))


def test_the_authority_to_declare_is_the_one_configured():
    asked = {"incident/no-command": {"authority": "ring-the-bell"}}

    assert spoken(Case(files={"some.yaml": DECLARER})) == []
    assert spoken(Case(files={"some.yaml": DECLARER}, rules=asked)) == ["incident/no-command"]


def test_placeholders_are_read_by_all_rules_also_where_their_own_is_off(tmp_path):
    text = (SAMPLES / "ownership/placeholder-owner/fails.yaml").read_text(encoding="utf-8")
    (tmp_path / "some.yaml").write_text(text.replace("TBD", "nobody-yet"), encoding="utf-8")
    configuration = tmp_path / "uts-policy.yaml"
    words = "rules: {ownership/placeholder-owner: {placeholders: [nobody-yet]}}\n"

    assert rules_found(tmp_path) == ["reference/unknown"]
    configuration.write_text(words, encoding="utf-8")
    assert rules_found(tmp_path) == ["ownership/placeholder-owner"]
    configuration.write_text(f"{words}levels: {{ownership/placeholder-owner: off}}\n", encoding="utf-8")
    assert rules_found(tmp_path) == []


def rules_found(folder: Path) -> list[str]:
    ran = run("check", "some.yaml", "--as-of", AS_OF, "--format", "json", cwd=folder)
    return [each["rule"] for each in json.loads(ran.stdout)["findings"]]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("", ["ownership/review-overdue: warning"]),
        ("profile: starter\n", []),
        ("levels: {ownership/review-overdue: error}\n", ["ownership/review-overdue: error"]),
        ("levels: {ownership/*: note}\n", ["ownership/review-overdue: note"]),
        ("levels: {ownership/*: off}\n", []),
        ("levels: {ownership/*: off, ownership/review-overdue: note}\n", ["ownership/review-overdue: note"]),
        ("levels: {ownership/review-overdue: note, '*/*': off}\nrules: {}\nprofile: strict\n", None),
        ("profile: starter\nlevels: {ownership/review-overdue: error}\n", ["ownership/review-overdue: error"]),
        ("profile: starter\nlevels: {ownership/*: error}\n", []),
        ("rules: {ownership/review-overdue: {days: 418}}\n", []),
    ],
)
def test_profile_levels_globs_and_parameters_decide_together(tmp_path, configuration, expected):
    text = (SAMPLES / "ownership/review-overdue/fails.yaml").read_text(encoding="utf-8")
    (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "uts-policy.yaml").write_text(configuration, encoding="utf-8")
    ran = run("check", "some.yaml", "--as-of", AS_OF, "--format", "json", cwd=tmp_path)
    report = json.loads(ran.stdout)

    if expected is None:  # nothing is left to run, which is no pass
        assert (ran.returncode, report["verdict"]) == (3, "none")
        return
    assert [f"{each['rule']}: {each['level']}" for each in report["findings"]] == expected
    assert ran.returncode == int(any(each.endswith("error") for each in expected))


def test_a_parameter_of_the_wrong_type_is_2_with_its_place(tmp_path):
    (tmp_path / "some.yaml").write_text("units: [{id: agency, name: Agency}]\n", encoding="utf-8")
    wrong = {"integer": "soon", "string": "7", "array": "tbd"}
    told = []
    for rule in policies().catalogue:
        for name, parameter in rule.parameters.items():
            written = f"profile: strict\nrules:\n  {rule.id}:\n    {name}: {wrong[parameter.type]}\n"
            (tmp_path / "uts-policy.yaml").write_text(written, encoding="utf-8")
            ran = run("check", "some.yaml", cwd=tmp_path)
            said = ran.stderr.decode()
            told.append((ran.returncode, f"uts-policy.yaml:4:5: {rule.id}: `{name}` " in said))

    assert told == [(2, True)] * sum(len(row.parameters) for row in TABLE.values())
