"""`import raci` through the installed command: what is written, what is said, what stops it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, run
from tests.conftest import ROOT
from tests.unit.exchange.files import workbook

MATRIX = """\
Task,Lead,Desk,Board
Planning,,,
Plan the year,A/R,C,I
Plan the week,A,R,
Reporting,,,
Report to the board,A,R,I
"""
WRITTEN = """\
units:
  - {id: organisation, name: Organisation}

roles:
  - {id: lead, title: Lead, unit: organisation}
  - {id: desk, title: Desk, unit: organisation}
  - {id: board, title: Board, unit: organisation}

responsibilities:
  - id: plan-year
    statement: Plan the year
    group: Planning
    accountable: lead
    responsible: lead
    consulted: desk
    informed: board
    source: matrix.csv

  - id: plan-week
    statement: Plan the week
    group: Planning
    accountable: lead
    responsible: desk
    consulted: []
    informed: []
    source: matrix.csv

  - id: report-board
    statement: Report to the board
    group: Reporting
    accountable: lead
    responsible: desk
    informed: board
    source: matrix.csv
"""
SAID = """\
table!A1:D6: 3 duties; roles in columns; A duty
3 duties, 3 roles, 9 letters (3 A, 3 R, 1 C, 2 I)
17 cells with text = 8 letters + 4 headers + 3 duties + 2 headings + 0 not read
"""


def matrix(folder: Path, text: str = MATRIX) -> Path:
    file = folder / "matrix.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_matrix_becomes_declarations_that_check(tmp_path: Path) -> None:
    result = run("import", "raci", matrix(tmp_path), cwd=tmp_path)
    assert (result.returncode, result.stdout.decode()) == (0, SAID)
    assert result.stderr.decode() == 'Written to "declarations/matrix.yaml". Next: uts-policy check declarations\n'
    assert (tmp_path / "declarations/matrix.yaml").read_text() == WRITTEN
    checked = run("check", "--format", "json", "--as-of", AS_OF, cwd=tmp_path)
    assert [each["rule"] for each in json.loads(checked.stdout)["findings"]] == []


def test_a_dry_run_shows_the_matrix_and_writes_nothing(tmp_path: Path) -> None:
    result = run("import", "raci", matrix(tmp_path), "--dry-run", cwd=tmp_path)
    assert result.returncode == 0
    assert result.stdout.decode() == (
        "   1  Lead\n   2  Desk\n   3  Board\n\n"
        "                               1    2  3\n"
        "table!A3  Plan the year        A/R  C  I\n"
        "table!A4  Plan the week        A    R\n"
        "table!A6  Report to the board  A    R  I\n\n" + SAID
    )
    assert [each.name for each in tmp_path.iterdir()] == ["matrix.csv"]


def test_what_nothing_defines_stops_the_import_and_a_map_settles_it(tmp_path: Path) -> None:
    file = matrix(tmp_path, MATRIX.replace("Plan the week,A,R,", "Plan the week,A,Q,V"))
    result = run("import", "raci", file, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.decode() == (
        'uts-policy: error: cells say what no legend defines: "Q" (table!C4, once; nothing defines it), '
        '"V" (table!D4, once; nothing defines it)\n'
        "hint: Say what it means in a map (--write-map MAP writes one, --map MAP reads it), as in "
        "`codes: {q: R, v: R}`, or none. Nothing was written.\n"
    )
    assert not (tmp_path / "declarations").exists()
    run("import", "raci", file, "--write-map", "m.yaml", cwd=tmp_path)
    written = (tmp_path / "m.yaml").read_text()
    assert "  q: TBD  # once, at table!C4: nothing defines it\n" in written
    (tmp_path / "m.yaml").write_text(written.replace("q: TBD", "q: R").replace("v: TBD", "v: none"))
    result = run("import", "raci", file, "--map", "m.yaml", cwd=tmp_path)
    assert result.returncode == 0
    assert (tmp_path / "declarations/matrix.yaml").read_text() == WRITTEN


def test_a_map_that_is_not_corrected_changes_nothing(tmp_path: Path) -> None:
    file = matrix(tmp_path)
    run("import", "raci", file, "--write-map", "m.yaml", cwd=tmp_path)
    run("import", "raci", file, "--map", "m.yaml", cwd=tmp_path)
    assert (tmp_path / "declarations/matrix.yaml").read_text() == WRITTEN


def test_a_map_says_unit_ids_titles_and_what_is_no_role(tmp_path: Path) -> None:
    said = """\
unit: {id: office, name: The Office}
units: {ops: Operations}
roles:
  Lead: {id: head, title: Head of Office, unit: ops}
  Board: {skip: true}
