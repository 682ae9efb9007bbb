"""`import roster`: a staff list becomes units, roles and holders, and nobody is named in the repository."""

import json
import os
import shutil
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.command import AS_OF, run
from tests.unit.exchange.files import spreadsheet, word, workbook

if TYPE_CHECKING:
    from subprocess import CompletedProcess

HEAD = ["Staff no", "Name", "Job title", "Department", "Line manager", "Mobile", "E-mail", "Salary", "Start date"]
ROWS = [
    HEAD,
    [
        "S-1001",
        "Okafor, Dr Ada",
        "Director",
        "Board",
        "",
        "+44 7700 900001",
        "ada@bureau.example",
        "£99123",
        "2019-04-01",
    ],
    [
        "S-1002",
        "Jan Novak",
        "Head of Security",
        "Security",
        "S-1001",
        "555-0199",
        "jan@bureau.example",
        "£70321",
        "13/5/20",
    ],
    ["S-1003", "Mia Rossi", "Press Officer", "Press", "Ada Okafor", "", "mia@bureau.example", "£50111", "1 Feb 2021"],
    ["", "Vacant", "Archivist", "Press", "Press Officer", "", "", "", ""],
    ["", "N/D", "Analyst", "Security", "Jan Novak", "", "", "", ""],
    ["", "[redacted]", "Guard", "Security", "Jan Novak", "", "", "", ""],
    ["", "Eliminated", "Typist", "Press", "", "", "", "", ""],
    ["", "XX", "Driver", "Security", "XX", "", "", "", ""],
    ["", "", "Porter", "Security", "Jan Novak", "", "", "", ""],
]
SECRETS = (
    "okafor", "novak", "rossi", "mia", "jan ", "7700 9", "555-0199", "bureau.example", "£99123", "£70321", "£50111",
    "s-1001", "s-1002", "s-1003",
)  # fmt: skip
DECLARED = """\
units:
  - {id: organisation, name: Organisation}
  - {id: board, name: Board, parent: organisation}
  - {id: security, name: Security, parent: organisation}
  - {id: press, name: Press, parent: organisation}

people:
  - {id: P1}
  - {id: P2}
  - {id: P3}

roles:
  - id: director
    title: Director
    unit: board
    holders:
      - person: P1
        from: 2019-04-01

  - id: head-of-security
    title: Head of Security
    unit: security
    reports_to: director
    holders:
      - person: P2
        from: 2020-05-13

  - id: press-officer
    title: Press Officer
    unit: press
    reports_to: director
    holders:
      - person: P3
        from: 2021-02-01

  - id: archivist
    title: Archivist
    unit: press
    reports_to: press-officer
    holders: []

  - id: analyst
    title: Analyst
    unit: security
    reports_to: head-of-security

  - id: guard
    title: Guard
    unit: security
    reports_to: head-of-security

  - id: typist
    title: Typist
    unit: press
    status: abolished

  - id: driver
    title: Driver
    unit: security

  - id: porter
    title: Porter
    unit: security
    reports_to: head-of-security
"""
FILE = "declarations/staff.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository; the user's data lie beside it."""
    (tmp_path / "repository/.git").mkdir(parents=True)
    return tmp_path / "repository"


def roster(place: Path, *arguments: str) -> "CompletedProcess[bytes]":
    return run("import", "roster", *arguments, cwd=place, XDG_DATA_HOME=str(place.parent / "data"))


