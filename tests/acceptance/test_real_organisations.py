"""Real texts and matrices, as declarations: their findings are those that the document lists and explains."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import run

PAGE = "docs/real-organisations.md"
MAPS = "examples/real/matrices"
DECLARATIONS = "examples/real/debian-constitution/declarations"
ROW = re.compile(r"\| (?P<level>error|warning|note) \| `(?P<rule>[^`]+)` \| `(?P<entry>[^`]+)` \| [^|]+ \| [^|]+ \|")
IN_PROFILE = re.compile(r"\| (?P<profile>both|standard) (?P<rest>\|.+)")
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


MATRICES = {
    "Handbook workbook 1": ("packt-tpm-1.xlsx", ""),
    "Handbook workbook 2": ("packt-tpm-2.xlsx", "packt-tpm-2.yaml"),
    "Cloud provider's matrix": ("cloud-temple-iaas-raci.md", ""),
    "Agile tribe's matrix": ("rykaj-agile.md", "rykaj-agile.yaml"),
}
"""The file of each section of the page that is a matrix, and its map."""
OPENSTACK = "OpenStack governance"


def declared(root: Path, data: Path, section: str, folder: Path) -> Path:
    """The declarations of the organisation of a section, in `folder`."""
    made = folder / "declarations"
    if section == OPENSTACK:
        return shutil.copytree(data / "openstack", made)
    file, map_file = MATRICES[section]
    chosen = ["--map", root / MAPS / map_file] if map_file else []
    result = run("import", "raci", data / "raci" / file, *chosen, cwd=folder)
    assert result.returncode == 0, result.stderr
    assert b"+ 0 not read\n" in result.stdout
    if map_file == "rykaj-agile.yaml":
        shutil.copy(root / MAPS / "agile-tribe.yaml", made)
    return made


def explained(root: Path, section: str, profile: str) -> list[tuple[str, str, str]]:
    """The rows of the table of a section that are for this profile."""
    page = (root / PAGE).read_text(encoding="utf-8")
    text = page.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    rows = [match for line in text.splitlines() if (match := IN_PROFILE.fullmatch(line))]
    matches = [ROW.fullmatch(row["rest"]) for row in rows if row["profile"] in {"both", profile}]
    assert rows
    assert None not in matches
    return sorted((each["level"], each["rule"], each["entry"]) for each in matches if each)


@pytest.mark.parametrize("section", [OPENSTACK, *MATRICES])
def test_the_data_of_others_has_the_findings_that_the_page_explains(
    root: Path, shared_data: Path, tmp_path: Path, section: str
) -> None:
    made = declared(root, shared_data, section, tmp_path)
    for profile in ("starter", "standard"):
        report = checked(tmp_path, "declarations", profile)
        assert report["evaluated"]
        assert found(report) == explained(root, section, profile)
    stated_in(made)
    assert found(checked(tmp_path, "declarations", "standard")) == explained(root, section, "standard")


def stated_in(folder: Path) -> None:
    """States a superior of the second role, and who holds the first if nobody states holders."""
    [file] = [
        file
        for file in folder.glob("*.yaml")
        if "\nroles:\n" in f"\n{file.read_text(encoding='utf-8')}" and file.name != "agile-tribe.yaml"
    ]
    text = file.read_text(encoding="utf-8")
    first = re.search(r"^roles:\n  - \{id: ([a-z-]+), [^\n]+\}\n  - \{id: [^\n]+\}\n", text, re.MULTILINE)
    if first is None:  # each role on several lines, with holders
        one, other = re.findall(r"^  - id: ([a-z-]+)\n", text, re.MULTILINE)[:2]
        edited = text.replace(f"  - id: {other}\n", f"  - id: {other}\n    reports_to: {one}\n", 1)
    else:
        held, lower = first[0].splitlines()[1:]
        edited = text.replace(held, f"{held[:-1]}, holders: [{{person: p-new}}]}}", 1)
        edited = edited.replace(lower, f"{lower[:-1]}, reports_to: {first[1]}}}", 1)
        (folder / "people-new.yaml").write_text("people: [{id: p-new}]\n", encoding="utf-8")
    assert edited != text
    file.write_text(edited, encoding="utf-8")
