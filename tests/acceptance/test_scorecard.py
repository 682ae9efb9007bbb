"""The scorecard of the example: each cause changes its own question, and what is not declared is never met."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, run
from tests.conftest import ROOT
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.answers import Scorecard, Tile
from uts_policy.pipeline import inputs, queries
from uts_policy.pipeline.request import Request

CLEAN = ROOT / "examples" / "clean"
MET = {
    "plan": ("met", 12, 12),
    "authority": ("met", 76, 76),
    "incidents": ("met", 6, 6),
    "training": ("met", 56, 56),
}
CHANGES: dict[str, tuple[str, str, str, str, tuple[str, int, int]]] = {
    "nobody decided about a vulnerability": (
        "risk/assessments.yaml",
        "    disposition: avoid\n",
        "",
        "plan",
        ("not met", 11, 12),
    ),
    "nobody owns a vulnerability": (
        "risk/assessments.yaml",
        "    owner: chief-payments\n",
        "",
        "plan",
        ("not met", 11, 12),
    ),
    "nobody owns an action that a vulnerability rests on": (
        "risk/plan.yaml",
        "    owner: chief-facilities\n",
        "",
        "plan",
        ("not met", 11, 12),
    ),
    "a word stands for the owner of a vulnerability": (
        "risk/assessments.yaml",
        "owner: chief-payments",
        "owner: TBD",
        "plan",
        ("not met", 11, 12),
    ),
    "a vulnerability rests on an action that is not there": (
        "risk/assessments.yaml",
        "actions: [carrier-contract]",
        "actions: [carrier-contrct]",
        "plan",
        ("not met", 11, 12),
    ),
    "nobody is accountable": (
        "responsibilities/incidents.yaml",
        "    accountable: chief-uts-watch\n",
        "",
        "authority",
        ("not met", 75, 76),
    ),
    "two are accountable": (
        "responsibilities/incidents.yaml",
        "accountable: chief-uts-watch",
        "accountable: [chief-uts-watch, watch-officer]",
        "authority",
        ("not met", 75, 76),
    ),
    "a word stands for who is accountable": (
        "responsibilities/incidents.yaml",
        "accountable: chief-uts-watch",
        "accountable: TBD",
        "authority",
        ("not met", 75, 76),
    ),
    "who is accountable lacks the authority": (
        "responsibilities/incidents.yaml",
        "    criticality: high\n",
        "    requires: [withdraw-devices]\n    criticality: high\n",
        "authority",
        ("not met", 75, 76),
    ),
    "nobody commands": (
        "incidents/lines.yaml",
        "    command: sac-delta\n",
        "",
        "incidents",
        ("not met", 5, 6),
    ),
    "a line ends below the top": (
        "incidents/lines.yaml",
        "    escalate_to: phone-data-exposure-national\n",
        "    escalate_to: []\n",
        "incidents",
        ("not met", 5, 6),
    ),
    "of somebody no training is stated": (
        "training/records.yaml",
        "  - {person: p-0405, module: uts-awareness, completed_on: 2025-02-04}\n",
        "",
        "training",
        ("not assessed", 55, 56),
    ),
    "an advanced module is voluntary": (
        "training/modules.yaml",
        "    title: Money and traces online\n    level: advanced\n    mandatory: true\n",
        "    title: Money and traces online\n    level: advanced\n    mandatory: false\n",
        "training",
        ("not met", 50, 56),
    ),
}


def card(folder: Path, as_of: str = AS_OF) -> Scorecard:
    """The scorecard of a folder, worked out in this process."""
    settings = inputs.read_settings(None, folder).settings
    policies = inputs.read_policies(settings)
    request = Request(settings=settings, config=None, as_of=as_of, paths=(folder,))
    made = queries.scorecard(request, policies, EmbeddedEngine(), queries.read_question_set(None, policies))
    assert isinstance(made, Scorecard)
    return made


def standing(tile: Tile) -> tuple[str, int, int]:
    return (tile.standing.value, tile.met, tile.of)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return shutil.copytree(CLEAN, tmp_path / "declarations")


def test_the_clean_example_meets_all_four() -> None:
    assert {tile.question.id: standing(tile) for tile in card(CLEAN).tiles} == MET


@pytest.mark.parametrize("name", CHANGES)
def test_a_cause_changes_its_own_question_and_no_other(example: Path, name: str) -> None:
    file, old, new, question, expected = CHANGES[name]
    path = example / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert {tile.question.id: standing(tile) for tile in card(example).tiles} == MET | {question: expected}


LEFT_OUT = {
    "vulnerabilities": {"plan": ("not assessed", 0, 0)},
    "responsibilities": {"authority": ("not assessed", 0, 0)},
    "incidents": {"incidents": ("not assessed", 0, 0)},
    "training_records": {"training": ("not assessed", 0, 56)},
}


@pytest.mark.parametrize("section", LEFT_OUT)
def test_what_is_not_declared_is_not_assessed(example: Path, section: str) -> None:
    leave_out(example, section)
    made = {tile.question.id: standing(tile) for tile in card(example).tiles}
    assert {question: made[question] for question in LEFT_OUT[section]} == LEFT_OUT[section]


@pytest.mark.parametrize("section", ["actions", "incident_lines", "people", "roles", "training"])
def test_a_question_with_a_rule_that_was_not_evaluated_is_never_met(example: Path, section: str) -> None:
    leave_out(example, section)
    tiles = card(example).tiles
    doubtful = {tile.question.id for tile in tiles if tile.reasons}
    assert doubtful
    assert [tile.question.id for tile in tiles if tile.question.id in doubtful and tile.standing.value == "met"] == []


def leave_out(folder: Path, section: str) -> None:
    """Drops a section, from its key to the next one."""
    for file in folder.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(rf"(?m)^{section}:\n(?:[ #].*\n|\n)*", "", text), encoding="utf-8")


def test_a_waived_finding_counts_for_nothing_and_is_shown(example: Path) -> None:
    path = example / "risk" / "assessments.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("    disposition: avoid\n", "", 1), encoding="utf-8")
    waiver = (
        "  - {id: later, rule: risk/dropped-vulnerability, subject: vulnerabilities/v-23-05, reason: Under review.,"
        " approved_by: deputy-director, approved_on: 2026-11-20, expires: 2027-01-31}\n"
    )
    with (example / "waivers.yaml").open("a", encoding="utf-8") as file:
        file.write(waiver)
    plan = card(example).tiles[0]
    waived = [(finding.rule, finding.entry) for finding in plan.waived]
    assert (standing(plan), plan.findings) == (MET["plan"], ())
    assert waived == [("risk/dropped-vulnerability", "vulnerabilities/v-23-05")]


def test_owners_are_the_roles_that_own_what_is_counted() -> None:
    plan = card(ROOT / "examples" / "seeded").tiles[0]
    lacking = [(each.role, each.met, each.of) for each in plan.owners if each.met < each.of]
    assert (plan.lacking, lacking) == (("v-23-03", "v-26-04"), [("", 0, 1), ("sac-north-quay", 0, 1)])


def test_what_is_not_stated_is_not_met_in_the_share_of_its_owner_either(tmp_path: Path) -> None:
    needing = SOUND.replace("accountable: director,", "accountable: director, requires: [sign],")
    declare(tmp_path, needing + "authorities: [{id: sign, title: Sign orders}]\n")
    said = run("scorecard", "--as-of", AS_OF, cwd=tmp_path).stdout.decode()
    found = json.loads(run("scorecard", "--as-of", AS_OF, "--format", "json", cwd=tmp_path).stdout)
    authority = next(each for each in found["questions"] if each["id"] == "authority")

    assert "0 of 1 responsibility met, 1 not stated\n" in said
    assert "owners: director (0 of 1)\n" in said
    assert (authority["numerator"], authority["denominator"], authority["not_stated"]) == (0, 1, 1)
    assert authority["owners"] == [{"role": "director", "numerator": 0, "denominator": 1}]


OWN = """\
title: What the board asks
questions:
  - id: led
    question: Is every unit's lead there?
    population: roles
    rules: [staffing/vacant, {rule: reference/unknown, on: [roles]}]