def write(place: Path, rows: list[list[str]], name: str = "staff.csv") -> None:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    (place / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def numbered(place: Path, file: str = FILE) -> str:
    """The declarations with P1, P2 … for people in the order in which they are declared."""
    text = (place / file).read_text()
    people = [line.split("id: ")[1].rstrip("}") for line in text.splitlines() if line.startswith("  - {id: p-")]
    for number, person in enumerate(people, 1):
        text = text.replace(person, f"P{number}")
    return text


def everything(place: Path) -> dict[str, bytes]:
    return {
        str(file): file.read_bytes()
        for file in sorted(place.rglob("*"))
        if file.is_file() and file.suffix not in {".csv", ".xlsx", ".ods"}
    }


def refused(place: Path, *arguments: str) -> str:
    before = everything(place)
    result = roster(place, *arguments)
    assert result.returncode == 2
    assert b"hint:" in result.stderr
    assert everything(place) == before
    return result.stderr.decode()


def test_posts_units_and_holders_are_declared_and_every_row_is_accounted_for(place: Path) -> None:
    write(place, ROWS)
    result = roster(place, "staff.csv")
    assert result.returncode == 0, result.stderr
    assert numbered(place) == DECLARED
    assert result.stdout.decode().splitlines() == [
        "table!A1:I10: A staff number, B person, C post, D unit, E reports to, I from",
        "  personal, never written: F, G, H",
        "9 roles, 3 people",
        "9 rows = 3 held + 1 vacant + 1 not stated + 1 blank + 1 redacted + 1 eliminated + 1 placeholder + 0 not taken",
        "table!E9: a placeholder stands there (such as XX), so `reports_to` is left out.",
    ]
    checked = json.loads(run("check", "--format", "json", "--as-of", AS_OF, cwd=place).stdout)
    assert [each for each in checked["findings"] if each["rule"].startswith(("yaml/", "schema/", "reference/"))] == []


@pytest.mark.parametrize("asked", [(), ("--dry-run",), ("--write-map", "-"), ("--write-map", "m.yaml"), ("--table",)])
def test_nothing_that_is_written_or_said_names_anybody_or_says_what_they_earn(
    place: Path, asked: tuple[str, ...]
) -> None:
    write(place, ROWS)
    result = roster(place, "staff.csv", *asked)
    assert result.returncode == 0
    written = {**everything(place), "out": result.stdout, "errors": result.stderr.replace(str(place).encode(), b"")}
    found = [(secret, name) for name, data in written.items() for secret in SECRETS if secret in data.decode().lower()]
    assert found == []
    write(place, [*ROWS[:3], *ROWS[4:], ["S-1004", "Lea Dubois", "Clerk", "Press", "Jan Novak", "", "", "", ""]])
    if not asked:
        result = roster(place, "staff.csv", "--update")
        assert result.returncode == 0
        written = {**everything(place), "out": result.stdout, "errors": result.stderr}
        secrets = (*SECRETS, "lea ", "dubois", "s-1004")
        assert [s for data in written.values() for s in secrets if s in data.decode().lower()] == []


def test_names_are_written_only_if_they_are_asked_for_and_the_table_lies_beside_the_key(place: Path) -> None:
    write(place, ROWS)
    assert roster(place, "staff.csv", "--with-names", "--table").returncode == 0
    text = (place / FILE).read_text()
    assert "name: Jan Novak" in text
    assert "7700 9" not in text
    data = place.parent / "data/uts-policy"
    table = (data / "staff.names.csv").read_text().splitlines()
    assert table[0] == "id,name,staff number"
    person = table[2].split(",")[0]
    assert (person.startswith("p-"), table[2]) == (True, f"{person},Jan Novak,S-1002")
    assert f"{{id: {person}, name: Jan Novak}}" in text
    if os.name != "nt":
        modes = {stat.S_IMODE((data / name).stat().st_mode) for name in ("pseudonym.key", "staff.names.csv")}
        assert modes == {0o600}


def test_the_same_key_gives_the_same_ids_and_another_one_others(place: Path) -> None:
    write(place, ROWS)
    roster(place, "staff.csv")
    first = (place / FILE).read_text()
    (place / "again").mkdir()
    write(place / "again", ROWS)
    (place / "again/uts-policy.yaml").write_text("")
    roster(place / "again", "staff.csv", "--pseudonym-key", str(place.parent / "data/uts-policy/pseudonym.key"))
    assert (place / "again" / FILE).read_text() == first
    other = place.parent / "other.key"
    assert "another key" in refused(place, "staff.csv", "--update", "--pseudonym-key", str(other))
    shutil.rmtree(place / ".uts-policy")
    roster(place, "staff.csv", "--out", "other", "--pseudonym-key", str(other))
    assert (place / "other/staff.yaml").read_text() != first


def test_a_key_in_the_repository_open_to_others_or_not_a_key_is_refused(place: Path) -> None:
    write(place, ROWS)
    assert "would lie in the repository" in refused(place, "staff.csv", "--pseudonym-key", "key")
    key = place.parent / "key"
    key.write_text("abc\n")
    key.chmod(0o600)
    assert "64 hex digits" in refused(place, "staff.csv", "--pseudonym-key", str(key))
    key.write_text("ab" * 32)
    key.chmod(0o644)
    if os.name != "nt":
        assert "chmod 600" in refused(place, "staff.csv", "--pseudonym-key", str(key))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "docx", "md", "html"])
