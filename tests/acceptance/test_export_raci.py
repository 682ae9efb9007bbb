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
