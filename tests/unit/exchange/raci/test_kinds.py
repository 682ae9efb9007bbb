"""The kinds of matrices that people have, small: what is read of each."""

from collections.abc import Mapping, Sequence

import pytest

from uts_policy.exchange.raci.entries import entries_of
from uts_policy.exchange.raci.read import read_matrices
from uts_policy.exchange.text import folded
from uts_policy.model.errors import UsageError
from uts_policy.model.grid import CellArea, ForeignFile, Grid, Paragraph
from uts_policy.model.raci import MatrixMap, MatrixReading, RoleChoice

HEAD = ["Task", "Lead", "Desk", "Board"]


def grid(rows: Sequence[Sequence[str]], name: str = "Sheet", **parts) -> Grid:
    cells = {(number, column): text for number, row in enumerate(rows, 1) for column, text in enumerate(row, 1) if text}
    return Grid(name=name, cells=cells, **parts)


def read(*blocks: Grid | Paragraph | Sequence[Sequence[str]], chosen: MatrixMap | None = None) -> MatrixReading:
    made = tuple(block if isinstance(block, Grid | Paragraph) else grid(block) for block in blocks)
    file = ForeignFile(file="m.xlsx", sha256="", blocks=made)
    reading = read_matrices([file], chosen or MatrixMap())
    total = sum(len(each.cells) for each in file.grids)
    assert len(reading.cells) == total, "each cell is accounted for once"
    return reading


def letters(reading: MatrixReading) -> Mapping[str, Mapping[str, str]]:
    return {duty.statement: dict(duty.codes) for duty in reading.duties}


def unread(reading: MatrixReading) -> list[tuple[str, str]]:
    return [(cell.where, cell.text) for cell in reading.cells if not cell.is_read]


def unknown(reading: MatrixReading) -> list[tuple[str, int, str]]:
    return [(each.word, each.count, each.where) for each in reading.codes if each.codes is None]


@pytest.mark.parametrize(
    "cell", ["A/R", "R/A", "RA", "AR", "R, A", "R+A", "R & A", "R;A", "R\nA", "**RA**", "(A)/(R)", "a/r", "R and A",
             "Responsible / Accountable", "A R", "R/A*", "R и A"],
)  # fmt: skip
def test_several_codes_in_a_cell_are_several_letters(cell: str) -> None:
    found = read([HEAD, ["Plan", cell, "C", "I"], ["Report", "A", "R", ""]])
    assert letters(found) == {"Plan": {"Lead": "AR", "Desk": "C", "Board": "I"}, "Report": {"Lead": "A", "Desk": "R"}}


@pytest.mark.parametrize(
    ("task", "legend"),
    [
        ("Aufgabe", ["R = Durchführend", "A = Rechenschaftspflichtig", "C = Konsultiert", "I = Informiert"]),
        ("Activité", ["R : Réalisateur", "A : Approbateur", "C : Consulté", "I : Informé"]),
        ("Actividad", ["R - Responsable", "A - Aprobador", "C - Consultado", "I - Informado"]),
        ("Attività", ["R: Responsabile", "A: Approva", "C: Consultato", "I: Informato"]),
        ("Zadanie", ["R – Wykonawca", "A – Zatwierdza", "C – Konsultowany", "I – Informowany"]),
        ("Задача", ["R — исполнитель", "A — утверждает", "C — консультант", "I — информируется"]),
        ("Verkefni", ["R = Ber verkið", "A = Ber ábyrgð", "C = Spurður", "I = Látinn vita"]),
    ],
)  # fmt: skip
def test_words_of_other_languages_explain_the_usual_letters(task: str, legend: list[str]) -> None:
    rows = [
        [task, "X1", "X2"],
        ["Etwas planen", "A", "R"],
        ["Etwas melden", "C", "A/I"],
        [],
        *([each] for each in legend),
    ]
    found = read(rows)
    assert letters(found) == {"Etwas planen": {"X1": "A", "X2": "R"}, "Etwas melden": {"X1": "C", "X2": "AI"}}
    assert unread(found) == []
    assert all("Sheet!A" in each.reason for each in found.codes)


