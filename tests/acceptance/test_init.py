"""`init`: what it writes passes its own check, and overwrites nothing."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, run
from tests.conftest import ROOT, require_tool


def findings(folder: Path, *arguments: str) -> list[tuple[str, str]]:
    report = json.loads(run("check", "--format", "json", "--as-of", AS_OF, *arguments, cwd=folder).stdout)
    return [(each["rule"], each["entry"]) for each in report["findings"]]


def test_a_new_repository_passes_its_own_check_in_every_profile_and_says_what_comes_next(tmp_path: Path) -> None:
    result = run("init", cwd=tmp_path)
    assert (result.returncode, result.stdout.decode().splitlines()) == (
        0,
        [
            "declarations/organisation.yaml", "uts-policy.yaml", "declarations.schema.json", "",
            "Next:", "  uts-policy check", "  uts-policy import raci MATRIX.xlsx --dry-run", "  uts-policy coverage",
        ],
    )  # fmt: skip
    assert run("check", "--as-of", AS_OF, cwd=tmp_path).returncode == 0
    assert findings(tmp_path, "--profile", "standard") == []
    first = (tmp_path / "declarations/organisation.yaml").read_text().splitlines()[0]
    schema = first.removeprefix("# yaml-language-server: $schema=")
    assert (tmp_path / "declarations" / schema).resolve() == tmp_path / "declarations.schema.json"


def test_a_matrix_is_imported_into_a_new_repository(tmp_path: Path) -> None:
    run("init", "duties", cwd=tmp_path)
    (tmp_path / "matrix.csv").write_text("Task,Director,Clerk\nPlan,A,R\nReport,A,R\n")
    result = run("import", "raci", "../matrix.csv", cwd=tmp_path / "duties")
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "duties/declarations/matrix.yaml").read_text()
    assert text.startswith("roles:\n  - {id: clerk, title: Clerk, unit: organisation}\n\n")
    assert findings(tmp_path / "duties") == []


def test_the_template_asks_who_answers_and_the_check_lists_what_is_left(tmp_path: Path) -> None:
    run("init", "--template", "uts", cwd=tmp_path)
    found = findings(tmp_path)
    questions = [entry for rule, entry in found if rule == "ownership/placeholder-owner"]
    assert len(questions) == 13
    assert "assignments/command-incident/TBD/A" in questions
    assert [each for each in found if each[0].startswith(("yaml/", "schema/", "reference/"))] == []


@pytest.mark.parametrize(
    ("ci", "file"),
    [
        ("github", ".github/workflows/uts-policy.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("pre-commit", ".pre-commit-config.yaml"),
    ],
)
def test_a_workflow_is_written_where_its_system_looks(ci: str, file: str, tmp_path: Path) -> None:
    assert run("init", "--ci", ci, cwd=tmp_path).returncode == 0
    assert (tmp_path / file).is_file()


def test_the_workflow_for_github_is_one(tmp_path: Path) -> None:
    run("init", "--ci", "github", cwd=tmp_path)
    workflow = tmp_path / ".github/workflows/uts-policy.yml"
    result = subprocess.run([require_tool("actionlint"), workflow], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_job_for_gitlab_is_the_one_in_the_documents(tmp_path: Path) -> None:
    run("init", "--ci", "gitlab", cwd=tmp_path)
    assert (tmp_path / ".gitlab-ci.yml").read_bytes() == (ROOT / "docs/ci/gitlab.yml").read_bytes()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "uts-policy.yaml").write_text("profile: strict\n")
    result = run("init", cwd=tmp_path)
    assert result.returncode == 2
    assert b'"uts-policy.yaml" already exists' in result.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["uts-policy.yaml"]


def test_a_workbook_that_is_given_to_check_is_recognised_and_import_is_named(tmp_path: Path) -> None:
    from tests.unit.exchange.files import workbook

    workbook(tmp_path / "m.xlsx", {"RACI": [["Task", "Lead"], ["Plan", "A"]]})
    result = run("check", "m.xlsx", cwd=tmp_path)
    assert result.returncode != 0
    assert b"import raci" in result.stdout + result.stderr