def test_each_format_says_the_same(kind: str, place: Path) -> None:
    file = place / f"staff.{kind}"
    if kind == "xlsx":
        rows = [[date(2019, 4, 1) if cell == "2019-04-01" else cell for cell in row] for row in ROWS]
        workbook(file, {"Staff": [["Staff of the Bureau"], [], *rows]})
    elif kind == "ods":
        spreadsheet(file, {"Staff": ROWS})
    elif kind == "docx":
        word(file, ROWS)
    elif kind == "md":
        head, *rows = [f"| {' | '.join(row)} |" for row in ROWS]
        file.write_text("\n".join([head, "|---" * len(HEAD) + "|", *rows, ""]))
    else:
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
        file.write_text(f"<table>{cells}</table>")
    result = roster(place, file.name)
    assert result.returncode == 0, result.stderr
    assert numbered(place) == DECLARED


def test_a_role_that_is_declared_gets_its_holders_and_what_is_declared_otherwise_stays(place: Path) -> None:
    write(place, ROWS[:4])
    (place / "declarations").mkdir()
    mine = """\
units: [{id: organisation, name: Organisation}]
roles:
  - {id: boss, title: Director, unit: organisation} # since 1990
  - id: guardian
    title: Head of Security
    unit: organisation
"""
    (place / "declarations/duties.yaml").write_text(mine)
    result = roster(place, "staff.csv")
    assert result.returncode == 0, result.stderr
    assert "roles/boss: unit is declared otherwise (duties.yaml:3), and stays" in result.stdout.decode()
    text = (place / "declarations/duties.yaml").read_text()
    assert "unit: organisation, holders: [{person: p-" in text
    assert "from: 2019-04-01}]} # since 1990\n" in text
    assert "    unit: organisation\n    reports_to: boss\n    holders:\n      - person: p-" in text
    new = (place / FILE).read_text()
    assert "  - id: press-officer\n    title: Press Officer\n    unit: press\n    reports_to: boss\n" in new
    assert "id: boss" not in new
    before = everything(place)
    assert roster(place, "staff.csv", "--update").stdout.decode().splitlines()[-1] == "Nothing has changed."
    assert everything(place) == before


def edited(place: Path) -> str:
    text = (place / FILE).read_text()
    text = text.replace("    title: Guard\n", "    title: Guard # at the gate\n    key: true\n")
    text = text.replace("        from: 2020-05-13\n", "        from: 2020-05-13 # after the merger\n")
    (place / FILE).write_text(text)
    return text


def test_a_later_list_is_merged_and_says_who_joined_left_and_moved(place: Path) -> None:
    write(place, ROWS)
    roster(place, "staff.csv")
    before = edited(place)
    assert roster(place, "staff.csv", "--update").stdout.decode().splitlines()[-1] == "Nothing has changed."
    assert (place / FILE).read_text() == before
    later = [list(row) for row in ROWS]
    later[1][2] = "Analyst"
    later[1][3] = "Security"
    later[2][2] = "Head of Security and Safety"
    later[4] = ["S-1004", "Tim Vogel", "Archivist", "Press", "Press Officer", "", "", "", ""]
    del later[3]
    write(place, [*later, ["", "Vacant", "Director", "Board", "", "", "", "", ""]])
    result = roster(place, "staff.csv", "--update")
    assert result.returncode == 0, result.stderr
    said = result.stdout.decode().splitlines()
    moves = [line for line in said if line.startswith(("joined", "left: p", "moved"))]
    assert [line.split(":")[0] for line in moves] == ["joined", "left", "moved"]
    assert moves[0].endswith("(archivist)")
    assert moves[1].endswith("(press-officer)")
    assert moves[2].endswith("director → analyst")
    text = (place / FILE).read_text()
    assert "    title: Head of Security and Safety\n" in text
    assert "from: 2020-05-13 # after the merger\n" in text
    assert "    title: Guard # at the gate\n    key: true\n" in text
    assert "    title: Director\n    unit: board\n    holders: []\n" in text
    assert "press-officer" not in text