def test_words_in_place_of_letters_are_read_in_the_languages_that_are_known() -> None:
    found = read(
        [HEAD, ["Plan", "Accountable", "Responsible", "Consulted"], ["Melden", "Verantwortlich", "Informiert", ""]]
    )
    assert letters(found) == {"Plan": {"Lead": "A", "Desk": "R", "Board": "C"}, "Melden": {"Lead": "R", "Desk": "I"}}


def test_most_duties_without_a_or_with_several_are_said_once_with_the_lines_that_settle_it() -> None:
    found = read([HEAD, ["Plan", "R", "C", ""], ["Report", "A", "A", "I"], ["Check", "A", "R", ""]])
    [note] = [each for each in found.notes if "A does not mean accountable" in each]
    assert note.startswith("Of 3 duties 1 have no A and 1 have several.")
    assert "`codes: {a: S}`" in note
    assert "`partial: true`" in note


def test_a_map_can_say_that_the_view_is_partial_and_then_nothing_is_said_to_be_absent() -> None:
    rows = [HEAD, ["Plan", "A", "", ""], ["Report", "A", "R", "I"]]
    for partial, keys in ((True, {"accountable"}), (False, {"accountable", "responsible", "consulted", "informed"})):
        chosen = MatrixMap(partial=partial)
        [plan, _] = entries_of(read(rows, chosen=chosen), chosen)["responsibilities"]
        assert plan.keys() == {"id", "statement", "source", *keys}
        assert all(plan[key] == [] for key in keys - {"accountable"})


def test_a_header_may_take_several_rows_and_begin_below_a_title() -> None:
    rows = [
        ["Who does what in 2026"],
        [],
        ["", "Business", "", "IT", ""],
        ["No", "Task", "Head", "Clerk", "Head"],
        ["1", "Plan", "", "", ""],
        ["1.1", "Plan the year", "A", "R", "C"],
        ["1.2", "Plan the week", "I", "A", "R"],
    ]
    rows = [rows[0], rows[1], ["", "", "Business", "", "IT"], ["No", "Task", "Head", "Clerk", "Head"], *rows[4:]]
    found = read(grid(rows, merged=(CellArea(1, 1, 1, 5), CellArea(3, 3, 3, 4))))
    assert [role.title for role in found.roles] == ["Head (Business)", "Clerk", "Head (IT)"]
    assert letters(found)["Plan the week"] == {"Head (Business)": "I", "Clerk": "A", "Head (IT)": "R"}
    assert [(duty.statement, duty.group, duty.key) for duty in found.duties] == [
        ("Plan the year", "Plan", "1.1"),
        ("Plan the week", "Plan", "1.2"),
    ]
    assert unread(found) == [("Sheet!A1", "Who does what in 2026")]


def test_a_legend_may_stand_beside_the_matrix_or_on_another_sheet() -> None:
    rows = [HEAD, ["Plan", "E", "U", ""], ["Report", "U", "E", "I"]]
    beside = [[*rows[0], "", "E", "Responsible"], [*rows[1], "", "U", "Accountable"], [*rows[2], "", "I", "Informed"]]
    other = grid([["Key", "Meaning"], ["E", "Executes"], ["U", "Ultimately accountable"], ["I", "Informed"]], "Legend")
    wanted = {"Plan": {"Lead": "R", "Desk": "A"}, "Report": {"Lead": "A", "Desk": "R", "Board": "I"}}
    assert letters(read(beside)) == wanted
    assert unknown(read(rows, grid([["E", "Executes"], ["U", "Does whatever"], ["I", "Informed"]], "L"))) == [
        ("U", 2, "Sheet!C2")
    ]
    chosen = MatrixMap(codes={"u": "A"})
    assert letters(read(rows, other, chosen=chosen)) == wanted


def test_look_alikes_and_spaces_that_do_not_break_are_the_letters_that_people_see() -> None:
    found = read([HEAD, ["Plan\u00a0the year", "\u0410", "R\u00a0", "\u0421"], ["Report", "A", "\u200bR", "\u0406"]])
    assert letters(found) == {
        "Plan the year": {"Lead": "A", "Desk": "R", "Board": "C"},
        "Report": {"Lead": "A", "Desk": "R", "Board": "I"},
    }


