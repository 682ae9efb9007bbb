"""Commands besides `check`, through the installed command."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import COMMAND, SOUND, declare, environment, policy, run

SHORT = """\
findings contains {"path": ["roles", id], "message": "is short"} if {
	some id, role in input.roles
	count(role.title) < 9
}"""
TEST = """\
package uts.rules.mine["short-title_test"]

import data.uts.rules.mine["short-title"] as rule
import rego.v1

test_fires if {
	found := rule.findings with input as {"roles": {"r": {"title": "Short"}}}
	found == {{"path": ["roles", "r"], "message": "is short"}}
}

test_is_silent if {
	found := rule.findings with input as {"roles": {"r": {"title": "Long enough"}}}
	found == set()
}
"""


def test_rules_lists_every_rule_and_those_of_the_user(tmp_path: Path) -> None:
    own = policy(tmp_path, "mine/short-title", SHORT)
    listed = json.loads(run("rules", "--format", "json", "--policies", own, cwd=tmp_path).stdout)["rules"]
    ids = [rule["id"] for rule in listed]
    assert ids == sorted(ids)
    assert {"mine/short-title", "ownership/unassigned", "schema/type", "waivers/unused"} <= set(ids)
    assert {rule["id"]: (rule["by"], rule["builtin"]) for rule in listed}["mine/short-title"] == ("rego", False)


def test_rules_can_be_chosen_by_id_category_and_glob(tmp_path: Path) -> None:
    result = run("rules", "--format", "json", "waivers/unused", "yaml", "*/unassigned", cwd=tmp_path)
    ids = {rule["id"] for rule in json.loads(result.stdout)["rules"]}
    assert {"waivers/unused", "yaml/syntax", "ownership/unassigned"} <= ids
    assert {each.partition("/")[0] for each in ids} == {"waivers", "yaml", "ownership"}


def test_explain_shows_the_page_of_a_rule(tmp_path: Path) -> None:
    result = run("explain", "ownership/unassigned", cwd=tmp_path)
    lines = result.stdout.decode().splitlines()
    assert (result.returncode, lines[0]) == (0, "ownership/unassigned")
    assert {"What it flags", "What can happen", "What to do", "Where it comes from"} <= set(lines)


def test_a_rule_of_the_users_is_evaluated_beside_ours(tmp_path: Path) -> None:
    declare(tmp_path)
    own = policy(tmp_path, "mine/short-title", SHORT)
    report = json.loads(run("check", "--policies", own, "--format", "json", cwd=tmp_path).stdout)
    assert [(each["rule"], each["entry"]) for each in report["findings"]] == [("mine/short-title", "roles/director")]
    assert {"mine/short-title", "ownership/unassigned"} <= set(report["evaluated"])


def test_rules_of_the_configuration_lie_beside_it(tmp_path: Path) -> None:
    declare(tmp_path)
    policy(tmp_path, "mine/short-title", SHORT)
    (tmp_path / "uts-policy.yaml").write_text("policies: [policies]\nlevels: {mine/short-title: error}\n")
    (tmp_path / "below").mkdir()
    result = run("check", "--format", "json", cwd=tmp_path / "below")
    report = json.loads(result.stdout)
    assert (result.returncode, [each["level"] for each in report["findings"]]) == (1, ["error"])
    assert report["files"][0]["path"] == "declarations/all.yaml"


@pytest.mark.parametrize("name", ["declarations", "config", "corpus", "report"])
def test_schema_prints_the_file(root: Path, name: str) -> None:
    expected = (root / "schemas" / f"{name}.schema.json").read_bytes()
    assert run("schema", name, cwd=root).stdout == expected


def test_schema_with_ids_offers_what_is_declared(tmp_path: Path) -> None:
    declare(tmp_path)
    schema = json.loads(run("schema", "declarations", "--with-ids", cwd=tmp_path).stdout)
    assert schema["$defs"]["role-id"]["examples"] == ["director"]
    assert schema["$defs"]["stakeholder-id"]["examples"] == ["agency", "director"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(tmp_path: Path, shell: str) -> None:
    result = run("completion", shell, cwd=tmp_path)
    assert result.returncode == 0
    assert f"_UTS_POLICY_COMPLETE={shell}_complete" in result.stdout.decode()


def test_the_shell_is_told_commands_options_and_formats(tmp_path: Path) -> None:
    def completed(words: str, number: int) -> list[str]:
        changes = {"_UTS_POLICY_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
        return run(cwd=tmp_path, **changes).stdout.decode().split()

    assert completed("uts-policy va", 1) == ["plain,validate"]
    assert "plain,--as-of" in completed("uts-policy check --a", 2)
    assert completed("uts-policy check --format js", 3) == ["plain,json"]


def test_version_names_the_program(tmp_path: Path) -> None:
    result = run("--version", cwd=tmp_path)
    assert result.stdout.decode().split()[0] == "uts-policy"


def test_tests_of_a_users_rule_pass_and_are_counted(tmp_path: Path) -> None:
    own = policy(tmp_path, "mine/short-title", SHORT)
    (own / "mine" / "short-title_test.rego").write_text(TEST)
    result = run("test", cwd=tmp_path)
    assert (result.returncode, result.stdout.decode()) == (
        0,
        "2 tests: 2 passed, 0 failed, 0 errors, 0 skipped. 100.0 % of lines covered.\n",
    )


def test_a_test_that_fails_is_1_and_named(tmp_path: Path) -> None:
    own = policy(tmp_path, "mine/short-title", SHORT.replace("< 9", "< 4"))
    (own / "mine" / "short-title_test.rego").write_text(TEST)
    result = run("test", "policies", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout.decode().splitlines()[0] == "FAIL   mine/short-title_test.rego:6  test_fires"
    report = json.loads(run("test", "--format", "json", cwd=tmp_path).stdout)
    assert [each["outcome"] for each in report["tests"]] == ["fail", "pass"]


def test_no_test_at_all_is_3(tmp_path: Path) -> None:
    policy(tmp_path, "mine/short-title", SHORT)
    result = run("test", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert 'no test in "policies"' in result.stderr.decode()


def test_profile_rules_tells_the_time_of_each_rule_beside_the_report(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("check", "--profile-rules", "--rule", "ownership/*", "--format", "json", cwd=tmp_path)
    timed = [line.split() for line in result.stderr.decode().splitlines()]
    assert sorted(line[-1] for line in timed) == json.loads(result.stdout)["evaluated"]
    assert all(float(line[0]) >= 0 and line[1] == "s" for line in timed)


@pytest.mark.skipif(os.name == "nt", reason="bash is not at home on Windows")
def test_the_examples_of_help_for_bash_work(tmp_path: Path) -> None:
    script = 'eval "$(uts-policy completion bash)" && complete -p uts-policy'
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment(PATH=path), capture_output=True, check=False
    )
    assert (result.returncode, b"_uts_policy_completion uts-policy" in result.stdout) == (0, True)


def test_declarations_in_several_documents_and_files_are_one_corpus(tmp_path: Path) -> None:
    head, tail = SOUND.split("roles:")
    declare(tmp_path, f"{head}---\nroles:{tail.split('responsibilities:')[0]}", "a.yaml")
    declare(tmp_path, f"responsibilities:{tail.split('responsibilities:')[1]}", "b.yml")
    assert run("check", cwd=tmp_path).returncode == 0
