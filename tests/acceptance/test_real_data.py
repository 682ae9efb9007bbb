"""The governance of a real project, by people who never heard of this one; skipped where it is absent."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, run

ROLE = "openstack-charms-ptl"
"""The role that most assignments name: 146."""


@pytest.fixture
def declarations(shared_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(shared_data / "openstack", tmp_path / "declarations")


def checked(folder: Path, *options: str) -> tuple[int, Any]:
    result = run("check", "--as-of", AS_OF, "--format", "json", *options, cwd=folder.parent)
    return result.returncode, json.loads(result.stdout)


def test_the_real_vacancy_is_one_error_on_its_line_and_the_only_one(declarations: Path) -> None:
    lines = (declarations / "roles.yaml").read_text(encoding="utf-8").split("\n")
    number, line = next((number, line) for number, line in enumerate(lines, 1) if "APPOINTMENT NEEDED" in line)
    code, report = checked(declarations)
    errors = [finding for finding in report["findings"] if finding["level"] == "error"]
    assert (code, [finding["rule"] for finding in errors]) == (1, ["ownership/placeholder-owner"])
    start = line.index("APPOINTMENT NEEDED") + 1
    assert errors[0]["location"] == {
        "file": "declarations/roles.yaml",
        "line": number,
        "column": start,
        "end_line": number,
        "end_column": start + len("APPOINTMENT NEEDED"),
    }


def without_the_role(declarations: Path) -> None:
    """Drops the entry of the role, from its dash to the next."""
    file = declarations / "roles.yaml"
    head, found, tail = file.read_text(encoding="utf-8").partition(f"  - id: {ROLE}\n")
    assert found
    file.write_text(f"{head}  - id:{tail.partition('  - id:')[2]}", encoding="utf-8")


def test_a_role_that_is_gone_is_one_cause_in_text_and_146_findings_in_json(declarations: Path) -> None:
    without_the_role(declarations)
    code, report = checked(declarations)
    found = [finding for finding in report["findings"] if finding["rule"] == "reference/unknown"]
    assert (code, len(found), len({finding["cause"] for finding in found})) == (1, 146, 1)
    text = run("check", "--as-of", AS_OF, cwd=declarations.parent).stdout.decode()
    assert Counter(word for word in text.split() if word == "reference/unknown") == {"reference/unknown": 1}
    assert f'"{ROLE}" names no role' in text
    assert "(145 more places, -v)" in text
    assert "147 errors (2 causes)" in text


def test_a_role_that_is_gone_leads_the_list_of_top_causes(declarations: Path) -> None:
    without_the_role(declarations)
    text = run("check", "--as-of", AS_OF, "--top", "1", cwd=declarations.parent).stdout.decode()
    assert "APPOINTMENT NEEDED" not in text
    assert "1 more cause not shown (--top 1; -v shows everything)." in text
