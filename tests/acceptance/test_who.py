"""`uts-policy who`, through the installed command."""

import json
from pathlib import Path
from typing import Any

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, run

CHAIN = """\
units:
  - {id: agency, name: Agency}
  - {id: field, name: Field, parent: agency}
people:
  - {id: p-1}
  - {id: p-2}
authorities:
  - {id: sign, title: Sign orders}
roles:
  - id: director
    title: Director
    unit: agency
    authorities:
      - {authority: sign, source: Charter 7}
  - id: lead
    title: Lead
    unit: field
    holders:
      - {person: p-1, from: 2026-01-01}
    successors: [deputy]
  - id: deputy
    title: Deputy
    unit: field
    holders: [{person: p-2}]
delegations:
  - {id: order-1, delegator: director, delegate: lead, authorities: [sign], instrument: Order 1, to: 2026-12-31}
responsibilities:
  - id: travel
    statement: Approve travel
    requires: [sign]
    accountable: lead
"""
LINES = CHAIN.splitlines()


def line(fragment: str) -> int:
    return next(number for number, text in enumerate(LINES, 1) if fragment in text)


def asked(folder: Path, *arguments: object, as_of: str = AS_OF) -> dict[str, Any]:
    result = run("who", *arguments, "--as-of", as_of, "--format", "json", cwd=folder)
    assert (result.returncode, result.stderr) == (0, b"")
    found = json.loads(result.stdout)
    assert found["schema"] == "uts-policy/who/2"
    assert found["as_of"] == as_of
    return found


def text(folder: Path, *arguments: object, as_of: str = AS_OF) -> str:
    result = run("who", *arguments, "--as-of", as_of, cwd=folder)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def test_the_chain_has_a_file_and_line_at_every_step(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN)
    [answer] = asked(tmp_path, "travel")["answers"]
    [chain] = answer["accountable"]
    [power] = chain["authorities"]
    [grant] = power["grants"]

    places = {
        "responsibility": answer["location"],
        "assignment": chain["location"],
        "role": chain["role_location"],
        "holder": chain["holders"][0]["location"],
        "needs": power["required_location"],
        "grant": grant["origin"]["grants"][0]["location"],
        "delegation": grant["delegations"][0]["location"],
        "successor": chain["successors"][0]["location"],
    }
    assert {name: (place["file"], place["line"]) for name, place in places.items()} == {
        "responsibility": ("declarations/all.yaml", line("id: travel")),
        "assignment": ("declarations/all.yaml", line("accountable: lead")),
        "role": ("declarations/all.yaml", line("id: lead")),
        "holder": ("declarations/all.yaml", line("person: p-1")),
        "needs": ("declarations/all.yaml", line("requires:")),
        "grant": ("declarations/all.yaml", line("Charter 7")),
        "delegation": ("declarations/all.yaml", line("order-1")),
        "successor": ("declarations/all.yaml", line("successors:")),
    }


def row(words: str, fragment: str) -> str:
    """A line of text with the place of a line of the declarations at its right edge."""
    place = f"declarations/all.yaml:{line(fragment)}"
    return f"{words:<{80 - len(place)}}{place}\n"


def test_the_text_reads_from_the_answer_to_the_instrument(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN)

    assert text(tmp_path, "travel") == (
        row("travel", "id: travel")
        + 'Approve travel\n\nIn "agency" and below: "lead" (Lead) answers.\n\n'
        + row('  accountable  "lead"', "accountable:")
        + row("  role         Lead", "id: lead")
        + row("  held by      p-1, permanent from 2026-01-01", "p-1, from")
        + row('  needs        "sign"', "requires:")
        + row('    granted to "director" by itself [Charter 7]', "Charter 7")
        + '    passed to  "lead" by "order-1" until 2026-12-31 [Order 1]\n'
        + row("", "order-1")
        + row('  next         "deputy", held by p-2', "successors")
        + "\nAs of 2026-11-23 (UTC).\n"
    )


def test_a_delegation_to_be_rescinded_lasts_until_the_eve(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN.replace("to: 2026-12-31}", "to: 2027-12-31, rescinded_on: 2027-03-01}"))
    [answer] = asked(tmp_path, "travel")["answers"]
    [grant] = answer["accountable"][0]["authorities"][0]["grants"]

    assert 'passed to "lead" by "order-1" until 2027-02-28 [Order 1]' in " ".join(text(tmp_path, "travel").split())
    assert [each["to"] for each in (grant, *grant["delegations"])] == ["2027-02-28", "2027-02-28"]


