"""A real text, as declarations: the findings are those that the document lists and explains, and no others."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import run

PAGE = "docs/real-organisations.md"
DECLARATIONS = "examples/real/debian-constitution/declarations"
ROW = re.compile(r"\| (?P<level>error|warning|note) \| `(?P<rule>[^`]+)` \| `(?P<entry>[^`]+)` \| [^|]+ \| [^|]+ \|")
STATED = {
    "the holder of a post": ("    title: Project Leader\n", "    holders: [{person: p-1}]\n"),
    "the holder of a chair": ("    title: Chair of the Technical Committee\n", "    holders: [{person: p-1}]\n"),
    "a member of a body": ("    title: Technical Committee\n", "    holders: [{person: p-1}]\n"),
    "who does the work": ("  - id: amend-constitution\n    group: D", "    responsible: developers\n"),
    "a superior": ("    title: Project Secretary\n", "    reports_to: project-leader\n"),
}
"""What may be stated: after which line, and how."""


def checked(folder: Path, declarations: str, profile: str) -> Any:
    """The report of a check, on the day that the page names."""
    return json.loads(
        run("check", declarations, "--profile", profile, "--as-of", "2026-11-30", "--format", "json", cwd=folder).stdout
    )


def found(report: Any) -> list[tuple[str, str, str]]:
    return sorted((each["level"], each["rule"], each["entry"]) for each in report["findings"])


def listed(root: Path, profile: str) -> list[tuple[str, str, str]]:
    """The rows of the table below the command with this profile."""
    page = (root / PAGE).read_text(encoding="utf-8")
    after = page.split(f"check {DECLARATIONS} --profile {profile} ", 1)[1].split("\n```\n", 1)[1]
    table = after.strip().split("\n\n", 1)[0].splitlines()[2:]
    matches = [ROW.fullmatch(line) for line in table]
    assert table
    assert None not in matches, table[matches.index(None)]
    return sorted((each["level"], each["rule"], each["entry"]) for each in matches if each)


@pytest.mark.parametrize("profile", ["starter", "standard"])
def test_the_debian_constitution_has_the_findings_that_the_page_explains(root: Path, profile: str) -> None:
    report = checked(root, DECLARATIONS, profile)
    assert report["evaluated"]
    assert found(report) == listed(root, profile)


@pytest.mark.parametrize("profile", ["starter", "standard"])
@pytest.mark.parametrize("what", STATED)
def test_stating_one_thing_about_it_adds_no_finding(root: Path, tmp_path: Path, what: str, profile: str) -> None:
    folder = shutil.copytree(root / DECLARATIONS, tmp_path / "declarations")
    before, line = STATED[what]
    edited = [file for file in folder.glob("*.yaml") if f"\n{before}" in f"\n{file.read_text(encoding='utf-8')}"]
    assert len(edited) == 1
    text = edited[0].read_text(encoding="utf-8")
    start = text.index("\n", text.index(before) + len(before) - 1) + 1
    edited[0].write_text(f"{text[:start]}{line}{text[start:]}", encoding="utf-8")
    (folder / "people.yaml").write_text("people: [{id: p-1}]\n", encoding="utf-8")
    assert found(checked(tmp_path, "declarations", profile)) == listed(root, profile)
