"""`export raci`, and back: the same duties, roles and letters in force."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.acceptance.command import AS_OF, declare, run
from tests.conftest import ROOT

TEXT = """\
units: [{id: a, name: A}, {id: b, name: B, parent: a}]
roles:
  - {id: lead, title: Lead, unit: a}
  - {id: clerk-a, title: Clerk, unit: a}
  - {id: clerk-b, title: Clerk, unit: b}
responsibilities:
  - {id: plan, statement: Plan the year, group: Plans, accountable: lead, responsible: [lead, clerk-a]}
  - {id: sweep, statement: Sweep the floor, group: Plans}
  - {id: old, statement: Sharpen quills, status: retired}
  - {id: mail, statement: Open the mail, group: Mail, accountable: [lead, clerk-b]}
assignments:
  - {responsibility: mail, role: clerk-a, code: C, scope: {units: [b]}}
  - {responsibility: mail, role: clerk-b, code: I, from: 2026-02-01}
  - {responsibility: mail, role: lead, code: S, to: 2020-01-01}
"""
CSV = """\
Area,Duty,Lead,Clerk (clerk-a),Clerk (clerk-b)
Plans,Plan the year,A/R,R,
Plans,Sweep the floor,-,-,-
Mail,Open the mail,A,C (1),A/I (2)

(1) only for units b
(2) from 2026-02-01
"""


def export(folder: Path, *arguments: str) -> bytes:
    result = run("export", "raci", "--as-of", AS_OF, *arguments, cwd=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


def stated(folder: Path, *paths: str) -> set[tuple[str, str, str]]:
    """Statement, title and letter of everything that is in force."""
    corpus = json.loads(run("corpus", *paths, "--as-of", AS_OF, cwd=folder).stdout)
    duties, roles = corpus["responsibilities"], corpus["roles"]
    return {
        (duty["statement"], roles[corpus["assignments"][each]["role"]]["title"], code)
        for id_, duty in duties.items()
        if duty["status"] == "active"
        for code, assignments in corpus["links"]["assignments"].get(id_, {}).items()
        for each in assignments
        if corpus["assignments"][each]["role"] in roles
        if corpus["assignments"][each]["from"] <= AS_OF <= corpus["assignments"][each]["to"]
    }


def test_letters_in_force_with_notes_for_what_is_limited(tmp_path: Path) -> None:
    declare(tmp_path, TEXT)
    assert export(tmp_path).decode().replace("\r\n", "\n") == CSV


def test_only_gaps_are_duties_without_one_accountable_role(tmp_path: Path) -> None:
    declare(tmp_path, TEXT)
    lines = export(tmp_path, "--only-gaps").decode().splitlines()
    assert [line.split(",")[1] for line in lines[1:3]] == ["Sweep the floor", "Open the mail"]


def test_a_gap_is_what_the_matrix_calls_one(tmp_path: Path) -> None:
    former = "{id: former, title: Former, unit: a, status: abolished}"
    declare(
        tmp_path,
        f"""\
units: [{{id: a, name: A}}, {{id: b, name: B, parent: a}}, {{id: c, name: C, parent: a}}]
roles: [{{id: lead, title: Lead, unit: b}}, {{id: clerk, title: Clerk, unit: c}}, {former}]
responsibilities:
  - {{id: split, statement: Open the mail, scope: {{units: [b, c]}}}}
  - {{id: held, statement: Sweep the floor, accountable: former}}
assignments:
  - {{responsibility: split, role: lead, code: A, scope: {{units: [b]}}}}
  - {{responsibility: split, role: clerk, code: A, scope: {{units: [c]}}}}
