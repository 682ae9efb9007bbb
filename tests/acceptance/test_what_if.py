"""`uts-policy what-if`: the same verdict as on declarations edited by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, declare, run
from uts_policy.cli.commands.what_if import read_words
from uts_policy.model.errors import UsageError

ORGANISATION = """\
units:
  - {id: agency, name: Agency}
  - {id: north, name: North, parent: agency}
  - {id: south, name: South, parent: agency}
people:
  - {id: p-1, name: Ada Vale}
  - {id: p-2, name: Bo Ash}
authorities:
  - {id: sign, title: Sign orders}
roles:
  - id: director
    title: Director
    unit: agency
    authorities: [{authority: sign, source: Charter 7}]
    holders: [{person: p-1, from: 2025-01-01}]
    successors: [lead]
  - id: lead
    title: Lead
    unit: north
    reports_to: director
    authorities: []
    holders: [{person: p-2, from: 2025-01-01}]
    successors: [director]
delegations:
  - {id: order-1, title: Order, delegator: director, delegate: lead, authorities: [sign], limits: None,
     redelegable: false, instrument: Order 1}
responsibilities:
  - {id: command, statement: Command the watch., criticality: critical, accountable: director, responsible: lead}
  - {id: travel, statement: Approve travel, requires: [sign], accountable: lead, responsible: director}
  - {id: patrol, statement: Patrol the north, scope: {units: [north]}, accountable: lead, responsible: lead}
  - {id: mend, statement: Mend the boats, accountable: [], responsible: lead}
"""
BY_HAND = {
    ("departs", "p-1"): ("{person: p-1, from: 2025-01-01}", "{person: p-1, from: 2025-01-01, to: 2026-11-22}"),
    ("departs", "Bo Ash"): ("{person: p-2, from: 2025-01-01}", "{person: p-2, from: 2025-01-01, to: 2026-11-22}"),
    ("abolish", "Lead"): ("    title: Lead\n", "    title: Lead\n    abolished_on: 2026-11-23\n"),
    ("rescind", "order-1"): ("instrument: Order 1}", f"instrument: Order 1, rescinded_on: {AS_OF}}}"),
    ("departs", "p-1", "rescind", "order-1"): (
        ("{person: p-1, from: 2025-01-01}", "{person: p-1, from: 2025-01-01, to: 2026-11-22}"),
        ("instrument: Order 1}", f"instrument: Order 1, rescinded_on: {AS_OF}}}"),
    ),
    ("merge", "north", "south"): (
        ("  - {id: north, name: North, parent: agency}\n", ""),
        ("unit: north", "unit: south"),
        ("units: [north]", "units: [south]"),
    ),
}


def supposed(folder: Path, *words: str) -> dict[str, Any]:
    result = run("what-if", *words, "--as-of", AS_OF, "--format", "json", cwd=folder)
    assert (result.returncode, result.stderr) == (0, b"")
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["schema"] == "uts-policy/what-if/1"
    return found


def text(folder: Path, *words: str) -> str:
    result = run("what-if", *words, "--as-of", AS_OF, cwd=folder)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def checked(folder: Path, as_of: str = AS_OF) -> set[str]:
    report = json.loads(run("check", "--as-of", as_of, "--format", "json", cwd=folder).stdout)
    return {each["id"] for each in report["findings"]}


@pytest.mark.parametrize("words", BY_HAND, ids=" ".join)
def test_what_follows_is_what_a_check_says_of_declarations_edited_by_hand(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    declare(tmp_path, ORGANISATION)
    before, found = checked(tmp_path), supposed(tmp_path, *words)
    edited = ORGANISATION
    edits = BY_HAND[words]
    for old, new in [edits] if isinstance(edits[0], str) else edits:
        assert old in edited
        edited = edited.replace(old, new)
    declare(tmp_path, edited)
    after = checked(tmp_path)
    assert {each["id"] for each in found["introduced"]} == after - before
    assert {each["id"] for each in found["gone"]} == before - after
    assert (after != before) is (words[0] != "merge")


def test_the_duties_that_nobody_would_answer_for(tmp_path: Path) -> None:
    declare(tmp_path, ORGANISATION)
    found = supposed(tmp_path, "departs", "p-2")
    assert [(each["id"], each["why"], each["roles"]) for each in found["unanswered"]] == [
        ("patrol", "vacant", ["lead"]),
        ("travel", "vacant", ["lead"]),
    ]
    assert found["before"]["unanswered"] == ["mend"]
    assert found["after"]["unanswered"] == ["mend", "patrol", "travel"]


def test_the_text_says_what_is_supposed_and_what_follows(tmp_path: Path) -> None:
    declare(tmp_path, ORGANISATION)
    said = text(tmp_path, "departs", "Ada Vale")
    assert said.startswith(
        f"""\