def test_merged_cells_count_for_all_that_they_cover() -> None:
    rows = [["Area", *HEAD], ["Ops", "Plan", "A", "R", ""], ["", "Report", "A", "", "I"], ["HR", "Hire", "C", "A", "R"]]
    found = read(grid(rows, merged=(CellArea(2, 1, 3, 1), CellArea(2, 4, 3, 4))))
    assert [(duty.statement, duty.group) for duty in found.duties] == [
        ("Plan", "Ops"),
        ("Report", "Ops"),
        ("Hire", "HR"),
    ]
    assert letters(found)["Report"] == {"Lead": "A", "Desk": "R", "Board": "I"}


def test_markup_is_taken_off() -> None:
    found = read(
        [["**Task**", "__Lead__", "<b>Desk</b>"], ["*Plan* the **year**", "**A**", "<br>R"], ["Report", "A", "R"]]
    )
    assert letters(found)["Plan the year"] == {"Lead": "A", "Desk": "R"}


def test_several_tables_on_one_sheet_have_roles_of_their_own() -> None:
    found = read(
        [
            ["Task", "Lead", "Desk"],
            ["Plan", "A", "R"],
            ["Report", "A", "R"],
            [],
            ["Task", "Board", "Audit"],
            ["Decide", "A", "C"],
            ["Check", "I", "A"],
        ]
    )
    assert letters(found) == {
        "Plan": {"Lead": "A", "Desk": "R"}, "Report": {"Lead": "A", "Desk": "R"},
        "Decide": {"Board": "A", "Audit": "C"}, "Check": {"Board": "I", "Audit": "A"},
    }  # fmt: skip
    assert len(found.tables) == 2


def test_sums_are_not_duties() -> None:
    found = read([HEAD, ["Plan", "A", "R", ""], ["Report", "A", "R", "I"], ["Total A", "2", "0", "0"]])
    assert list(letters(found)) == ["Plan", "Report"]
    assert ("Sheet!A4", "Total A") in unread(found)


def test_names_of_people_in_the_place_of_roles_are_said() -> None:
    found = read([["Task", "Anna Schmidt", "Tech Lead"], ["Plan", "A", "R"], ["Report", "A", "R"]])
    [note] = [each for each in found.notes if "people" in each]
    assert '"Anna Schmidt" (Sheet!B1)' in note
    assert "Tech Lead" not in note
    chosen = MatrixMap(roles={folded("Anna Schmidt"): RoleChoice(title="Head of Planning", id="head")})
    named = entries_of(read([["Task", "Anna Schmidt", "Desk"], ["Plan", "A", "R"]], chosen=chosen), chosen)
    assert named["roles"][0] == {"id": "head", "title": "Head of Planning", "unit": "organisation"}


def test_columns_that_are_not_roles_are_told_apart_and_listed() -> None:
    rows = [
        ["No", "Task", "Status", "Lead", "Desk", "Hours", "Comments"],
        ["1", "Plan", "open", "A", "R", "12", "Before May"],
        ["2", "Report", "open", "A", "R", "3", ""],
        ["3", "Check", "done", "C", "A", "", ""],
    ]
    found = read(rows)
    assert [role.title for role in found.roles] == ["Lead", "Desk"]
    assert found.duties[0].description == "Before May"
    assert [where for where, _ in unread(found)] == ["Sheet!C2", "Sheet!C3", "Sheet!C4"]


def test_a_section_row_heads_the_duties_below_it() -> None:
    found = read(
        [HEAD, ["Planning"], ["Plan", "A", "R", ""], ["Replan", "A", "", "I"], ["Reporting"], ["Report", "A", "R", "I"]]
    )
    assert [(duty.statement, duty.group) for duty in found.duties] == [
        ("Plan", "Planning"), ("Replan", "Planning"), ("Report", "Reporting"),
    ]  # fmt: skip


def test_a_duty_without_any_letter_is_a_duty_if_headings_have_a_column_of_their_own() -> None:
    found = read(
        [["Area", *HEAD], ["Ops", "Plan", "A", "R", ""], ["", "Send the letter"], ["", "Report", "A", "R", "I"]]
    )
    assert [(duty.statement, duty.group) for duty in found.duties] == [
        ("Plan", "Ops"), ("Send the letter", "Ops"), ("Report", "Ops"),
    ]  # fmt: skip
    entry = entries_of(found, MatrixMap())["responsibilities"][1]
    assert entry["responsible"] == entry["consulted"] == entry["informed"] == []


