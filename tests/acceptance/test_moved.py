"""`moved`: a rename keeps findings, waivers and baseline, and a claim to the name of another entry gains nothing."""

import json

import pytest

from tests.acceptance.command import AS_OF, run
from tests.acceptance.repository import make

FILE = "declarations/all.yaml"
BASE = """\
units:
  - {id: agency, name: Agency}
people:
  - {id: p-1}
roles:
  - {id: director, title: Director of the agency, unit: agency, holders: [{person: p-1}]}
  - {id: clerk, title: Clerk of the register, unit: agency, reports_to: director, holders: []}
  - {id: guard, title: Guard at the gate, unit: agency, reports_to: director, holders: [{person: p-1}]}
responsibilities:
  - {id: lead, statement: Lead the agency, accountable: director, responsible: director}
  - {id: post, statement: Post the letters of the agency, accountable: clerk, responsible: director}
  - {id: file, statement: File every letter in the register, responsible: clerk}
  - {id: watch, statement: Watch the gate by day and night, accountable: guard, responsible: guard}
"""
VACANT = ("staffing/vacant", "roles/clerk")
UNASSIGNED = ("ownership/unassigned", "responsibilities/file")


def moved(text, *records):
    lines = "".join(f"  - {{from: {start}, to: {end}}}\n" for start, end in records)
    return f"{text}moved:\n{lines}"


def swapped(text, **ids):
    """The text with ids replaced wherever they stand as a word, all at once."""
    for one in ids:
        text = text.replace(f": {one}", f": <{one}>")
    for one, two in ids.items():
        text = text.replace(f"<{one}>", two)
    return text


@pytest.fixture
def repository(tmp_path):
    made = make(tmp_path / "repository", **{FILE: BASE})
    made.branch()
    return made


def identities(outcome):
    return {each["id"] for each in outcome.report["findings"]}


def test_a_rename_is_no_new_finding_and_one_without_a_record_is(repository):
    before = identities(repository.check())
    renamed = swapped(BASE, clerk="registrar", file="keep")
    repository.write(FILE, renamed)
    assert {each[0] for each in repository.check().new} >= {VACANT[0], UNASSIGNED[0]}
    repository.write(
        FILE, moved(renamed, ("roles/clerk", "roles/registrar"), ("responsibilities/file", "responsibilities/keep"))
    )
    outcome = repository.check()
    assert (outcome.new, outcome.weakened, outcome.exit) == (set(), [], 0)
    assert {(VACANT[0], "roles/registrar"), (UNASSIGNED[0], "responsibilities/keep")} <= outcome.known
    assert identities(outcome) == before


@pytest.mark.parametrize(
    ("ids", "records"),
    [
        ({"clerk": "guard", "guard": "clerk"}, [("clerk", "guard"), ("guard", "clerk")]),
        ({"clerk": "guard", "guard": "clerk"}, [("clerk", "t"), ("guard", "clerk"), ("t", "guard")]),
        ({"clerk": "c"}, [("clerk", "b"), ("b", "c")]),
        ({}, [("clerk", "b"), ("b", "clerk")]),
    ],
    ids=["swap", "swap by a third", "chain", "there and back"],
)
def test_swaps_chains_and_ways_there_and_back_are_renames_too(repository, ids, records):
    before = identities(repository.check())
    text = moved(swapped(BASE, **ids), *((f"roles/{one}", f"roles/{two}") for one, two in records))
    repository.write(FILE, text)
    outcome = repository.check()
    assert (outcome.new, outcome.weakened) == (set(), [])
    assert identities(outcome) == before


def test_what_lists_ids_restrains_as_much_after_a_swap(repository):
    """Roles, authorities and modules that are asked for are compared under the ids of the head."""
    lists = (
        "authorities:\n  - {id: one, title: Sign letters}\n  - {id: two, title: Open safes}\n"
        "training:\n  - {id: basics, title: Basics, audience: {roles: [clerk]}}\n"
    )
    needs = BASE.replace("responsible: clerk}", "responsible: clerk, requires: [one]}") + lists
    repository.commit(**{FILE: needs})
    repository.git("branch", "-f", "main")
    swap = {"clerk": "guard", "guard": "clerk", "one": "two", "two": "one"}
    text = swapped(needs.replace("[clerk]", "[guard]").replace("[one]", "[two]"), **swap)
    records = [
        (f"{section}/{one}", f"{section}/{swap[one]}")
        for section, one in (
            ("roles", "clerk"),
            ("roles", "guard"),
            ("authorities", "one"),
            ("authorities", "two"),
        )
    ]
    repository.write(FILE, moved(text, *records))
    outcome = repository.check()
    assert (outcome.new, outcome.weakened) == (set(), [])
    repository.write(FILE, moved(text.replace("[two]", "[one]"), *records))
    assert repository.check().weakened != []


def test_only_records_that_the_base_lacks_count(repository):
    first = moved(swapped(BASE, clerk="registrar"), ("roles/clerk", "roles/registrar"))
    repository.commit(**{FILE: first})
    repository.git("branch", "-f", "main")
    repository.write(
        FILE,
        swapped(first, registrar="archivist") + "  - {from: roles/registrar, to: roles/archivist}\n",
    )
    outcome = repository.check()
    assert (outcome.new, outcome.weakened) == (set(), [])
    assert (VACANT[0], "roles/archivist") in outcome.known