If Ada Vale (p-1) departs on {AS_OF}:

1 responsibility would become unanswered, critical
  critical  Command the watch (command): nobody holds "director"
                                                        declarations/all.yaml:28
1 responsibility is unanswered already.
"""
    )
    assert "would follow\n  error  staffing/vacant\n" in said
    assert said.endswith(f"Compared with the declarations as they are, on {AS_OF} (UTC).\n")


def test_a_later_day_alone_shows_what_it_brings(tmp_path: Path) -> None:
    declare(tmp_path, ORGANISATION.replace("{person: p-2, from: 2025-01-01}", "{person: p-2, to: 2027-01-31}"))
    before, found = checked(tmp_path), supposed(tmp_path, "on", "2027-02-01")
    assert {each["id"] for each in found["introduced"]} == checked(tmp_path, "2027-02-01") - before
    assert [each["id"] for each in found["unanswered"]] == ["patrol", "travel"]
    assert (found["base_day"], found["as_of"], found["changes"]) == (AS_OF, "2027-02-01", [])


def test_a_change_on_a_later_day_is_compared_with_that_day(tmp_path: Path) -> None:
    declare(tmp_path, ORGANISATION.replace("{person: p-2, from: 2025-01-01}", "{person: p-2, to: 2027-01-31}"))
    found = supposed(tmp_path, "departs", "p-1", "on", "2027-02-01")
    assert [each["id"] for each in found["unanswered"]] == ["command"]
    assert (found["base_day"], found["as_of"]) == ("2027-02-01", "2027-02-01")


def test_each_person_is_ranked_by_the_critical_duties_that_hang_on_them(tmp_path: Path) -> None:
    declare(tmp_path, ORGANISATION)
    result = run("what-if", "each-person", "--as-of", AS_OF, "--format", "json", cwd=tmp_path)
    found = json.loads(result.stdout)
    assert [
        (each["person"], each["critical"], [duty["id"] for duty in each["unanswered"]]) for each in found["people"]
    ] == [
        ("p-1", 1, ["command"]),
        ("p-2", 0, ["patrol", "travel"]),
    ]
    for each in found["people"]:
        alone = supposed(tmp_path, "departs", each["person"])["unanswered"]
        assert each["unanswered"] == alone
    said = text(tmp_path, "each-person", "--top", "1")
    assert said.startswith("Without Ada Vale (p-1): 1 responsibility unanswered, critical\n")
    assert "1 more person not shown (--top).\n1 responsibility is unanswered already.\n" in said


def test_who_holds_the_roles_is_asked_for_where_nobody_said(tmp_path: Path) -> None:
    declare(
        tmp_path,
        "units: [{id: agency, name: Agency}]\nroles: [{id: lead, title: Lead, unit: agency}]\n"
        "responsibilities: [{id: keep, statement: Keep watch, accountable: lead}]\n",
    )
    said = text(tmp_path, "each-person")
    assert said.startswith("Nobody is stated to hold an accountable role.\n")
    assert "Of 1 responsibility it is not stated who holds an accountable role." in said


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["departs"], "`departs` needs PERSON", "write `departs PERSON`"),
        (["merge", "a"], "`merge` needs UNIT and INTO", "write `merge UNIT INTO`"),
        (["leaves", "p-1"], '"leaves" is not a change', "departs PERSON"),
        (["departs", "p-1", "abolsh", "lead"], '"abolsh" is neither a change nor a path', "`abolish`"),
        (["on", "tomorrow"], '"tomorrow" is not a date', "YYYY-MM-DD"),
        (["each-person", "departs", "p-1"], "`each-person` stands alone", "each-person"),
    ],
)
def test_words_that_are_no_change_are_refused_with_what_to_write(words: list[str], message: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_words(words)
    assert message in refused.value.message
    assert hint in refused.value.hint


def test_what_has_ended_already_cannot_be_supposed_to_end(tmp_path: Path) -> None:
    ended = ORGANISATION.replace("    title: Lead\n", "    title: Lead\n    abolished_on: 2026-01-01\n")
    declare(tmp_path, ended.replace("instrument: Order 1}", "instrument: Order 1, to: 2026-01-01}"))
    for words, message in (
        (("abolish", "lead"), 'the role "lead" is abolished already'),
        (("rescind", "order-1"), 'the delegation "order-1" has ended already'),
        (("merge", "north", "North"), 'the unit "north" cannot be merged into itself'),
        (("departs", "p-3"), 'no person has "p-3" as its id or in its title'),
        (("departs", "p"), '"p" is a part of 2 ids or titles'),
    ):
        result = run("what-if", *words, "--as-of", AS_OF, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (2, b"")
        assert message in result.stderr.decode()