def test_the_same_statement_twice_has_two_ids_of_its_headings() -> None:
    found = read([HEAD, ["Build"], ["Check it", "A", "R", ""], ["Run"], ["Check it", "C", "A", "R"]])
    ids = [entry["id"] for entry in entries_of(found, MatrixMap())["responsibilities"]]
    assert ids == ["check-it-build", "check-it-run"]


def test_ids_of_like_statements_differ_by_the_words_that_differ() -> None:
    long = "Keep the operational condition of the platform in every region for the "
    found = read([HEAD, [long + "servers", "A", "R", ""], [long + "networks", "A", "R", ""]])
    ids = [entry["id"] for entry in entries_of(found, MatrixMap())["responsibilities"]]
    assert ids == ["keep-operational-condition-servers", "keep-operational-condition-networks"]


def test_letters_that_nothing_defines_are_asked_about_with_their_place() -> None:
    found = read([HEAD, ["Plan", "A", "D", ""], ["Report", "A", "R", "D"], ["Check", "R", "A/Q", "I"]])
    assert unknown(found) == [("D", 2, "Sheet!C2"), ("Q", 1, "Sheet!C4")]
    assert ("Sheet!C2", "D") in unread(found)
    settled = read([HEAD, ["Plan", "A", "D", ""]], chosen=MatrixMap(codes={"d": "R"}))
    assert letters(settled) == {"Plan": {"Lead": "A", "Desk": "R"}}


def test_a_letter_with_another_meaning_in_the_legend_is_asked_about() -> None:
    found = read(
        [
            HEAD,
            ["Plan", "A", "R", "I"],
            ["Report", "A", "R", ""],
            [],
            ["R = Responsible", "A = Auditor", "I = Informed"],
        ]
    )
    assert unknown(found) == [("A", 2, "Sheet!B2")]
    [guess] = [each for each in found.codes if each.codes is None]
    assert '"A: Auditor"' in guess.reason


def test_the_words_of_rapid_are_asked_about_and_those_of_daci_are_said() -> None:
    rows = [HEAD, ["Plan", "D", "R", "I"], ["Report", "D", "A", "P"]]
    rapid = ["R = Recommend", "A = Agree", "P = Perform", "I = Input", "D = Decide"]
    assert any("RAPID" in each for each in read([*rows, [], rapid]).questions)
    daci = read([HEAD, ["Plan", "D", "A", "I"], [], ["D = Driver", "A = Approver", "C = Contributor", "I = Informed"]])
    assert letters(daci) == {"Plan": {"Lead": "R", "Desk": "A", "Board": "I"}}
    assert any("DACI" in each for each in daci.notes)


def test_footnotes_become_descriptions() -> None:
    found = read(
        [
            ["Task", "Lead*", "Desk"],
            ["Plan (1)", "A", "R"],
            ["Report", "A", "R²"],
            [],
            ["(1) only in spring"],
            ["² by night"],
            ["* or the deputy"],
        ]
    )
    entries = entries_of(found, MatrixMap())
    assert entries["roles"][0] == {
        "id": "lead",
        "title": "Lead",
        "unit": "organisation",
        "description": "or the deputy",
    }
    assert [entry.get("description") for entry in entries["responsibilities"]] == [
        "only in spring",
        "Desk (R): by night",
    ]
    assert [entry["statement"] for entry in entries["responsibilities"]] == ["Plan", "Report"]
    assert unread(found) == []


def test_a_number_in_brackets_that_leads_to_no_note_stays() -> None:
    found = read([HEAD, ["Enter phase (2)", "A", "R", ""], ["Leave it", "A", "R", ""]])
    assert found.duties[0].statement == "Enter phase (2)"


@pytest.mark.parametrize("mark", ["N/A", "/", "-", "–", "—", "n.a.", "None", "."])
def test_marks_for_none_are_no_letters(mark: str) -> None:
    found = read([HEAD, ["Plan", "A", mark, mark], ["Report", mark, "A", "R"]])
    assert letters(found) == {"Plan": {"Lead": "A"}, "Report": {"Desk": "A", "Board": "R"}}
    assert unread(found) == []