def test_what_a_role_has_that_is_to_be_abolished_lasts_until_the_eve(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN.replace("    title: Director\n", "    title: Director\n    abolished_on: 2026-12-01\n"))
    [answer] = asked(tmp_path, "travel")["answers"]
    [grant] = answer["accountable"][0]["authorities"][0]["grants"]

    assert [each["to"] for each in (grant, *grant["origin"]["grants"])] == ["2026-11-30", "2026-11-30"]


def test_a_lapsed_delegation_leaves_nobody_and_is_shown(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN.replace("title: Lead\n", "title: Lead\n    authorities: []\n"))
    said = text(tmp_path, "travel", as_of="2027-01-01")

    assert '"agency" and below: NOBODY answers.\n  "lead" no longer holds "sign", which it needs.\n' in said
    assert 'ended on 2026-12-31, at "lead"' in said


def test_where_nobody_states_what_a_role_holds_itself_a_lapsed_delegation_is_shown_all_the_same(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN)
    said = " ".join(text(tmp_path, "travel", as_of="2027-01-01").split())

    assert 'In "agency" and below: "lead" (Lead) answers.' in said
    assert '"sign" not stated whether it holds it' in said
    assert 'ended on 2026-12-31, at "lead"' in said


def test_a_vacant_role_is_nobody_and_its_successor_is_named(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN.replace("from: 2026-01-01}", "to: 2026-11-22}"))
    said = text(tmp_path, "travel", "--unit", "field")

    assert (
        'In "field": NOBODY answers.\n  Nobody holds "lead".\n    Next in succession: "deputy", held by p-2.\n' in said
    )


def test_a_gap_is_nobody_and_who_was_is_named(tmp_path: Path) -> None:
    ended = "assignments:\n  - {responsibility: travel, role: lead, code: A, to: 2026-03-01}\n"
    declare(tmp_path, CHAIN.replace("    accountable: lead\n", "") + ended)
    said = text(tmp_path, "travel")

    assert "NOBODY answers.\n  No role is accountable there.\n" in said
    assert '"lead" is accountable until 2026-03-01' in said


def test_a_fragment_of_the_statement_means_all_that_have_it(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN + "  - {id: brief, statement: Brief on TRAVEL, status: retired}\n")
    found = asked(tmp_path, "ravel")

    assert [answer["responsibility"] for answer in found["answers"]] == ["brief", "travel"]
    assert "nobody has to: it is retired" in text(tmp_path, "brief")
    assert '2 responsibilities have "ravel" in them.\n' in text(tmp_path, "ravel")


