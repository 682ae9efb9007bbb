"""`uts-policy history`: a made repository whose truth is known."""

import csv
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import run

SOUND = """\
units: [{id: agency, name: Agency}]
people: [{id: p-1}, {id: p-2}]
roles:
  - {id: lead, title: Lead, unit: agency, holders: [{person: p-1}]}
responsibilities:
  - {id: watch, statement: Keep watch, accountable: lead, responsible: lead, informed: lead}
"""
OPEN = SOUND.replace("accountable: lead, ", "")
RENAMED = (
    OPEN.replace("id: watch,", "id: guard,") + "moved: [{from: responsibilities/watch, to: responsibilities/guard}]\n"
)
MENDED = RENAMED.replace("statement: Keep watch, ", "statement: Keep watch, accountable: lead, ")


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    moment = f"{day}T12:00:00Z"
    identity = {"GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@example.org", "GIT_COMMITTER_NAME": "n",
                "GIT_COMMITTER_EMAIL": "n@example.org", "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment,
                "GIT_CONFIG_GLOBAL": "/dev/null", "PATH": "/usr/bin:/bin"}  # fmt: skip
    subprocess.run(["git", *arguments], cwd=folder, env=identity, check=True, capture_output=True)


def commit(folder: Path, day: str, text: str, name: str = "declarations") -> None:
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "all.yaml").write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", day, day=day)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sound in January; open in February; directory and duty renamed in March; invalid in April; mended in May."""
    folder = tmp_path_factory.mktemp("made")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "2026-01-10", SOUND, "governance")
    commit(folder, "2026-02-10", OPEN, "governance")
    git(folder, "mv", "governance", "declarations")
    git(folder, "commit", "-q", "-m", "moved", day="2026-03-05")
    commit(folder, "2026-03-10", RENAMED)
    commit(folder, "2026-04-10", "units: [")
    commit(folder, "2026-05-11", MENDED)
    return folder


def told(folder: Path, *arguments: str, shape: str = "json") -> Any:
    result = run("history", "--as-of", "2026-06-15", "--format", shape, *arguments, cwd=folder)
    assert (result.returncode, result.stderr) == (0, b"")
    return json.loads(result.stdout) if shape == "json" else result.stdout.decode()


def test_each_month_is_as_it_was_on_its_last_day(made: Path) -> None:
    found = told(made)
    assert (found["schema"], found["organisation"]) == ("uts-policy/history/1", "Agency")
    assert [(each["day"], each["valid"], each.get("unanswered")) for each in found["moments"]] == [
        ("2026-01-31", True, 0),
        ("2026-02-28", True, 1),
        ("2026-03-31", True, 1),
        ("2026-04-30", False, None),
        ("2026-05-31", True, 0),
        ("2026-06-15", True, 0),
    ]
    assert found["moments"][3]["fault"].startswith("declarations/all.yaml:1: ")
    assert found["moments"][1]["categories"]["ownership"] == found["moments"][2]["categories"]["ownership"] == 1


def test_a_finding_on_an_entry_that_moved_is_the_same_one(made: Path) -> None:
    found = told(made)
    assert found["moments"][1]["findings"] == found["moments"][2]["findings"] != []
    assert found["days_to_fix"] == [92]  # from the end of February to that of May, April unknown
    assert found["median_days_to_fix"] == 92.0


def test_each_moment_says_what_a_check_of_that_commit_says(made: Path, tmp_path: Path) -> None:
    (tmp_path / "declarations").mkdir()
    for moment, text in zip(told(made)["moments"][:3], (SOUND, OPEN, RENAMED), strict=True):
        (tmp_path / "declarations" / "all.yaml").write_text(text, encoding="utf-8")
        report = json.loads(run("check", "--as-of", moment["day"], "--format", "json", cwd=tmp_path).stdout)
        assert moment["findings"] == sorted(each["id"] for each in report["findings"])
        assert moment["counts"] == {level: report["counts"][level] for level in ("error", "warning", "note")}


def test_every_commit_and_a_later_beginning(made: Path) -> None:
    days = [each["day"] for each in told(made, "--every", "commit")["moments"]]
    assert days == ["2026-01-10", "2026-02-10", "2026-03-05", "2026-03-10", "2026-04-10", "2026-05-11"]
    assert [each["day"] for each in told(made, "--since", "2026-05-20", "--every", "week")["moments"]] == [
        "2026-05-24", "2026-05-31", "2026-06-07", "2026-06-14", "2026-06-15",
    ]  # fmt: skip


def test_the_text_has_curves_and_a_line_a_moment(made: Path) -> None:
    said = told(made, shape="text")
    assert said.startswith("Agency\n  errors      ▁██▁▁  from 0 to 0\n")
    assert re.search(r"^2026-02-28 +1 +0 +\d +1 +\d+ %  [0-9a-f]{8}$", said, re.MULTILINE)
    assert "2026-04-30   invalid" in said
    assert "1 finding introduced and fixed meanwhile, after a median of 92 days.\n" in said


def test_a_table_and_a_page_have_the_same_numbers(made: Path) -> None:
    rows = list(csv.DictReader(told(made, shape="csv").splitlines()))
    moments = told(made)["moments"]
    assert [row["errors"] for row in rows] == [
        str(each["counts"]["error"]) if each["valid"] else "" for each in moments
    ]
    page = told(made, shape="html")
    assert "<title>Agency: history</title>" in page
    assert page.count("<polyline") == 3
    assert page.count('<th scope="row">') == len(moments)
    assert "Invalid: declarations/all.yaml:1:" in page


def test_what_was_never_committed_has_no_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "other").write_text("x")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "other")
    (tmp_path / "declarations").mkdir()
    (tmp_path / "declarations" / "all.yaml").write_text(SOUND, encoding="utf-8")
    result = run("history", "--as-of", "2026-06-15", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert b"nothing that was asked for was committed on 2026-06-15 or before" in result.stderr


def test_outside_a_repository_there_is_no_history(tmp_path: Path) -> None:
    (tmp_path / "declarations").mkdir()
    (tmp_path / "declarations" / "all.yaml").write_text(SOUND, encoding="utf-8")
    assert run("history", cwd=tmp_path).returncode == 3


def test_a_redacted_history_names_nobody(made: Path) -> None:
    result = run(
        "history", "--redact", "--as-of", "2026-06-15", "--format", "json", cwd=made,
        UTS_POLICY_REDACT_KEY="0123456789abcdef",
    )  # fmt: skip
    assert result.returncode == 0
    assert b"p-1" not in result.stdout
