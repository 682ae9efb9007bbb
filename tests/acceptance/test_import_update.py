"""`import raci --update`: a later version of a file meets declarations that people have edited."""

from pathlib import Path

import pytest

from tests.acceptance.command import run

HEAD = "No,Area,Task,Lead,Desk,Board\n"
ROWS = [
    "1,Plans,Draft the yearly plan,A/R,C,I\n",
    "2,,Approve the yearly plan,R,,A\n",
    "3,,Publish the plan,A,R,I\n",
    "4,Mail,Open the incoming mail,A,R,\n",
    "5,,Answer urgent letters,A,R,I\n",
]
FILE = "declarations/matrix.yaml"


def write(folder: Path, rows: list[str], head: str = HEAD) -> None:
    (folder / "matrix.csv").write_text(head + "".join(rows), encoding="utf-8")


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    write(tmp_path, ROWS)
    assert run("import", "raci", "matrix.csv", cwd=tmp_path).returncode == 0
    return tmp_path


def update(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    result = run("import", "raci", "matrix.csv", "--update", *arguments, cwd=folder)
    lines = result.stdout.decode().splitlines()
    return result.returncode, [line for line in lines if not line.startswith(("table!A1:", "5 ", "6 ", "4 ", "2", "3"))]


def edit(folder: Path, *pairs: tuple[str, str]) -> None:
    file = folder / FILE
    text = file.read_text()
    for before, after in pairs:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file.write_text(text)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def test_the_same_file_twice_changes_no_byte(imported: Path) -> None:
    edit(
        imported,
        (
            "    group: Mail\n    accountable: lead\n    responsible: desk\n    consulted: []",
            "    group: Mail # post\n    accountable: [lead]\n    responsible: desk\n    consulted: []",
        ),
    )
    before = everything(imported)
    assert update(imported) == (0, ["Nothing has changed."])
    assert everything(imported) == before


def test_an_inserted_row_goes_where_it_stands_and_every_other_byte_stays(imported: Path) -> None:
    edit(imported, ("  - id: publish-plan\n", "  # since 2019\n  - id: publish-plan   # P\n"))
    before = (imported / FILE).read_text()
    write(imported, [*ROWS[:3], "3b,,Print the plan,,A/R,\n", *ROWS[3:]])
    assert update(imported) == (0, ["new: responsibilities/print-plan"])
    new = """
  - id: print-plan
    statement: Print the plan
    group: Plans
    accountable: desk
    responsible: desk
    consulted: []
    informed: []
    source: matrix.csv
"""
    after = (imported / FILE).read_text()
    assert after.replace(new, "", 1) == before
    assert after.index("publish-plan") < after.index("print-plan") < after.index("open-incoming-mail")


def test_a_row_above_all_others_becomes_the_first(imported: Path) -> None:
    write(imported, ["0,Begin,Unlock the door,A,R,\n", *ROWS])
    assert update(imported) == (0, ["new: responsibilities/unlock-door"])
    text = (imported / FILE).read_text()
    assert "responsibilities:\n  - id: unlock-door\n    statement: Unlock the door\n" in text
    assert "    source: matrix.csv\n\n  - id: draft-yearly-plan\n" in text


def test_a_reworded_duty_a_renamed_column_and_a_changed_letter_keep_their_ids(imported: Path) -> None:
    write(
        imported,
        ["1,Plans,Draft the plan of the year,A/R,C,I\n", *ROWS[1:4], "5,,Answer urgent letters,A,R,C\n"],
        HEAD.replace("Desk", "Front Office"),
    )
    code, said = update(imported)
    assert code == 0
    reworded = '"Draft the plan of the year" is taken for "Draft the yearly plan" (draft-yearly-plan), reworded'
    renamed = 'The column "Front Office" is taken for the role "desk", renamed'
    measures = [
        f"table!C2: {reworded}: 0.77 alike, the limit is 0.70.",
        f"{renamed}: 1.00 of its letters are the same, the limit is 0.80.",
    ]
    assert said == [
        *measures,
        "changed: roles/desk: title: Desk → Front Office",
        "changed: responsibilities/draft-yearly-plan: statement: Draft the yearly plan → Draft the plan of the year",
        "changed: responsibilities/answer-urgent-letters: consulted: not stated → board",
        "changed: responsibilities/answer-urgent-letters: informed: board → not stated",
    ]
    text = (imported / FILE).read_text()
    assert "    responsible: desk\n    consulted: board\n    source: matrix.csv\n" in text


def test_an_id_that_a_person_changed_stays_changed(imported: Path) -> None:
    assert run("mv", "responsibilities/publish-plan", "make-public", cwd=imported).returncode == 0
    assert run("mv", "roles/desk", "front-desk", cwd=imported).returncode == 0
    edit(imported, ("  - id: open-incoming-mail\n", "  - id: mail-in\n"))
    before = everything(imported)
    assert update(imported) == (0, ["Nothing has changed."])
    assert everything(imported / "declarations") == {k: v for k, v in before.items() if "/declarations/" in k}
    write(imported, [*ROWS[:2], "3,,Publish the plan,A,R,C\n", "4,Mail,Open the incoming mail,R,A,\n", ROWS[4]])
    code, said = update(imported)
    assert code == 0
    assert "changed: responsibilities/make-public: consulted: not stated → board" in said
    assert "changed: responsibilities/mail-in: accountable: lead → front-desk" in said


def test_what_people_added_stays(imported: Path) -> None:
    edit(
        imported,
        (
            "    statement: Publish the plan\n",
            "    statement: Publish the plan\n    criticality: high # says the board\n",
        ),
        ("    consulted: desk\n", "    consulted: [desk, board]\n"),
    )
    write(imported, ["1,Plans,Draft the yearly plan,A/R/C,C,I\n", *ROWS[1:]])
    assert update(imported) == (
        0,
        ['changed: responsibilities/draft-yearly-plan: consulted: ["desk", "board"] → ["desk", "board", "lead"]'],
    )
    text = (imported / FILE).read_text()
    assert "    criticality: high # says the board\n" in text
    assert "    consulted: [desk, board, lead]\n" in text


def test_what_both_changed_is_listed_with_both_sides_and_nothing_is_written(imported: Path) -> None:
    edit(
        imported,
        (
            "    statement: Answer urgent letters\n    group: Mail\n    accountable: lead\n",
            "    statement: Answer urgent letters\n    group: Mail\n    accountable: board\n",
        ),
    )
    write(imported, [*ROWS[:4], "5,,Answer urgent letters,R,A,I\n"])
    before = everything(imported)
    code, said = update(imported)
    line = (imported / FILE).read_text().splitlines().index("    accountable: board", 40) + 1
    assert code == 1
    place = f"(matrix.yaml:{line})"
    assert said[-1] == (
        f"conflict: responsibilities/answer-urgent-letters: accountable {place}: here board, in the file desk"
    )
    assert everything(imported) == before


def test_a_duty_that_is_gone_goes_unless_people_edited_it(imported: Path) -> None:
    write(imported, ROWS[:4])
    assert update(imported) == (0, ["gone: responsibilities/answer-urgent-letters"])
    assert "answer-urgent-letters" not in (imported / FILE).read_text()
    edit(
        imported,
        ("    statement: Open the incoming mail\n", "    statement: Open the incoming mail\n    criticality: high\n"),
    )
    write(imported, ROWS[:3])
    code, said = update(imported)
    assert code == 1
    assert said[-1].endswith("edited here, gone from the file")
    assert "open-incoming-mail" in (imported / FILE).read_text()


def test_what_people_deleted_stays_deleted(imported: Path) -> None:
    text = (imported / FILE).read_text()
    begin = text.index("\n  - id: answer-urgent-letters")
    (imported / FILE).write_text(text[:begin])
    assert update(imported) == (0, ["Nothing has changed."])
    assert (imported / FILE).read_text() == text[:begin]


def test_line_ends_and_files_of_ones_own_stay(imported: Path) -> None:
    text = (imported / FILE).read_text()
    roles, duties = text.split("responsibilities:\n")
    (imported / FILE).write_bytes(roles.replace("\n", "\r\n").encode())
    (imported / "declarations/duties.yml").write_bytes(("responsibilities:\n" + duties).replace("\n", "\r\n").encode())
    write(imported, [*ROWS, "6,,Sort the letters,A,R,\n"])
    assert update(imported) == (0, ["new: responsibilities/sort-letters"])
    data = (imported / "declarations/duties.yml").read_bytes()
    assert b"  - id: sort-letters\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")
    assert (imported / FILE).read_bytes() == roles.replace("\n", "\r\n").encode()