def test_what_is_not_declared_is_a_wrong_question_with_the_nearest(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN)
    for arguments, hint in (
        (["travle"], 'did you mean "travel"?'),
        (["travel", "--unit", "feild"], 'did you mean "field"?'),
        (["travel", "--vector", "camera"], "`uts-policy corpus` shows all that is declared"),
        (["   "], "`uts-policy corpus` shows all that is declared"),
    ):
        result = run("who", *arguments, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (2, b"")
        assert hint in result.stderr.decode()


def test_where_the_scope_does_not_reach_nobody_has_to(tmp_path: Path) -> None:
    declare(tmp_path, CHAIN.replace("    requires:", "    scope: {units: [field]}\n    requires:"))

    assert 'Nobody has to: its scope does not reach the unit "agency".' in text(tmp_path, "travel", "--unit", "agency")


def test_invalid_declarations_have_no_answer(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    result = run("who", "lead", cwd=tmp_path)

    assert (result.returncode, result.stdout) == (1, b"")
    assert "yaml/syntax" in result.stderr.decode()


def test_declarations_come_from_standard_input_too(tmp_path: Path) -> None:
    result = run("who", "lead", "-", "--as-of", AS_OF, cwd=tmp_path, stdin=SOUND.encode())

    assert (result.returncode, '"director" (Director) answers.' in result.stdout.decode()) == (0, True)


SUBJECTS = """\
units:
  - {id: agency, name: Agency}
  - {id: field, name: Field Office, parent: agency}
people:
  - {id: p-1, name: Ada Vale}
  - {id: p-2, status: departed}
authorities:
  - {id: sign, title: Sign orders}
roles:
  - id: director
    title: Director
    unit: agency
    authorities: [{authority: sign, source: Charter 7}]
    holders: [{person: p-1, to: 2027-03-31}]
    successors: [lead]
  - {id: lead, title: Lead of the field, unit: field, reports_to: director, holders: [{person: p-1}]}
  - {id: old, title: Old post, unit: field, abolished_on: 2026-01-01, replaced_by: lead}
delegations:
  - {id: order-1, delegator: director, delegate: lead, authorities: [sign], instrument: Order 1}
responsibilities:
  - {id: travel, statement: Approve travel, requires: [sign], accountable: lead, consulted: old}
  - {id: watch, statement: Keep watch, criticality: critical, accountable: director, responsible: lead}
  - {id: care, statement: Care for the field, accountable: To be decided}
"""


def test_a_role_says_what_it_answers_for_and_with_which_powers(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    assert (
        text(tmp_path, "lead")
        == """\
Lead of the field (lead)                                declarations/all.yaml:16
  unit         Field Office (field)
  reports to   Director
  held by      Ada Vale (p-1), permanent                declarations/all.yaml:16
  next         not stated

Answers for 1 responsibility
  normal    Approve travel (travel)                     declarations/all.yaml:21

Does the work of 1 responsibility, critical
  critical  Keep watch (watch)                          declarations/all.yaml:22

Powers (1)
  holds        Sign orders (sign)
    granted to "director" by itself [Charter 7]         declarations/all.yaml:13
    passed to  "lead" by "order-1" [Order 1]            declarations/all.yaml:19
    needed for travel

As of 2026-11-23 (UTC).
"""
    )


def test_a_title_in_any_capitals_is_as_good_as_the_id(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    assert text(tmp_path, "lead of THE field") == text(tmp_path, "lead") == text(tmp_path, "roles/lead")


def test_a_person_answers_through_every_role_they_hold(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    [subject] = asked(tmp_path, "Ada Vale")["subjects"]
    assert (subject["kind"], subject["id"], subject["state"]) == ("person", "p-1", "serving")
    assert [each["role"] for each in subject["holdings"]] == ["director", "lead"]
    duties = {each["role"]: [duty["responsibility"] for duty in each["duties"]] for each in subject["roles"]}
    assert duties == {"director": ["watch"], "lead": ["travel", "watch"]}
    assert [(each["on"], each["kind"]) for each in subject["roles"][0]["ends"]] == [("2027-03-31", "holding")]
    assert "Holds no role; has left." in text(tmp_path, "p-2")


def test_a_unit_answers_through_its_own_living_roles(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    [agency] = asked(tmp_path, "agency")["subjects"]
    assert ([each["role"] for each in agency["roles"]], agency["parts"]) == (["director"], {"field": "Field Office"})
    [field] = asked(tmp_path, "Field Office")["subjects"]
    assert [each["role"] for each in field["roles"]] == ["lead"]


def test_an_abolished_role_and_a_placeholder_are_marked_as_such(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS.replace("To be decided", "TBD"))
    assert "Abolished: nobody answers through this role." in text(tmp_path, "old")
    assert "replaced by  Lead of the field (lead)" in text(tmp_path, "old")
    assert "Is named as consulted for 1 responsibility" in text(tmp_path, "old")
    assert text(tmp_path, "tbd").startswith("TBD\nA placeholder, not a role: nobody answers through it.\n")


def test_what_assignments_name_and_nobody_declared_is_marked_as_such(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    assert "Not a declared role: nobody answers through it." in text(tmp_path, "To be decided")


def test_a_part_of_several_titles_lists_them(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    found = asked(tmp_path, "field")
    assert [each["kind"] for each in found["subjects"]] == ["unit"]  # the id, in full, before any part of a title
    found = asked(tmp_path, "he fiel")
    assert [(each["section"], each["id"]) for each in found["matches"]] == [
        ("responsibilities", "care"),
        ("roles", "lead"),
    ]
    assert (found["answers"], found["subjects"]) == ([], [])
    assert '2 entries have "he fiel" in their id or title. Ask about one of them:' in text(tmp_path, "he fiel")


def test_a_unit_or_vector_narrows_a_responsibility_only(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    assert asked(tmp_path, "field", "--unit", "agency")["answers"][0]["responsibility"] == "care"
    result = run("who", "director", "--unit", "agency", "--as-of", AS_OF, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b'no responsibility has "director" as its id or in its title' in result.stderr


def test_a_redacted_answer_about_a_person_names_the_pseudonym(tmp_path: Path) -> None:
    declare(tmp_path, SUBJECTS)
    result = run("who", "p-1", "--as-of", AS_OF, "--redact", cwd=tmp_path, UTS_POLICY_REDACT_KEY="0123456789abcdef")
    assert b"Holds 2 roles." in result.stdout
    assert b"p-1" not in result.stdout
    assert b"Ada" not in result.stdout
