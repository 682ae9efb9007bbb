"""`uts-policy new rule`: what it writes works at once, on both engines, and under OPA's own tools."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import run

RULE = "mine/no-description"
WRITTEN = [
    "policies/mine/no-description.rego",
    "policies/mine/no-description_test.rego",
    "examples/rules/mine/no-description/fails.yaml",
    "examples/rules/mine/no-description/passes.yaml",
]


def files(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def findings(folder: Path, sample: str, *options: str, **environment: str) -> tuple[int, list[tuple[str, str, int]]]:
    path = f"examples/rules/{RULE}/{sample}.yaml"
    arguments = ("check", path, "--rule", RULE, "--fail-on", "note", "--format", "json", *options)
    result = run(*arguments, cwd=folder, **environment)
    report = json.loads(result.stdout)
    found = [(each["rule"], each["entry"], each["location"]["line"]) for each in report["findings"]]
    return result.returncode, found


def test_the_files_are_written_and_listed(tmp_path: Path) -> None:
    result = run("new", "rule", RULE, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    assert files(tmp_path) == sorted(WRITTEN)
    listed, _, hints = result.stdout.decode().partition("\n\nTry:\n")
    assert listed.splitlines() == WRITTEN
    for line in hints.splitlines():
        assert run(*line.split()[1:], cwd=tmp_path).returncode == 0


def test_its_tests_pass_and_reach_every_line(tmp_path: Path) -> None:
    run("new", "rule", RULE, cwd=tmp_path)
    report = json.loads(run("test", "--format", "json", cwd=tmp_path).stdout)
    assert {each["outcome"] for each in report["tests"]} == {"pass"}
    assert [(each["file"], each["uncovered"]) for each in report["coverage"]["files"]] == [
        ("mine/no-description.rego", [])
    ]


def test_one_sample_fails_and_the_other_passes(tmp_path: Path) -> None:
    run("new", "rule", RULE, cwd=tmp_path)
    assert findings(tmp_path, "fails", "--policies", "policies") == (1, [(RULE, "roles/watch-officer", 7)])
    assert findings(tmp_path, "passes", "--policies", "policies") == (0, [])


def test_a_second_rule_and_the_configured_directory_are_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "uts-policy.yaml").write_text("policies: [own]\n", encoding="utf-8")
    (tmp_path / "below").mkdir()
    assert run("new", "rule", "my-own/rule", cwd=tmp_path / "below").returncode == 0
    assert run("new", "rule", RULE, cwd=tmp_path).returncode == 0
    assert (tmp_path / "own" / "my-own" / "rule_test.rego").is_file()
    assert findings(tmp_path, "fails") == (1, [(RULE, "roles/watch-officer", 7)])


@pytest.mark.opa
def test_opa_itself_is_content(opa: str, root: Path, tmp_path: Path) -> None:
    run("new", "rule", RULE, cwd=tmp_path)
    policies = [tmp_path / "policies", root / "policies"]
    assert findings(tmp_path, "fails", "--policies", "policies", "--engine", "both", UTS_POLICY_OPA=opa)[0] == 1
    for command in (
        ["check", "--strict", *policies],
        ["fmt", "--list", policies[0]],
        ["test", *policies, "-r", "mine"],
    ):
        result = subprocess.run([opa, *command], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, "")
        assert command[0] == "test" or result.stdout == ""


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("Mine", '"Mine" is no id of a rule'),
        ("import/x", '"import" is a word of Rego'),
        ("ownership/unassigned", 'a built-in rule has the id "ownership/unassigned"'),
        ("waivers/unused", 'a built-in rule has the id "waivers/unused"'),
        ("schema/ours", '"schema" is a category of the form of declarations'),
    ],
)
def test_an_id_that_cannot_be_used_is_2_and_nothing_is_written(tmp_path: Path, rule: str, words: str) -> None:
    result = run("new", "rule", rule, cwd=tmp_path)
    assert (result.returncode, result.stdout, files(tmp_path)) == (2, b"", [])
    assert words in result.stderr.decode()


@pytest.mark.parametrize("there", WRITTEN)
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    file = tmp_path / there
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n", encoding="utf-8")
    result = run("new", "rule", RULE, cwd=tmp_path)
    assert (result.returncode, files(tmp_path)) == (2, [there])
    assert f'"{there}" is there already' in result.stderr.decode()
    assert file.read_text(encoding="utf-8") == "# mine\n"