def test_a_baseline_and_waivers_know_an_entry_by_its_former_names(repository):
    waiver = (
        "waivers:\n  - {id: w, rule: staffing/vacant, subject: roles/clerk, reason: Later, approved_by: director, "
        "approved_on: 2026-11-01, expires: 2027-03-01}\n"
    )
    repository.write(FILE, BASE + waiver)
    create = ("baseline", "create", "--as-of", AS_OF, "--reason", "from before")
    assert run(*create, cwd=repository.top).returncode == 0
    renamed = swapped(BASE, clerk="registrar", file="keep") + waiver
    text = moved(renamed, ("roles/clerk", "roles/registrar"), ("responsibilities/file", "responsibilities/keep"))
    repository.write(FILE, text)
    known = ("--baseline", "uts-policy-baseline.yaml", "--format", "json", "--as-of", AS_OF)
    done = run("check", *known, cwd=repository.top)
    findings = json.loads(done.stdout)["findings"]
    assert {each["entry"] for each in findings if each["waiver"]} == {"roles/registrar"}
    assert [each for each in findings if each["status"] == "new" and not each["waiver"]] == []


def test_diff_says_renamed_and_no_duty_changes_its_owner(repository):
    repository.commit(**{FILE: moved(swapped(BASE, guard="porter"), ("roles/guard", "roles/porter"))})
    done = run("diff", "main", "--format", "json", "--as-of", AS_OF, cwd=repository.top)
    told = json.loads(done.stdout)
    assert [(each["before"], each["after"], each["recorded"]) for each in told["renames"]] == [
        ("guard", "porter", True)
    ]
    assert (told["owners"], told["entries"], told["findings"]["opened"], told["weakens"]) == ([], [], [], [])
    text = run("diff", "main", "--as-of", AS_OF, cwd=repository.top).stdout.decode()
    assert "Renamed (1)\n  roles: guard is now porter\n" in text


# What an author could try.

EMPTIED = BASE.replace("reports_to: director, holders: [{person: p-1}]}", "reports_to: director, holders: []}")
"""The guard is gone, too: a new defect."""
WITHOUT_CLERK = "".join(each for each in EMPTIED.splitlines(keepends=True) if "id: clerk" not in each).replace(
    ": clerk", ": director"
)


def test_a_name_of_an_entry_that_the_base_declares_beside_it_hides_nothing(repository):
    repository.write(FILE, moved(EMPTIED, ("roles/clerk", "roles/guard")))
    outcome = repository.check()
    assert ("staffing/vacant", "roles/guard") in outcome.new
    assert outcome.exit == 1


def test_a_name_of_an_entry_that_goes_hides_nothing_on_one_that_was_there(repository):
    """The clerk, whose chair was empty before, is deleted; the guard, whose chair is empty now, is called so."""
    repository.write(FILE, moved(WITHOUT_CLERK, ("roles/clerk", "roles/guard")))
    outcome = repository.check()
    assert ("staffing/vacant", "roles/guard") in outcome.new


def test_a_name_for_something_else_takes_no_known_finding_along(repository):
    text = swapped(BASE.replace("Clerk of the register", "Head of all bodyguards"), clerk="chief")
    repository.write(FILE, moved(text, ("roles/clerk", "roles/chief")))
    outcome = repository.check()
    assert ("staffing/vacant", "roles/chief") in outcome.new
    assert [entry for entry, _ in outcome.weakened] == ["roles/chief"]


def test_no_baseline_and_no_waiver_hides_what_only_claims_a_name(repository):
    waiver = (
        "waivers:\n  - {id: w, rule: staffing/vacant, subject: roles/clerk, reason: Later, approved_by: director, "
        "approved_on: 2026-11-01, expires: 2027-03-01}\n"
    )
    repository.git("switch", "-q", "main")
    repository.commit(**{FILE: BASE + waiver})
    repository.git("switch", "-q", "change")
    repository.git("merge", "-q", "main")
    repository.write(FILE, moved(WITHOUT_CLERK + waiver, ("roles/clerk", "roles/guard")))
    outcome = repository.check()
    assert ("staffing/vacant", "roles/guard") in outcome.new
    assert "roles/guard" in [entry for entry, _ in outcome.weakened]


def test_an_id_that_is_taken_again_after_a_rename_is_another_entry(repository):
    """The clerk moves on; a new clerk, whose chair is empty, gets the id."""
    renamed = swapped(BASE, clerk="registrar").replace(
        "responsibilities:\n",
        "  - {id: clerk, title: Clerk of the gardens, unit: agency, holders: []}\nresponsibilities:\n"
        "  - {id: dig, statement: Dig the gardens over, accountable: clerk, responsible: director}\n",
    )
    repository.write(FILE, moved(renamed, ("roles/clerk", "roles/registrar")))
    outcome = repository.check()
    assert ("staffing/vacant", "roles/clerk") in outcome.new
    assert ("staffing/vacant", "roles/registrar") in outcome.known


def test_a_record_that_leads_nowhere_is_refused(repository):
    repository.write(FILE, moved(BASE, ("roles/clerk", "roles/nobody")))
    outcome = repository.check()
    assert [each["rule"] for each in outcome.report["findings"]] == ["schema/value"]