"""


def own(folder: Path, text: str = OWN) -> Path:
    file = folder / "board.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_questions_of_ones_own_are_answered(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("scorecard", "--as-of", AS_OF, "--report", own(tmp_path), "--format", "json", cwd=tmp_path)
    card: Any = json.loads(result.stdout)
    assert result.returncode == 0
    assert (card["schema"], card["as_of"], card["title"]) == ("uts-policy/scorecard/1", AS_OF, "What the board asks")
    assert card["questions"] == [
        {
            "id": "led",
            "question": "Is every unit's lead there?",
            "source": "",
            "standing": "met",
            "population": "roles",
            "numerator": 1,
            "denominator": 1,
            "not_stated": 0,
            "lacking": [],
            "owners": [{"role": "director", "numerator": 1, "denominator": 1}],
            "findings": [],
            "waived": [],
            "reasons": [],
        }
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("population: roles", "population: rolls", "5:17", "rolls"),
        ("staffing/vacant", "staffing/vacnt", "6:13", 'there is no rule "staffing/vacnt"'),
        ("    population: roles\n", "", "3:5", "population"),
        ("title:", "titel:", "1:1", "titel"),
        ("[roles]}", "[rolls]}", "6:61", "rolls"),
    ],
)
def test_a_fault_in_the_questions_is_a_wrong_command_line_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    declare(tmp_path)
    file = own(tmp_path, OWN.replace(old, new, 1))
    result = run("scorecard", "--as-of", AS_OF, "--report", file.name, cwd=tmp_path)
    message = result.stderr.decode()
    assert (result.returncode, result.stdout) == (2, b"")
    assert message.startswith(f"uts-policy: error: board.yaml:{place}: ")
    assert words in message


def test_a_question_that_is_there_twice_is_a_wrong_command_line(tmp_path: Path) -> None:
    declare(tmp_path)
    file = own(tmp_path, OWN + OWN.partition("questions:\n")[2])
    result = run("scorecard", "--report", file.name, cwd=tmp_path)
    assert (result.returncode, b'board.yaml:7:9: a question "led" stands above' in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("fail_on", "questions", "code"),
    [
        ((), OWN, 0),
        (("--fail-on", "not-met"), OWN, 1),
        (("--fail-on", "not-assessed"), OWN, 1),
        (("--fail-on", "not-met"), OWN.replace("roles\n", "incidents\n", 1), 0),
        (("--fail-on", "not-assessed"), OWN.replace("roles\n", "incidents\n", 1), 1),
    ],
)
def test_answers_fail_a_run_where_that_is_asked(
    tmp_path: Path, fail_on: tuple[str, ...], questions: str, code: int
) -> None:
    declare(tmp_path, SOUND.replace(", holders: [{person: p-1}]", ", holders: []"))
    result = run("scorecard", *fail_on, "--as-of", AS_OF, "--report", own(tmp_path, questions), cwd=tmp_path)
    assert (result.returncode, result.stderr) == (code, b"")


def test_invalid_declarations_have_no_scorecard_and_leave_no_older_one(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    older = tmp_path / "card.json"
    older.write_text("old", encoding="utf-8")
    result = run("scorecard", "--format", "json", "-o", older, cwd=tmp_path)
    assert (result.returncode, result.stdout, older.exists()) == (1, b"", False)
    assert b"yaml/syntax" in result.stderr


def test_nothing_to_ask_about_is_no_verdict(tmp_path: Path) -> None:
    result = run("scorecard", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")


def test_the_guide_shows_the_built_in_questions() -> None:
    guide = (ROOT / "docs" / "guide" / "scorecard.md").read_text(encoding="utf-8")
    questions = queries.BUILT_IN.read_text(encoding="utf-8").partition("\n")[2]
    assert f"```yaml\n{questions}```" in guide
