"""`reconcile`: a staff list or a text against the declarations, without a change."""

from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, declare, run

TEXT = """\
units: [{id: bureau, name: Bureau}, {id: mail, name: Mail, parent: bureau}]
people:
  - {id: p-1, name: Ada Okafor}
  - {id: p-2, name: Jan Novak}
  - {id: p-3, name: Mia Rossi}
  - {id: p-4, name: Tom Baker}
roles:
  - {id: director, title: Director, unit: bureau, holders: [{person: p-1}]}
  - {id: clerk, title: Clerk, unit: mail, reports_to: director, holders: [{person: p-2, to: 2026-12-31}]}
  - {id: driver, title: Driver, unit: mail, reports_to: director, holders: [{person: p-3}]}
  - {id: typist, title: Typist, unit: mail, holders: [{person: p-4, to: 2020-01-01}]}
  - {id: board, title: Board, unit: bureau, collective: true}
  - {id: quill, title: Quill Cutter, unit: bureau, status: abolished}
"""
LIST = """\
Name,Job title,Unit,Reports to
"Okafor, Ada",Director,,
Jan Novak,Clerk,Mail,Ada Okafor
Mia Rossi,Driver,Mail,Ada Okafor
Vacant,Typist,Mail,
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "repository").mkdir()
    declare(tmp_path / "repository", TEXT)
    (tmp_path / "key").write_text("ab" * 32)
    (tmp_path / "key").chmod(0o600)
    return tmp_path / "repository"


def roster(place: Path, text: str, *arguments: str, key: str = "../key") -> tuple[int, list[str]]:
    (place / "staff.csv").write_text(text, encoding="utf-8")
    before = {file: file.read_bytes() for file in place.rglob("*.*") if file.is_file()}
    asked = ("--pseudonym-key", key, *(arguments or ("--as-of", AS_OF)))
    result = run("reconcile", "roster", "staff.csv", *asked, cwd=place)
    assert {file: file.read_bytes() for file in place.rglob("*.*") if file.is_file()} == before
    return result.returncode, [*result.stdout.decode().splitlines(), *result.stderr.decode().splitlines()]


def test_a_list_that_says_the_same_agrees(place: Path) -> None:
    assert roster(place, LIST) == (0, ["The list and the declarations agree: 3 people on the list, 3 people in roles."])


def test_people_and_posts_on_one_side_only_and_posts_that_differ_are_listed(place: Path) -> None:
    later = LIST.replace("Mia Rossi,Driver,Mail,Ada Okafor\n", "Lea Dubois,Driver,Mail,Jan Novak\n").replace(
        "Vacant,Typist,Mail,\n", "Tim Vogel,Cook,Kitchen,\n"
    )
    code, said = roster(place, later)
    file = "declarations/all.yaml"
    for line in said[:2]:
        said = [each.replace(line.split()[6], "P") for each in said]
    assert (code, [*sorted(said[:2]), *said[2:]]) == (1, [
        "on the list, holds no role: P (Cook, table!A5)",
        "on the list, holds no role: P (Driver, table!A4)",
        f"holds a role, not on the list: p-3 (driver, {file}:10)",
        f"differs: roles/driver: holders: declared p-3 ({file}:10), on the list P (table!A4)",
        f"differs: roles/driver: reports_to: declared director ({file}:10), on the list clerk (table!A4)",
        "on the list, not declared: Cook (table!A5)",
        f"declared, not on the list: roles/typist ({file}:11)",
        ("4 people on the list, 3 people in roles: 2 without a role, 1 not on the list; 2 differences in posts, "
         "1 not declared, 1 not on the list."),
    ])  # fmt: skip


def test_holdings_count_on_their_days_on_both_sides(place: Path) -> None:
    code, said = roster(place, LIST, "--as-of", "2027-01-01")
    assert (code, said[1]) == (
        1,
        "differs: roles/clerk: holders: declared nobody (declarations/all.yaml:9), on the list p-2 (table!A3)",
    )
    dated = LIST.replace("Reports to\n", "Reports to,Until\n").replace(
        "Jan Novak,Clerk,Mail,Ada Okafor", "Jan Novak,Clerk,Mail,Ada Okafor,2026"
    )
    assert roster(place, dated, "--as-of", "2027-01-01")[0] == 0


def test_without_the_key_or_with_an_open_list_nothing_is_compared(place: Path) -> None:
    code, said = roster(place, LIST, key="../other")
    assert (code, 'there is no key for pseudonyms in "../other"' in said[0]) == (2, True)
    code, said = roster(place, f"{LIST}Jan Novak,Porter,Mail,\n")
    assert (code, "the same name stands in several rows" in said[0]) == (2, True)


POLICY = "# Mail Policy\n\n## 1 In\n\nThe desk must open the mail before noon.\n\n## 2 Out\n\nStamps must be counted.\n"


def test_statements_that_no_obligation_covers_are_listed(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text(POLICY)
    assert run("import", "obligations", "policy.md", cwd=tmp_path).returncode == 0
    result = run("reconcile", "obligations", "policy.md", "--as-of", AS_OF, cwd=tmp_path)
    assert (result.returncode, result.stdout.decode()) == (
        0, "2 of 2 statements covered, 0 in other words; 0 obligations not in the text.\n",
    )  # fmt: skip
    later = POLICY.replace("before noon", "before ten").replace("Stamps must be counted", "Nobody shall send glue")
    (tmp_path / "policy.md").write_text(later)
    result = run("reconcile", "obligations", "policy.md", "--as-of", AS_OF, cwd=tmp_path)
    assert (result.returncode, result.stdout.decode().splitlines()) == (1, [
        "not covered: Mail Policy / 2 Out: Nobody shall send glue.",
        ("reworded: obligations/desk-must-open-mail-before-noon (declarations/policy.yaml:5), 0.94 alike: "
         "The desk must open the mail before ten."),
        "not in the text: obligations/stamps-must-counted (declarations/policy.yaml:10)",
        "1 of 2 statements covered, 1 in other words; 1 obligation not in the text.",
    ])  # fmt: skip


def test_invalid_declarations_are_compared_with_nothing(tmp_path: Path) -> None:
    (tmp_path / "policy.md").write_text(POLICY)
    declare(tmp_path, "roles: [\n")
    result = run("reconcile", "obligations", "policy.md", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, b"")
