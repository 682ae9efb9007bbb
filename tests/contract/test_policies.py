"""The rules as OPA's own users check them, and tests of rules that end as they do under `opa test`."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import run
from tests.unit.engine.test_policy_tests import FILES

pytestmark = pytest.mark.opa


def ask(opa: str, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([opa, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False)


def outcome(test: dict[str, Any]) -> str:
    return next((each for each in ("skip", "error", "fail") if test.get(each)), "pass")


def by_opa(opa: str, folder: Path) -> dict[tuple[str, str], str]:
    result = ask(opa, "test", "--format=json", ".", cwd=folder)
    return {(test["package"], test["name"]): outcome(test) for test in json.loads(result.stdout)}


def by_us(folder: Path) -> tuple[int, dict[tuple[str, str], str]]:
    result = run("test", "--format", "json", ".", cwd=folder)
    tests = json.loads(result.stdout)["tests"]
    return result.returncode, {(test["package"], test["name"]): test["outcome"] for test in tests}


def test_the_rules_pass_opas_strict_check(opa: str, root: Path) -> None:
    result = ask(opa, "check", "--strict", "policies", cwd=root)
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_the_rules_are_formatted(opa: str, root: Path) -> None:
    result = ask(opa, "fmt", "--list", "policies", cwd=root)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_tests_of_the_rules_reach_all_lines(opa: str, root: Path) -> None:
    result = ask(opa, "test", "policies", "--coverage", "--format=json", cwd=root)
    files = json.loads(result.stdout)["files"]
    missed = {
        name: [span["start"]["row"] for span in file["not_covered"]]
        for name, file in files.items()
        if file.get("not_covered")
    }
    rules = {file.relative_to(root).as_posix() for file in (root / "policies").rglob("*.rego")}
    assert missed == {}
    assert {name for name in rules if not name.endswith("_test.rego")} <= set(files)


@pytest.mark.slow
def test_the_tests_of_the_rules_end_alike_on_both(opa: str, root: Path) -> None:
    theirs = by_opa(opa, root / "policies")
    assert by_us(root / "policies") == (0, theirs)
    assert set(theirs.values()) == {"pass"}


def test_broken_tests_end_alike_on_both(opa: str, tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file.path).write_text(file.text, encoding="utf-8")
    theirs = by_opa(opa, tmp_path)
    assert by_us(tmp_path) == (1, theirs)
    assert set(theirs.values()) == {"pass", "fail", "error", "skip"}


@pytest.mark.parametrize("text", ["package own\n\ntest_a if {\n", "package own\n\ntest_a if z > 1\n"])
def test_what_does_not_compile_has_no_verdict_on_either(opa: str, tmp_path: Path, text: str) -> None:
    (tmp_path / "own_test.rego").write_text(text, encoding="utf-8")
    result = run("test", ".", cwd=tmp_path)
    assert ask(opa, "test", ".", cwd=tmp_path).returncode != 0
    assert (result.returncode, result.stdout) == (3, b"")
    assert result.stderr.decode().startswith("uts-policy: error: own_test.rego:")