def test_roles_may_stand_in_rows() -> None:
    found = read(
        [
            ["Role", "Plan the whole year", "Report to the ministry", "Check the accounts"],
            ["Project Manager", "A", "R", "I"],
            ["Desk Officer", "R", "A", "C"],
            ["Audit Committee", "I", "I", "A"],
        ]
    )
    assert letters(found)["Plan the whole year"] == {
        "Project Manager": "A",
        "Desk Officer": "R",
        "Audit Committee": "I",
    }
    assert found.tables[0].roles_in == "rows"
    assert found.duties[0].where == "Sheet!B1"


def test_letters_may_head_the_columns_with_roles_in_the_cells() -> None:
    found = read(
        [
            ["Task", "Responsible", "Accountable", "Consulted", "Informed"],
            ["Plan", "Desk; Clerk", "Lead", "", "Board"],
            ["Report", "Clerk", "Desk", "Lead, Board", "n/a"],
        ]
    )
    assert letters(found) == {
        "Plan": {"Desk": "R", "Clerk": "R", "Lead": "A", "Board": "I"},
        "Report": {"Clerk": "R", "Desk": "A", "Lead": "C", "Board": "C"},
    }


def test_ticks_below_letters_below_roles_are_letters() -> None:
    found = read(
        grid(
            [
                ["", "Lead", "", "", "Desk", "", ""],
                ["Task", "R", "A", "C", "R", "A", "C"],
                ["Plan", "", "x", "", "x", "", ""],
                ["Report", "", "", "✓", "x", "x", ""],
            ],
            merged=(CellArea(1, 2, 1, 4), CellArea(1, 5, 1, 7)),
        )
    )
    assert letters(found) == {"Plan": {"Lead": "A", "Desk": "R"}, "Report": {"Lead": "C", "Desk": "AR"}}


def test_a_role_without_any_part_is_a_role() -> None:
    found = read([HEAD, ["Plan", "A", "", "R"], ["Report", "A", "", "R"]])
    assert [role.title for role in found.roles] == ["Lead", "Desk", "Board"]


def test_hidden_rows_columns_and_sheets_are_named_and_read_only_if_the_map_says_so() -> None:
    rows = [HEAD, ["Plan", "A", "R", "I"], ["Old", "A", "R", "I"]]
    parts = {"hidden_rows": frozenset({3}), "hidden_columns": frozenset({4})}
    found = read(grid(rows, **parts), grid([["Task", "X"], ["a", "A"]], "Past", hidden=True))
    assert letters(found) == {"Plan": {"Lead": "A", "Desk": "R"}}
    assert [each for each in found.notes if "hidden" in each] == [
        "Sheet: row 3, column D hidden and not read (`hidden: true` in the map reads it).",
        '"m.xlsx": the hidden sheet "Past" is not read (`hidden: true` in the map reads it).',
    ]
    assert letters(read(grid(rows, **parts), chosen=MatrixMap(hidden=True)))["Old"] == {
        "Lead": "A",
        "Desk": "R",
        "Board": "I",
    }


def test_headings_of_a_document_are_groups() -> None:
    def table(number: int, task: str) -> Grid:
        return grid([["Task", "Lead", "Desk"], [task, "A", "R"]], f"table {number}", in_document=True)

    found = read(
        Paragraph(text="Handbook", level=1), Paragraph(text="Work", level=2), Paragraph(text="Day", level=3),
        table(1, "Plan"), Paragraph(text="Night", level=3), table(2, "Watch"), Paragraph(text="Rest", level=2),
        table(3, "Sleep"),
    )  # fmt: skip
    assert [duty.group for duty in found.duties] == ["Work / Day", "Work / Night", "Rest"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Time", "Monday", "Tuesday"], ["9:00", "Latin", "Greek"], ["10:00", "Greek", "Latin"]],
        [["Name", "Mail"], ["Ann", "a@example.org"], ["Bob", "b@example.org"]],
        [["Loading the matrix …"]],
    ],
)  # fmt: skip
def test_a_file_without_a_matrix_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(UsageError, match=r'no responsibility matrix in "m\.xlsx"'):
        read(rows)