""",
    )
    lines = export(tmp_path, "--only-gaps").decode().splitlines()
    assert [line.split(",")[1] for line in lines] == ["Duty", "Sweep the floor"]


def test_a_workbook_offers_the_letters_and_explains_them(tmp_path: Path) -> None:
    declare(tmp_path, TEXT)
    export(tmp_path, "--out", "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    sheet = book["RACI"]
    [offer] = sheet.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref).split(":")[0]) == ('"R,A,A/R,S,C,I,C/I"', "C2")
    assert sheet.freeze_panes == "C2"
    legend = [[cell.value for cell in row] for row in book["Legend"].iter_rows()]
    assert ["R", "Responsible: does the work"] in legend
    assert [None, "(1) only for units b"] in legend


@pytest.mark.parametrize("name", ["m.csv", "m.md", "m.xlsx"])
@pytest.mark.parametrize("example", ["clean", "openstack"])
def test_there_and_back_gives_the_same_letters(
    example: str, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = ROOT / "examples/clean"
    if example == "openstack":
        place = request.getfixturevalue("shared_data") / "openstack"
    shutil.copytree(place, tmp_path / "declarations")
    export(tmp_path, "--out", name)
    shutil.rmtree(tmp_path / ".uts-policy")  # as in another repository
    result = run("import", "raci", name, "--out", "back", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert stated(tmp_path, "back") == stated(tmp_path, "declarations")


def test_a_workbook_needs_a_file_and_invalid_declarations_give_none(tmp_path: Path) -> None:
    declare(tmp_path, TEXT)
    assert run("export", "raci", "--format", "xlsx", cwd=tmp_path).returncode == 2
    declare(tmp_path, "roles: [\n")
    result = run("export", "raci", "--out", "m.csv", cwd=tmp_path)
    assert result.returncode == 1
    assert not (tmp_path / "m.csv").exists()


@pytest.mark.parametrize("name", ["m.csv", "m.md", "m.xlsx"])
def test_what_is_limited_comes_back_with_its_scope_and_its_days(name: str, tmp_path: Path) -> None:
    declare(tmp_path, TEXT)
    export(tmp_path, "--out", name)
    assert run("import", "raci", name, "--out", "back", cwd=tmp_path).returncode == 2  # the record is there
    shutil.rmtree(tmp_path / ".uts-policy")
    assert run("import", "raci", name, "--out", "back", cwd=tmp_path).returncode == 0
    assert limited(tmp_path, "back") == limited(tmp_path, "declarations") != set()
    checked = json.loads(run("check", "back", "--format", "json", "--as-of", AS_OF, cwd=tmp_path).stdout)
    assert [each for each in checked["findings"] if each["rule"].startswith(("reference/", "schema/"))] == []


def limited(folder: Path, *paths: str) -> set[tuple[str, ...]]:
    """Statement, title, letter, units and first day of each assignment in force that is limited."""
    corpus = json.loads(run("corpus", *paths, "--as-of", AS_OF, cwd=folder).stdout)
    titles = {id_: role["title"].partition(" (")[0] for id_, role in corpus["roles"].items()}
    return {
        (
            corpus["responsibilities"][each["responsibility"]]["statement"], titles[each["role"]], each["code"],
            *each["scope"].get("units", ()), each["from"],
        )
        for each in corpus["assignments"].values()
        if (each["scope"].get("units") or each["from"] > "0001-01-01") and each["to"] > AS_OF
    }  # fmt: skip


@pytest.mark.parametrize("name", ["m.csv", "m.md", "m.xlsx"])
def test_an_export_that_comes_back_unchanged_changes_no_byte(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples/clean", tmp_path / "declarations")
    export(tmp_path, "--out", name)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    result = run("import", "raci", name, "--update", cwd=tmp_path)
    assert (result.returncode, result.stdout.decode().splitlines()[-1]) == (0, "Nothing has changed."), result.stderr
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_what_people_change_in_an_export_is_merged_with_what_changed_meanwhile(tmp_path: Path) -> None:
    declare(tmp_path, TEXT)
    export(tmp_path, "--out", "m.csv")
    lines = (tmp_path / "m.csv").read_bytes().decode()
    assert "Plans,Plan the year,A/R,R,\r\n" in lines
    changed = "Plans,Plan the whole year,A,R,C\r\nPlans,Count the keys,A,,R\r\n"
    lines = lines.replace("Plans,Plan the year,A/R,R,\r\n", changed)
    lines = lines.replace("Sweep the floor,-,-,-", "Sweep the floor,,A,")
    (tmp_path / "m.csv").write_bytes(lines.replace("C (1)", "-").encode())
    file = tmp_path / "declarations/all.yaml"
    file.write_text(TEXT.replace("statement: Sweep the floor,", "statement: Sweep the floor, criticality: high,"))
    result = run("import", "raci", "m.csv", "--update", cwd=tmp_path)
    assert (result.returncode, result.stdout.decode().splitlines()[-7:]) == (0, [
        'table!B2: "Plan the whole year" is taken for "Plan the year" (plan), reworded: 0.81 alike, the limit is 0.70.',
        ("mail: C of clerk-a (only for units b) is gone in the file; letters with a limit are not merged: change "
         "`assignments` by hand."),
        "new: responsibilities/count-keys",
        "changed: responsibilities/plan: statement: Plan the year → Plan the whole year",
        'changed: responsibilities/plan: responsible: ["lead", "clerk-a"] → clerk-a',
        "changed: responsibilities/plan: consulted: not stated → clerk-b",
        "changed: responsibilities/sweep: accountable: not stated → clerk-a",
    ])  # fmt: skip
    text = file.read_text()
    assert "statement: Sweep the floor, criticality: high, group: Plans, accountable: clerk-a}" in text
    assert "- {responsibility: mail, role: clerk-a, code: C, scope: {units: [b]}}" in text
    assert run("import", "raci", "m.csv", "--update", cwd=tmp_path).stdout.endswith(b"Nothing has changed.\n")
