"""`uts-policy matrix` as its users see it."""

import csv
import io
import json
import os
import re
import subprocess

import pytest
from openpyxl import load_workbook

from tests.acceptance.command import AS_OF, BROKEN, COMMAND, declare, environment, run

DECLARED = """\
units:
  - {id: agency, name: Agency}
  - {id: field, name: Field, parent: agency}
people:
  - {id: p-1}
roles:
  - {id: director, title: Director, unit: agency, holders: [{person: p-1}]}
  - {id: lead, title: "=Lead", unit: field, holders: [{person: p-1}]}
  - {id: clerk, title: Clerk, unit: field, holders: []}
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


def test_roles_stand_side_by_side_by_unit_and_what_is_wrong_comes_last(declared):
    assert (
        matrix(declared).decode()
        == """\
Nobody is accountable
lead ──────────────────────────────────────┐
G  open: Nobody does this                  R
X  word: Somebody will                     ·

agency
clerk (VACANT) ───────────────────────────────────────────────┐
lead ──────────────────────────────────────────────────────┐  │
director ───────────────────────────────────────────────┐  │  │
D  guard: Guard the door [critical]                     A  A  I
   brief: Brief every traveller before a journey abroad A  R  C

field
clerk (VACANT) ────────────────────────────┐
G  part: Answer in the field               a

A  accountable: answers for it
R  responsible: does the work
C  consulted before
I  informed after
a  a small letter: for a part of the responsibility's scope only
G  gap: nobody is accountable, for all of it or for a part
D  double: more than one role is accountable for the same part
X  what stands in the accountable role's place is no living role

G  open: NOBODY is accountable.
G  part: NOBODY is accountable in agency except field.
X  word: "TBD" is no living role.
D  guard: director and lead are accountable for the same part.
v  clerk: nobody holds it, and it is accountable for 1 of these.