def test_what_both_sides_changed_of_one_holder_is_a_conflict_and_other_holders_are_not(place: Path) -> None:
    rows = [["Name", "Job title", "FTE"], ["Ada Okafor", "Clerk", "0.5"], ["Jan Novak", "Clerk", "0.5"]]
    write(place, rows)
    assert roster(place, "staff.csv").returncode == 0
    text = (place / FILE).read_text()
    assert text.count("        share: 0.5\n") == 2
    (place / FILE).write_text(text.replace("        share: 0.5\n", "        share: 0.5\n        from: 2026-01-01\n", 1))
    write(place, [rows[0], rows[1], ["Jan Novak", "Clerk", "0.4"]])
    assert roster(place, "staff.csv", "--update").returncode == 0
    text = (place / FILE).read_text()
    assert "        share: 0.5\n        from: 2026-01-01\n" in text
    assert "        share: 0.4\n" in text
    write(place, [rows[0], ["Ada Okafor", "Clerk", "0.6"], ["Jan Novak", "Clerk", "0.4"]])
    before = everything(place)
    result = roster(place, "staff.csv", "--update")
    assert result.returncode == 1
    assert b"conflict: roles/clerk: holders" in result.stdout
    assert everything(place) == before


PLAIN = ["Name", "Job title", "Unit", "From"]


def test_what_has_two_readings_is_asked_for_and_the_map_settles_it(place: Path) -> None:
    rows = [PLAIN, ["Ada Okafor", "Clerk", "Mail", "3/4/2026"], ["Jan Novak", "Clerk", "Mail", "5/6/2026"],
            ["Ada Okafor", "Driver", "Mail", ""]]  # fmt: skip
    write(place, rows)
    said = refused(place, "staff.csv")
    assert "dates can be read in two ways, as at table!D2" in said
    assert "the same name stands in several rows (table!A2 and table!A4)" in said
    assert "1 post has several holders (table!A2 and table!A3)" in said
    (place / "m.yaml").write_text("dates: month first\nseveral: seats\nsame_name: one person\n")
    assert roster(place, "staff.csv", "--map", "m.yaml").returncode == 0
    text = (place / FILE).read_text()
    assert text.count("  - {id: p-") == 2
    assert "    seats: 2\n" in text
    assert "from: 2026-03-04\n" in text
    (place / "m.yaml").write_text("dates: day first\nseveral: job share\nsame_name: different people\n")
    shutil.rmtree(place / ".uts-policy")
    assert roster(place, "staff.csv", "--map", "m.yaml", "--out", "other").returncode == 0
    text = (place / "other/staff.yaml").read_text()
    assert text.count("  - {id: p-") == 3
    assert "seats" not in text
    assert "from: 2026-04-03\n" in text


def test_a_name_in_a_title_or_in_the_map_never_gets_into_the_repository(place: Path) -> None:
    write(
        place, [PLAIN, ["Ada Okafor", "Director", "Board", ""], ["Jan Novak", "Assistant to Ada Okafor", "Board", ""]]
    )
    said = refused(place, "staff.csv")
    assert "holds the name of somebody on the list (table!A3)" in said
    assert "Okafor" not in said
    (place / "m.yaml").write_text('roles: {"Assistant to Ada Okafor": {title: Assistant}}\n')
    assert "the map holds the name of somebody" in refused(place, "staff.csv", "--map", "m.yaml")
    (place / "m.yaml").write_text('roles: {"table!A3": {title: Assistant}}\n')
    assert roster(place, "staff.csv", "--map", "m.yaml").returncode == 0
    assert all(b"kafor" not in data for data in everything(place).values())


def test_loops_repeated_rows_and_the_header_again_are_listed(place: Path) -> None:
    head = ["Name", "Job title", "Reports to"]
    rows = [head, ["Ada", "Boss", "Jan"], ["Jan", "Deputy", "Ada"], ["Mia", "Clerk", "Mia"], ["Mia", "Clerk", "Mia"],
            head, ["Tim", "Guard", "Nobody Here"]]  # fmt: skip
    write(place, rows)
    said = roster(place, "staff.csv").stdout.decode()
    assert "table!C2, table!C3: 2 posts report to each other in a loop" in said
    assert "table!C4: a post reports to itself" in said
    assert "  the same as table!A4: table!A5\n" in said
    assert "  the header again: table!A6\n" in said
    assert "table!C7: what stands there is neither a person nor a post of the list" in said
    assert "6 rows = 4 held + 2 not taken\n" in said


