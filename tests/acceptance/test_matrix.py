"""`uts-policy matrix` as its users see it."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from tests.acceptance.command import AS_OF, BROKEN, declare, run

DECLARED = """\
units:
  - {id: agency, name: Agency}
  - {id: field, name: Field, parent: agency}
people:
  - {id: p-1}
roles:
  - {id: director, title: Director, unit: agency, holders: [{person: p-1}]}
  - {id: lead, title: "=Lead", unit: field, holders: [{person: p-1}]}
  - {id: clerk, title: Clerk, unit: field}
responsibilities:
  - id: brief
    statement: Brief every traveller before a journey abroad
    accountable: director
    responsible: [lead]
    consulted: clerk
  - {id: guard, statement: Guard the door, criticality: critical, accountable: [director, lead], informed: clerk}
  - {id: part, statement: Answer in the field, scope: {units: [agency]}}
  - {id: open, statement: Nobody does this, responsible: lead}
  - {id: word, statement: Somebody will, accountable: TBD}
assignments:
  - {responsibility: part, role: clerk, code: A, scope: {units: [field]}}
"""


@pytest.fixture
def declared(tmp_path):
    declare(tmp_path, DECLARED)
    return tmp_path


def matrix(folder, *arguments):
    done = run("matrix", *arguments, "--as-of", AS_OF, cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_roles_that_fit_stand_side_by_side_and_every_line_fits(declared):
    text = matrix(declared).decode()
    assert text == (
        "  1 director (Director)\n"
        "  2 clerk (Clerk)  VACANT\n"
        "  3 lead (=Lead)\n"
        "\n"
        "                                                                           1 2 3\n"
        "D  guard: Guard the door [critical]                                        A I A\n"
        "     More than one role is accountable for the same part.\n"
        "   brief: Brief every traveller before a journey abroad                    A C R\n"
        "G  open: Nobody does this                                                  · · R\n"
        "     NOBODY is accountable in agency.\n"
        "G  part: Answer in the field                                               · a ·\n"
        "     NOBODY is accountable in agency except field.\n"
        "X  word: Somebody will                                                     · · ·\n"
        '     "TBD": no living role.\n'
        "\n"
        "A accountable: answers for it\n"
        "R responsible: does the work\n"
        "C consulted before\n"
        "I informed after\n"
        "a small letter: for a part of the responsibility's scope only\n"
        "G gap: nobody is accountable, for all of it or for a part\n"
        "D double: more than one role is accountable for the same part\n"
        "X what stands in the accountable role's place is no living role\n"
        "\n"
        "5 responsibilities, 3 roles; 3 without an accountable role for all or a part, 1\n"
        "with more than one.\n"
        "As of 2026-11-23 (UTC).\n"
    )


def test_where_they_do_not_fit_each_responsibility_lists_its_roles(root):
    text = run("matrix", "examples/clean", "--as-of", AS_OF, cwd=root).stdout.decode()
    assert max(map(len, text.splitlines())) <= 80
    assert "     A assistant-director-opsec\n" in text


def test_a_filter_leaves_what_holds_there(declared):
    shown = json.loads(matrix(declared, "--unit", "field", "--criticality", "normal", "--format", "json"))
    rows = {row["responsibility"]: row for row in shown["blocks"][0]["responsibilities"]}
    assert rows.keys() == {"brief", "part", "open", "word"}
    assert (rows["part"]["cells"], rows["part"]["gap"]) == ({"clerk": "A"}, False)
    assert shown["filters"] == {"unit": "field", "criticality": "normal"}


def test_by_unit_gives_each_unit_where_an_answer_begins_a_block_of_its_own(declared):
    shown = json.loads(matrix(declared, "--by", "unit", "--format", "json"))
    assert [(each["place"], each["title"]) for each in shown["blocks"]] == [("agency", "Agency"), ("field", "Field")]
    assert [row["responsibility"] for row in shown["blocks"][1]["responsibilities"]] == [
        "guard",
        "brief",
        "open",
        "part",
        "word",
    ]


def test_a_spreadsheet_has_a_column_for_each_role_and_no_formula(declared):
    rows = list(csv.reader(io.StringIO(matrix(declared, "--format", "csv").decode())))
    assert rows[0] == ["responsibility", "statement", "criticality", "marks", "nobody in", "director", "clerk", "lead"]
    assert rows[1] == ["guard", "Guard the door", "critical", "D", "", "A", "I", "A"]
    file = declared / "m.xlsx"
    matrix(declared, "--format", "xlsx", "-o", file)
    book = load_workbook(file)
    assert book.sheetnames == ["Matrix", "Gaps and doubles", "Roles", "Legend"]
    page = book["Matrix"]
    assert [[cell.value or "" for cell in row] for row in page.iter_rows()] == rows
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:H6")
    assert {str(each.sqref) for each in page.conditional_formatting} == {"D2:H6"}
    assert [cell.value for cell in book["Roles"][4]] == ["lead", "=Lead", "field", None]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_invalid_declarations_have_no_matrix_and_leave_no_file(tmp_path):
    declare(tmp_path, BROKEN)
    file = tmp_path / "m.xlsx"
    file.write_bytes(b"old")
    done = run("matrix", "--format", "xlsx", "-o", file, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"yaml/syntax" in done.stderr
    assert not file.exists()


def test_a_unit_that_is_not_declared_is_told_with_the_nearest(declared):
    done = run("matrix", "--unit", "feild", cwd=declared)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        'uts-policy: error: no unit is called "feild"\nhint: did you mean "field"?\n',
    )
