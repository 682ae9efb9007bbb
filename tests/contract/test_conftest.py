"""`uts-policy corpus | conftest test` counts as `check` does; what is no corpus is refused in words."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, SOUND, declare, run

REFUSED = (
    "this is no corpus, so no rule was evaluated: give the output of `uts-policy corpus`, "
    "not the declarations themselves"
)
SAMPLES = ("ownership/unassigned", "staffing/departed-holder", "waivers/expired", "directives/conflicting")
NO_CORPUS = {
    "raw declarations": "roles: [{id: lead}]\n",
    "an empty object": "{}",
    "nothing": "",
    "null": "null",
    "several documents": "---\nroles: []\n---\nunits: []\n",
    "a list": "[{}]",
}


def counted(binary: str, root: Path, text: bytes | str) -> tuple[int, int, int]:
    """Exit code, failures and warnings of `conftest test -p policies -`."""
    result, (answer,) = ask_conftest(binary, root, text)
    assert answer["namespace"] == "main"
    return result, len(answer.get("failures", [])), len(answer.get("warnings", []))


def ask_conftest(binary: str, root: Path, text: bytes | str) -> tuple[int, list[dict]]:
    data = text.encode() if isinstance(text, str) else text
    command = [binary, "test", "--policy", "policies", "--output", "json", "-"]
    result = subprocess.run(command, cwd=root, input=data, capture_output=True, check=False)
    return result.returncode, json.loads(result.stdout)


def checked(root: Path, *arguments: object) -> tuple[int, int]:
    """Errors, and warnings with notes, that `check` reports, findings of the host aside."""
    report = json.loads(run("check", *arguments, "--format", "json", cwd=root).stdout)
    host = {"waivers/unused"}
    open_ = [each for each in report["findings"] if each["waiver"] is None and each["rule"] not in host]
    errors = sum(each["level"] == "error" for each in open_)
    return errors, len(open_) - errors


def assert_alike(binary: str, root: Path, *arguments: object) -> tuple[int, int]:
    corpus = run("corpus", *arguments, cwd=root)
    assert corpus.returncode == 0, corpus.stderr.decode()
    errors, others = checked(root, *arguments)
    assert counted(binary, root, corpus.stdout) == (1 if errors else 0, errors, others)
    return errors, others


@pytest.mark.conftest
@pytest.mark.parametrize("profile", ["starter", "standard", "strict"])
@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_conftest_counts_as_check_does(conftest_binary: str, root: Path, example: str, profile: str) -> None:
    arguments = (f"examples/{example}", "--as-of", AS_OF, "--profile", profile)
    errors, others = assert_alike(conftest_binary, root, *arguments)
    assert (errors > 0) == (example == "seeded")
    assert (others > 0) == (example == "seeded" and profile != "starter")


@pytest.mark.conftest
@pytest.mark.parametrize("rule", SAMPLES)
@pytest.mark.parametrize("name", ["fails", "passes"])
def test_conftest_counts_samples_as_check_does(conftest_binary: str, root: Path, rule: str, name: str) -> None:
    sample = f"examples/rules/{rule}/{name}.yaml"
    assert_alike(conftest_binary, root, sample, "--as-of", AS_OF, "--profile", "strict")


@pytest.mark.conftest
def test_conftest_counts_a_real_project_as_check_does(conftest_binary: str, root: Path, shared_data: Path) -> None:
    errors, others = assert_alike(
        conftest_binary, root, shared_data / "openstack", "--as-of", AS_OF, "--profile", "strict"
    )
    assert (errors, others > 0) == (1, True)


@pytest.mark.conftest
@pytest.mark.parametrize("name", NO_CORPUS)
def test_conftest_refuses_what_is_no_corpus(conftest_binary: str, root: Path, name: str) -> None:
    code, answers = ask_conftest(conftest_binary, root, NO_CORPUS[name])
    assert code == 1
    assert {failure["msg"] for answer in answers for failure in answer["failures"]} == {REFUSED}
    assert all(answer["failures"] for answer in answers)


@pytest.mark.opa
def test_opa_eval_denies_as_check_does(opa: str, root: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.json"
    corpus.write_bytes(run("corpus", "examples/seeded", "--as-of", AS_OF, cwd=root).stdout)
    denied, warned = (evaluated(opa, root, f"data.main.{name}", "--input", corpus) for name in ("deny", "warn"))
    assert (len(denied), len(warned)) == checked(root, "examples/seeded", "--as-of", AS_OF)
    assert {each["level"] for each in denied} == {"error"}


@pytest.mark.opa
@pytest.mark.parametrize("text", ["{}", '{"roles": []}', "null", None])
def test_opa_eval_denies_what_is_no_corpus(opa: str, root: Path, tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "input.json"
    file.write_text(text or "", encoding="utf-8")
    given = () if text is None else ("--input", file)
    assert evaluated(opa, root, "data.main.deny", *given) == [{"msg": REFUSED}]


def evaluated(opa: str, root: Path, query: str, *options: object) -> list[dict]:
    command = [opa, "eval", "--data", "policies", "--format", "json", *map(str, options), query]
    answer = json.loads(subprocess.run(command, cwd=root, capture_output=True, check=True).stdout)
    return answer["result"][0]["expressions"][0]["value"]


RULE = """\
# METADATA
# title: Grade
# description: A grade is a number.
# custom:
#   level: error
#   profile: starter
#   subjects: [roles]
#   needs: []
#   criteria:
#     - source: Judgement
#       text: A grade counts.
#   effect: Somebody too junior decides.
#   remediation: Raise it.
package uts.rules.agency.grade

import rego.v1

findings contains {"path": ["roles", id], "message": "the grade is too low"} if {
	some id, role in input.roles
	to_number(role.tags[0]) < 5
}
"""


@pytest.mark.conftest
def test_a_function_that_fails_in_a_rule_is_no_pass_with_the_option_that_the_guide_gives(
    conftest_binary: str, root: Path, tmp_path: Path
) -> None:
    option = "--show-builtin-errors"
    assert f"conftest test {option} " in (root / "docs" / "guide" / "opa.md").read_text(encoding="utf-8")
    (tmp_path / "own" / "agency").mkdir(parents=True)
    (tmp_path / "own" / "agency" / "grade.rego").write_text(RULE)
    declare(tmp_path, SOUND.replace("title: Director,", 'title: Director, tags: ["3 (provisional)"],'))
    corpus = run("corpus", "--policies", "own", cwd=tmp_path)
    run("bundle", "--policies", "own", "--out", "rules.tar.gz", cwd=tmp_path)
    (tmp_path / "rules").mkdir()
    subprocess.run(["tar", "-xzf", "rules.tar.gz", "-C", "rules"], cwd=tmp_path, check=True)
    command = [conftest_binary, "test", option, "--policy", "rules", "-"]
    done = subprocess.run(command, cwd=tmp_path, input=corpus.stdout, capture_output=True, check=False)
    assert (done.returncode, b"to_number" in done.stdout + done.stderr) == (1, True)
    assert run("check", "--policies", "own", cwd=tmp_path).returncode == 3