5 responsibilities, 3 roles; 3 without an accountable role for all or a part, 1
with more than one, 1 with what is no role in its place, 1 with one that nobody
holds.
As of 2026-11-23 (UTC).
"""
    )


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("by", [(), ("--by", "unit"), ("--by", "vector")])
def test_every_line_of_a_large_matrix_fits_and_every_row_is_there_once_a_block(root, columns, by):
    found = run("matrix", "examples/seeded", "--as-of", AS_OF, *by, cwd=root, COLUMNS=str(columns)).stdout.decode()
    assert max(map(len, found.splitlines())) <= columns
    shown = run("matrix", "examples/seeded", "--as-of", AS_OF, *by, "--format", "json", cwd=root).stdout
    rows = [row["responsibility"] for block in json.loads(shown)["blocks"] for row in block["responsibilities"]]
    named = [line[3:].partition(":")[0] for line in found.splitlines() if line[:1] in " GDX" and line[3:4].isalpha()]
    marked = [line for line in found.splitlines() if re.match("[GDX]  [a-z]", line) and "accountable" in line]
    assert sorted(set(named) & set(rows)) == sorted(set(rows))
    assert marked


def test_a_responsibility_with_more_roles_than_fit_lists_them(tmp_path):
    many = [f"desk-{number:02}" for number in range(14)]
    roles = "".join(f"  - {{id: {name}, title: Desk, unit: field}}\n" for name in many)
    text = DECLARED.replace("responsibilities:\n", f"{roles}responsibilities:\n")
    declare(tmp_path, text.replace("informed: clerk", f"informed: [{', '.join(many)}]"))
    found = matrix(tmp_path).decode()
    assert (
        "D  guard: Guard the door [critical]\n     A director, lead\n"
        "     I desk-00, desk-01, desk-02, desk-03, desk-04, desk-05, desk-06, desk-07,\n"
        "       desk-08, desk-09, desk-10, desk-11, desk-12, desk-13\n"
        "\nagency, going on\n"
    ) in found
    assert "   brief: Brief every traveller before a journey abroad A  R  C\n" in found


def test_without_colour_and_beyond_ascii_nothing_is_lost(declared):
    plain = run("matrix", "--as-of", AS_OF, cwd=declared, PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert f"clerk (VACANT) {'-' * 28}.\nG  part: Answer in the field               a\n" in plain


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
    assert rows[0] == [
        "as_of", "responsibility", "statement", "criticality", "units", "vectors", "nobody in", "vacant", "marks",
        "director", "clerk", "lead",
    ]  # fmt: skip
    assert rows[1] == [AS_OF, "guard", "Guard the door", "critical", "", "", "", "", "D", "A", "I", "A"]
    assert [row[1:2] + row[4:9] for row in rows[3:]] == [
        ["open", "", "", "all of it", "", "G"],
        ["part", "agency", "", "agency except field", "clerk", "G"],
        ["word", "", "", "", "", "X"],
    ]
    file = declared / "m.xlsx"
    matrix(declared, "--format", f"xlsx:{file}")
    book = load_workbook(file)
    assert book.sheetnames == ["Matrix", "Gaps and doubles", "Roles", "Legend"]
    page = book["Matrix"]
    shown = [[cell.value or "" for cell in row] for row in page.iter_rows()]
    assert shown[0] == ["responsibility", "statement", "criticality", "marks", "director", "clerk (vacant)", "lead"]
    assert shown[1:] == [row[1:4] + row[8:] for row in rows[1:]]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:G6")
    assert {str(each.sqref) for each in page.conditional_formatting} == {"D2:G6"}
    assert [tuple(cell.value for cell in row) for row in book["Gaps and doubles"].iter_rows(min_col=3, min_row=2)] == [
        ("G", "gap: nobody is accountable, for all of it or for a part", "all of it"),
        ("G", "gap: nobody is accountable, for all of it or for a part", "agency except field"),
        ("X", "what stands in the accountable role's place is no living role", "TBD"),
        ("D", "double: more than one role is accountable for the same part", "director, lead"),
        ("v", "nobody holds it", "clerk"),
    ]
    assert [cell.value for cell in book["Roles"][4]] == ["lead", "=Lead", "field", None]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_invalid_declarations_have_no_matrix_and_leave_no_file(tmp_path):
    declare(tmp_path, BROKEN)
    file = tmp_path / "m.xlsx"
    file.write_bytes(b"old")
    done = run("matrix", "--format", f"xlsx:{file}", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"yaml/syntax" in done.stderr
    assert not file.exists()


def test_a_unit_that_is_not_declared_is_told_with_the_nearest(declared):
    done = run("matrix", "--unit", "feild", cwd=declared)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        'uts-policy: error: no unit is called "feild"\nhint: did you mean "field"?\n',
    )


def test_an_archived_unit_is_told(tmp_path):
    declare(tmp_path, DECLARED.replace("name: Field, parent: agency", "name: Field, parent: agency, status: archived"))
    done = run("matrix", "--unit", "field", cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        'uts-policy: error: the unit "field" is archived\nhint: nothing is anybody\'s duty there any more\n',
    )


def test_words_that_are_longer_than_their_place_are_never_cut_and_never_run_into_a_letter(tmp_path):
    name = "n" * 72
    declare(tmp_path, DECLARED.replace("id: guard", f"id: {name}"))
    text = matrix(tmp_path).decode()
    assert f"D  {name}:\n     Guard the door [critical]\n     A director, lead\n     I clerk\n" in text


def test_a_workbook_is_not_written_to_a_terminal(declared):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    for command in ("matrix", "check"):
        done = subprocess.run(
            [COMMAND, command, "--format", "xlsx"],
            cwd=declared,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert done.returncode == 2
        assert b"xlsx is no text for a terminal; write xlsx:FILE." in done.stderr
    os.close(theirs)
    os.close(ours)


def test_several_outputs_of_one_run_say_the_same(declared):
    matrix(declared, "--format", "csv:m.csv", "--format", "html:m.html", "--format", "json:m.json")
    rows = list(csv.reader(io.StringIO((declared / "m.csv").read_text(encoding="utf-8"))))[1:]
    told = json.loads((declared / "m.json").read_text(encoding="utf-8"))["blocks"][0]["responsibilities"]
    page = (declared / "m.html").read_text(encoding="utf-8")
    assert [row[1] for row in rows] == [each["responsibility"] for each in told]
    assert all(each["statement"] in page for each in told)


def test_of_very_many_roles_a_spreadsheet_has_a_column_for_each_letter(tmp_path):
    many = [f"desk-{number:03}" for number in range(501)]
    roles = "".join(f"  - {{id: {name}, title: Desk, unit: field}}\n" for name in many)
    duties = "".join(f"  - {{id: sit-{name}, statement: Sit, accountable: {name}}}\n" for name in many)
    declare(tmp_path, DECLARED.replace("responsibilities:\n", f"{roles}responsibilities:\n{duties}"))
    matrix(tmp_path, "--format", "csv:m.csv", "--format", "xlsx:m.xlsx")
    rows = list(csv.reader(io.StringIO((tmp_path / "m.csv").read_text(encoding="utf-8"))))
    assert rows[0][9:] == ["A", "R", "S", "C", "I"]
    told = {row[1]: row[9:] for row in rows}
    assert told["guard"] == ["director, lead", "", "", "", "clerk"]
    assert told["part"] == ["clerk (a part)", "", "", "", ""]
    assert told["sit-desk-500"] == ["desk-500", "", "", "", ""]
    page = load_workbook(tmp_path / "m.xlsx")["Matrix"]
    assert [[cell.value or "" for cell in row][4:] for row in page.iter_rows()] == [row[9:] for row in rows]
    assert {str(each.sqref) for each in page.conditional_formatting} == {f"D2:D{len(rows)}"}