"""
    (tmp_path / "m.yaml").write_text(said)
    result = run("import", "raci", matrix(tmp_path), "--map", "m.yaml", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert b'"Board" is not a role, as the map says: table!D3, table!D6' in result.stdout
    text = (tmp_path / "declarations/matrix.yaml").read_text()
    assert text.startswith(
        "units:\n  - {id: office, name: The Office}\n  - {id: ops, name: Operations, parent: office}\n\n"
        "roles:\n  - {id: head, title: Head of Office, unit: ops}\n  - {id: desk, title: Desk, unit: office}\n\n"
    )


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("codes: {q: X}\n", 'm.yaml:1:9: "X" is not a code'),
        ("code: {q: R}\n", 'm.yaml:1:1: unknown key "code"'),
        ("partial: maybe\n", "m.yaml:1:1: this has to be true or false"),
        ("tables:\n  - {at: a, columns: {A: dutty}}\n", 'm.yaml:2:23: "dutty" is not a use of a column'),
        ("codes: [\n", "m.yaml:"),
        ("shared: {reason: On purpose}\n", 'm.yaml:1:1: "approved_by" is missing'),
        ("elsewhere: {id: other, name: Other}\n", 'm.yaml:1:24: unknown key "name"'),
    ],
)
def test_a_wrong_map_is_named_with_its_place(said: str, error: str, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(said)
    result = run("import", "raci", matrix(tmp_path), "--map", "m.yaml", cwd=tmp_path)
    assert result.returncode == 2
    assert error in result.stderr.decode()
    assert not (tmp_path / "declarations").exists()


def test_a_map_says_that_several_answer_together(tmp_path: Path) -> None:
    file = matrix(tmp_path, MATRIX.replace("Plan the week,A,R,", "Plan the week,A,A/R,"))
    (tmp_path / "m.yaml").write_text("shared: {reason: Both run it, approved_by: board}\n")
    rules = []
    for chosen in ((), ("--map", "m.yaml")):
        for made in ("declarations", ".uts-policy"):
            shutil.rmtree(tmp_path / made, ignore_errors=True)
        assert run("import", "raci", file, *chosen, cwd=tmp_path).returncode == 0
        checked = json.loads(run("check", "--format", "json", "--as-of", AS_OF, cwd=tmp_path).stdout)
        rules.append([each["rule"] for each in checked["findings"]])
    assert rules == [["ownership/multiple-accountable"], []]
    text = (tmp_path / "declarations/matrix.yaml").read_text()
    assert text.count("joint_accountability:") == 1
    run("import", "raci", file, "--map", "m.yaml", "--write-map", "again.yaml", cwd=tmp_path)
    assert "shared: {reason: Both run it, approved_by: board}\n" in (tmp_path / "again.yaml").read_text()


def test_a_map_says_that_owners_stand_outside_a_partial_view(tmp_path: Path) -> None:
    file = matrix(tmp_path, "Task,Lead\nPlan the year,A/R\nPlan the week,R\n")
    result = run("import", "raci", file, cwd=tmp_path)
    assert b"1 of 2 duties has no A. If somebody outside this file" in result.stdout
    for made in ("declarations", ".uts-policy"):
        shutil.rmtree(tmp_path / made)
    (tmp_path / "m.yaml").write_text("elsewhere: {id: other, title: Owner elsewhere}\n")
    result = run("import", "raci", file, "--map", "m.yaml", cwd=tmp_path)
    assert b"no A" not in result.stdout
    text = (tmp_path / "declarations/matrix.yaml").read_text()
    assert "  - {id: other, title: Owner elsewhere, unit: organisation, external: true}\n" in text
    assert text.count("    accountable: other\n") == 1
    assert run("check", "--as-of", AS_OF, cwd=tmp_path).returncode == 0
    assert (
        "Nothing has changed."
        in run("import", "raci", file, "--map", "m.yaml", "--update", cwd=tmp_path).stdout.decode()
    )


def test_a_second_matrix_takes_the_roles_and_the_unit_that_are_declared(tmp_path: Path) -> None:
    run("import", "raci", matrix(tmp_path), cwd=tmp_path)
    other = tmp_path / "other.csv"
    other.write_text("Task,Lead,Clerk\nSweep,I,A\nPlan the year,R,A\n")
    result = run("import", "raci", other, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "declarations/other.yaml").read_text()
    assert text.startswith("roles:\n  - {id: clerk, title: Clerk, unit: organisation}\n\nresponsibilities:\n")
    assert "id: plan-year-2" in text
    checked = json.loads(run("check", "--format", "json", "--as-of", AS_OF, cwd=tmp_path).stdout)
    assert [each["rule"] for each in checked["findings"] if each["rule"].startswith(("yaml/", "schema/"))] == []


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    run("import", "raci", matrix(tmp_path), cwd=tmp_path)
    file = tmp_path / "declarations/matrix.yaml"
    file.write_text(WRITTEN + "# mine\n")
    result = run("import", "raci", tmp_path / "matrix.csv", cwd=tmp_path)
    assert result.returncode == 2
    assert b"already exists" in result.stderr
    assert file.read_text() == WRITTEN + "# mine\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("m.xls", b"old Excel workbook"),
        ("m.xlsm", b"macros"),
        ("none.csv", b"No such file"),
        ("m.csv", b"no responsibility matrix"),
    ],
)
def test_what_cannot_be_imported_is_named_and_nothing_is_written(name: str, words: bytes, tmp_path: Path) -> None:
    if name != "none.csv":
        (tmp_path / name).write_text("Name,Mail\nAnn,a@example.org\n")
    result = run("import", "raci", name, cwd=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr
    assert b"hint:" in result.stderr
    assert not (tmp_path / "declarations").exists()


def test_a_workbook_of_ones_own_with_all_that_people_do(tmp_path: Path) -> None:
    def change(book):
        book["Duties"].merge_cells("A1:E1")
        book["Duties"].merge_cells("A4:A5")

    rows = [
        ["Who does what, 2026"], [],
        ["Area", "Duty", "Head of Desk", "Clerk", "Board"],
        ["Plans", "Draft the plan", "A/R", "C", "I"], ["", "Approve the plan", "R", "", "A"],
        ["Mail", "Open the mail", "A", "R *", ""], [], ["* on Mondays only"],
    ]  # fmt: skip
    legend = [["Key", "Means"], ["R", "Responsible"], ["A", "Accountable"], ["C", "Consulted"], ["I", "Informed"]]
    file = workbook(tmp_path / "Our duties (final).xlsx", {"Duties": rows, "Legend": legend}, change)
    result = run("import", "raci", file, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "declarations/duties-final.yaml").read_text()
    assert 'description: "Clerk (R): on Mondays only"' in text
    assert [line.strip() for line in text.splitlines() if "group" in line] == [
        "group: Plans",
        "group: Plans",
        "group: Mail",
    ]
    checked = json.loads(run("check", "--format", "json", "--as-of", AS_OF, cwd=tmp_path).stdout)
    assert [each["rule"] for each in checked["findings"] if each["rule"].startswith(("yaml/", "schema/"))] == []


REAL = {
    "packt-tpm-1.xlsx": (8, 6, {"A": 8, "R": 6, "C": 24, "I": 10}, 0, ""),
    "packt-tpm-2.xlsx": (11, 1, {"A": 7, "R": 5, "C": 3}, 0, ""),
    "cloud-temple-iaas-raci.md": (109, 2, {"A": 109, "R": 109, "C": 24, "I": 52}, 0, ""),
    "rykaj-agile.md": (56, 11, {"A": 212, "R": 90, "S": 412}, 0, "codes: {coordinates: R}\n"),
}
"""Duties, roles, letters and rejects of each real file, counted by hand, and the map that it needs."""


@pytest.mark.parametrize("name", REAL)
def test_a_real_matrix_becomes_declarations_without_a_finding_of_form(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    duties, roles, letters, rejects, said = REAL[name]
    chosen = []
    if said:
        (tmp_path / "m.yaml").write_text(said)
        chosen = ["--map", "m.yaml"]
    result = run("import", "raci", shared_data / "raci" / name, *chosen, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert f"+ {rejects} not read\n" in result.stdout.decode()
    corpus = json.loads(run("corpus", "--as-of", AS_OF, cwd=tmp_path).stdout)
    assert (len(corpus["responsibilities"]), len(corpus["roles"])) == (duties, roles)
    found = [each["code"] for each in corpus["assignments"].values()]
    assert {code: found.count(code) for code in set(found)} == letters
    checked = json.loads(run("check", "--format", "json", "--as-of", AS_OF, cwd=tmp_path).stdout)
    assert [each["rule"] for each in checked["findings"] if each["rule"].startswith(("yaml/", "schema/"))] == []
    cells = next(line.split()[0] for line in result.stdout.decode().splitlines() if " with text = " in line)
    row = f"| {duties} | {roles} | {sum(letters.values())} | {rejects} of {cells} cells | {len(checked['findings'])} |"
    chosen_words = f"`{said.strip()}`" if said else "none needed"
    page = (ROOT / "docs/guide/from-a-workbook.md").read_text(encoding="utf-8")
    assert f"| {name} | {chosen_words} {row}\n" in page