def test_a_dry_run_writes_nothing(imported: Path) -> None:
    write(imported, ROWS[:4])
    before = everything(imported)
    assert update(imported, "--dry-run")[0] == 0
    assert everything(imported) == before


def test_without_an_earlier_import_there_is_nothing_to_update(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    result = run("import", "raci", "matrix.csv", "--update", cwd=tmp_path)
    assert result.returncode == 2
    assert b"no import is recorded" in result.stderr
    assert run("import", "raci", "matrix.csv", cwd=tmp_path).returncode == 0
    (tmp_path / "matrix.csv").rename(tmp_path / "matrix-2027.csv")
    result = run("import", "raci", "matrix-2027.csv", "--update", cwd=tmp_path)
    assert b"Recorded are: matrix. If this is a later version of one, give it that name." in result.stderr


def test_the_map_of_the_first_import_is_remembered(tmp_path: Path) -> None:
    rows = [ROWS[0].replace("A/R", "A/Q"), *ROWS[1:]]
    write(tmp_path, rows)
    (tmp_path / "m.yaml").write_text("codes: {q: R}\nroles: {Desk: {id: front}}\n")
    assert run("import", "raci", "matrix.csv", "--map", "m.yaml", cwd=tmp_path).returncode == 0
    write(tmp_path, [*rows, "6,,Sort the letters,A,Q,\n"])
    assert update(tmp_path) == (0, ["new: responsibilities/sort-letters"])
    assert "    responsible: front\n" in (tmp_path / FILE).read_text()


def test_conflicts_become_comments_beside_what_is_declared_if_that_is_asked_for(imported: Path) -> None:
    edit(
        imported,
        (
            "    statement: Answer urgent letters\n    group: Mail\n    accountable: lead\n",
            "    statement: Answer urgent letters\n    group: Mail\n    accountable: board\n",
        ),
        ("    statement: Open the incoming mail\n", "    statement: Open the incoming mail\n    criticality: high\n"),
        ("{id: board, title: Board, unit: organisation}", '{id: board, title: "The\n    Board", unit: organisation}'),
    )
    write(imported, [*ROWS[:3], "5,Mail,Answer urgent letters,R,A,I\n"], HEAD.replace("Board", "Board of Directors"))
    before = (imported / FILE).read_text()
    code, said = update(imported, "--conflicts", "markers")
    assert code == 1
    assert [line.partition(" (")[0] for line in said if line.startswith("conflict")] == [
        "conflict: roles/board: title",
        "conflict: responsibilities/open-incoming-mail",
        "conflict: responsibilities/answer-urgent-letters: accountable",
    ]
    text = (imported / FILE).read_text()
    comment = "# conflict: responsibilities/answer-urgent-letters: accountable is desk in the imported file"
    assert f"    group: Mail\n    {comment}\n    accountable: board\n" in text
    gone = "  # conflict: responsibilities/open-incoming-mail is gone in the imported file\n"
    assert f"{gone}  - id: open-incoming-mail\n" in text
    title = "  # conflict: roles/board: title is Board of Directors in the imported file\n"
    assert f'{title}  - {{id: board, title: "The\n    Board", unit: organisation}}\n' in text
    without = "".join(line for line in text.splitlines(keepends=True) if "# conflict:" not in line)
    assert without == before.replace(
        "accountable: board\n    responsible: desk\n    informed",
        "accountable: board\n    responsible: lead\n    informed",
    )
    assert update(imported) == (0, ["Nothing has changed."])
    assert (imported / FILE).read_text() == text