def test_levels_of_units_headings_and_leavers(place: Path) -> None:
    rows = [
        ["Division", "Team", "Post", "Incumbent", "Leaving date", "Status"],
        ["Operations", "Mail", "Clerk", "Ada Okafor", "31.12.2026", "on leave"],
        ["", "Vans", "Driver (acting)", "Jan Novak", "", "active"],
        ["", "", "Head", "Mia Rossi", "", "former"],
    ]
    write(place, rows)
    result = roster(place, "staff.csv")
    assert result.returncode == 0, result.stderr
    text = (place / FILE).read_text()
    assert "{id: mail, name: Mail, parent: operations}" in text
    assert "status: on-leave, departed_on: 2027-01-01}" in text
    assert ", to: 2026-12-31}" in text
    assert ", kind: acting}" in text
    assert "status: departed}" in text
    write(place, [["Name", "Role"], ["Mail Room"], ["Ada Okafor", "Clerk"], ["Vans"], ["Jan Novak", "Driver"]], "b.csv")
    assert roster(place, "b.csv", "--out", "b").returncode == 0
    text = (place / "b/b.yaml").read_text()
    assert "  - {id: clerk, title: Clerk, unit: mail-room, holders: " in text


def test_a_file_without_a_staff_list_is_refused_and_the_map_can_name_its_columns(place: Path) -> None:
    write(place, [["A", "B"], ["Ada Okafor", "Clerk"], ["Jan Novak", "Driver"]])
    assert "no staff list in" in refused(place, "staff.csv")
    (place / "m.yaml").write_text('tables: [{at: "table!A1", columns: {A: person, B: post}}]\n')
    assert roster(place, "staff.csv", "--map", "m.yaml").returncode == 0
    assert "title: Driver" in (place / FILE).read_text()
    for text, words in (
        ("tabels: []\n", 'unknown key "tabels"'),
        ("dates: iso\n", '"iso" is not known here'),
        ('tables: [{at: "table!A1", columns: {Z: post}}]\n', 'column "Z", which the list at table!A1 does not have'),
        ("words: {gone: away}\n", '"away" is not known here'),
    ):
        (place / "m.yaml").write_text(text)
        assert words in refused(place, "staff.csv", "--map", "m.yaml", "--out", "other")


def test_a_list_of_posts_as_governments_publish_them(place: Path) -> None:
    head = ["Post Unique Reference", "Name", "Grade", "Job Title", "Job/Team Function", "Parent Department",
            "Organisation",
            "Unit", "Contact Phone", "Reports to Senior Post", "Salary Cost (£)", "FTE", "Notes"]  # fmt: skip
    weather = ["Dept of Weather", "Dept of Weather"]
    rows = [
        head,
        [
            "R1",
            "Sarah Lumley",
            "SCS4",
            "Permanent Secretary",
            "All",
            *weather,
            "Office",
            "020 7946",
            "XX",
            "9",
            "1.00",
        ],
        ["R2", "N/D", "SCS1", "Deputy Director", "Floods", *weather, "Operations", "N/D", "R1", "1", "1.00", ""],
        ["R3", "Vacant", "SCS1", "Deputy Director", "Snow", *weather, "Operations", "", "R1", "0", "0.00", ""],
        ["R4", "Ann Hart", "SCS2", "Director", "Money", *weather, "Finance", "", "R1", "9", "0.60", "Job share"],
        ["R4", "Bob Low", "SCS2", "Director", "Money", *weather, "Finance", "", "R1", "9", "0.40", "Job share"],
        ["R5", "Eliminated", "SCS1", "Director", "Hail", *weather, "Hail", "", "R1", "0", "0.00", ""],
        ["R6", "Cy Moor", "SCS1", "N/D", "Law", *weather, "Legal", "", "R6", "0", "1.00", ""],
        ["0", "N/A", "", "N/D", "", *weather, "Legal", "", "R1", "", "", ""],
    ]
    write(place, rows)
    result = roster(place, "staff.csv")
    assert result.returncode == 0, result.stderr
    said = result.stdout.decode()
    assert "8 rows = 4 held + 1 vacant + 1 not stated + 1 eliminated + 1 not taken\n" in said
    assert "  no title of a post: table!A9\n" in said
    text = numbered(place)
    assert "  - {id: dept-of-weather, name: Dept of Weather}\n" in text
    assert text.count("Dept of Weather") == 1
    assert "    seats: 2\n" in text
    assert "holders: []" not in text  # of one of the two it is not stated who it is
    assert "      - person: P2\n        share: 0.6\n      - person: P3\n        share: 0.4\n" in text
    assert "    title: Post R6\n" in text
