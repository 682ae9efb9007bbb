"""`uts-policy diff`: what a change means, told through the installed command."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, run
from tests.acceptance.repository import Repository, make

BASE = """\
units:
  - {id: agency, name: Agency}
  - {id: field, name: Field, parent: agency}
  - {id: north, name: North, parent: field}
  - {id: south, name: South, parent: field}
vectors:
  - {id: online, title: Online}
  - {id: travel, title: Travel}
people:
  - {id: p-1}
  - {id: p-2}
  - {id: p-3}
authorities:
  - {id: spend, title: Spend}
roles:
  - id: director
    title: Director
    unit: agency
    holders: [{person: p-1}]
    authorities: [{authority: spend, source: DO 1}]
  - {id: lead, title: Lead, unit: field, reports_to: director, holders: [{person: p-2}]}
  - {id: clerk, title: Clerk, unit: field, reports_to: lead, holders: [{person: p-3}]}
delegations:
  - {id: do-1, delegator: director, delegate: lead, authorities: [spend], instrument: DO 1, limits: Small sums.}
responsibilities:
  - {id: brief, statement: Brief travellers, accountable: lead, responsible: clerk}
  - {id: guard, statement: Guard the field, scope: {units: [field]}, accountable: lead, responsible: lead}
directives:
  - {id: d-1, title: Directive 1, owner: director, topic: travel}
waivers: []
"""


def told(before: str, after: str, folder: Path, *options: str) -> Any:
    """What lies between two texts of declarations, in directories."""
    for name, text in (("before", before), ("after", after)):
        (folder / name).mkdir()
        (folder / name / "all.yaml").write_text(text, encoding="utf-8")
    done = run("diff", "before", "after", "--as-of", AS_OF, "--format", "json", *options, cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def changed(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def owners(meaning: Any) -> list[tuple[Any, ...]]:
    names = ("change", "responsibility", "units", "vectors", "before", "after")
    return [tuple(each[name] for name in names) for each in meaning["owners"]]


GUARD = "scope: {units: [field]}, accountable: lead, responsible: lead"
OVERRIDE = "assignments:\n  - {responsibility: brief, role: clerk, code: A, scope: {units: [north]"
OVERRIDES = "}, overrides: true}\nwaivers: []"


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("accountable: lead, responsible: clerk", "responsible: clerk")], [("lost", "brief", [], [], ["lead"], [])]),
        (
            [("accountable: lead, responsible: clerk", "accountable: clerk, responsible: clerk")],
            [("moved", "brief", [], [], ["lead"], ["clerk"])],
        ),
        (
            [("waivers: []", OVERRIDE + OVERRIDES)],
            [("moved", "brief", ["north"], [], ["lead"], ["clerk"])],
        ),
        (
            [("waivers: []", OVERRIDE + ", vectors: [travel]" + OVERRIDES)],
            [("moved", "brief", ["north"], ["travel"], ["lead"], ["clerk"])],
        ),
        (
            [("waivers: []", OVERRIDE + "}}\nwaivers: []")],
            [("moved", "brief", ["north"], [], ["lead"], ["clerk", "lead"])],
        ),
        ([(GUARD, GUARD.replace("[field]", "[north]"))], [("ended", "guard", ["field"], [], ["lead"], [])]),
        (
            [(GUARD, GUARD.replace("[field]", "[agency]"))],
            [("new", "guard", ["agency"], [], [], ["lead"])],
        ),
        (
            [(GUARD, f"status: retired, {GUARD}")],
            [("ended", "guard", [], [], ["lead"], [])],
        ),
        ([("lead, title: Lead,", "lead, title: Lead, status: abolished,")], [
            ("lost", "brief", [], [], ["lead"], []),
            ("lost", "guard", [], [], ["lead"], []),
        ]),
        ([("- {id: south, name: South, parent: field}", "- {id: south, name: South, parent: agency}")], [
            ("ended", "guard", ["south"], [], ["lead"], []),
        ]),
        ([("  - {id: south, ", "  - {id: west, name: West, parent: field}\n  - {id: south, ")], []),
        ([("  - {id: south, name: South, parent: field}\n", "")], []),
        ([("  - {id: travel, ", "  - {id: money, title: Money}\n  - {id: travel, ")], []),
        ([("statement: Brief travellers, accountable: lead", "statement: Brief travellers, accountable: TBD")], [
            ("lost", "brief", [], [], ["lead"], []),
        ]),
    ],
)  # fmt: skip
def test_owners_are_compared_place_by_place(
    tmp_path: Path, pairs: list[tuple[str, str]], expected: list[tuple[Any, ...]]
) -> None:
    assert owners(told(BASE, changed(*pairs), tmp_path)) == expected


def test_what_stands_instead_of_an_owner_is_named(tmp_path: Path) -> None:
    after = changed(("statement: Brief travellers, accountable: lead", "statement: Brief travellers, accountable: TBD"))
    assert [each["instead"] for each in told(BASE, after, tmp_path)["owners"]] == [["TBD"]]


def test_a_duty_that_comes_and_one_that_goes_are_told_with_their_owners(tmp_path: Path) -> None:
    after = changed(
        (f"- {{id: guard, statement: Guard the field, {GUARD}}}", "- {id: pay, statement: Pay, accountable: clerk}")
    )
    meaning = told(BASE, after, tmp_path)
    assert owners(meaning) == [("new", "pay", [], [], [], ["clerk"]), ("ended", "guard", [], [], ["lead"], [])]
    assert [(each["id"], each["change"]) for each in meaning["entries"]] == [("guard", "removed"), ("pay", "added")]
    assert meaning["parts"] == [{"responsibility": "guard", "code": "R", "gained": [], "lost": ["lead"]}]
    lines = {each["responsibility"]: each["location"]["line"] for each in meaning["owners"]}
    assert lines == {"pay": 27, "guard": 27}


def test_parts_holders_powers_and_papers_are_told_and_whose_yes_they_need(tmp_path: Path) -> None:
    waiver = (
        "waivers:\n  - {id: w, rule: staffing/vacant, subject: roles/lead, reason: x, "
        "approved_by: director, approved_on: 2026-11-01, expires: 2027-01-01}"
    )
    after = changed(
        ("accountable: lead, responsible: clerk", "accountable: lead, responsible: lead, consulted: clerk"),
        ("reports_to: lead, holders: [{person: p-3}]", "reports_to: lead, holders: [{person: p-1}]"),
        ("delegate: lead", "delegate: clerk"),
        ("title: Directive 1,", "title: Directive 1, review_by: 2030-01-01,"),
        ("waivers: []", waiver),
    )
    meaning = told(BASE, after, tmp_path)
    assert meaning["owners"] == []
    assert meaning["parts"] == [
        {"responsibility": "brief", "code": "R", "gained": ["lead"], "lost": ["clerk"]},
        {"responsibility": "brief", "code": "C", "gained": ["clerk"], "lost": []},
    ]
    assert meaning["holders"] == [{"role": "clerk", "gained": ["p-1"], "lost": ["p-3"]}]
    assert meaning["powers"] == [
        {"role": "clerk", "authority": "spend", "change": "added"},
        {"role": "lead", "authority": "spend", "change": "removed"},
    ]
    assert [
        (each["section"], each["id"], [field["field"] for field in each["fields"]]) for each in meaning["entries"]
    ] == [
        ("roles", "clerk", ["holders"]),
        ("delegations", "do-1", ["delegate"]),
        ("directives", "d-1", ["review_by"]),
        ("waivers", "w", []),
    ]
    assert {
        each["role"]: [(reason["change"], reason["what"], reason["entry"]) for reason in each["reasons"]]
        for each in meaning["approvals"]
    } == {
        "clerk": [
            ("loses", "responsible", "responsibilities/brief"),
            ("gains", "authority", "authorities/spend"),
            ("changes", "delegation", "delegations/do-1"),
        ],
        "director": [
            ("changes", "delegation", "delegations/do-1"),
            ("changes", "directive", "directives/d-1"),
            ("adds", "waiver", "waivers/w"),
        ],
        "lead": [
            ("gains", "responsible", "responsibilities/brief"),
            ("loses", "authority", "authorities/spend"),
            ("changes", "delegation", "delegations/do-1"),
        ],
    }


def test_a_role_that_is_gone_is_asked_for_at_its_superior(tmp_path: Path) -> None:
    after = changed(
        ("  - {id: clerk, title: Clerk, unit: field, reports_to: lead, holders: [{person: p-3}]}\n", ""),
        ("accountable: lead, responsible: clerk", "accountable: lead, responsible: lead"),
    )
    asked = {each["role"]: (each["gone"], each["superior"]) for each in told(BASE, after, tmp_path)["approvals"]}
    assert asked == {"clerk": (True, "lead"), "lead": (False, None)}


def test_what_does_not_count_today_is_told_as_an_entry(tmp_path: Path) -> None:
    later = "assignments:\n  - {responsibility: guard, role: clerk, code: A, from: 2027-01-01}\nwaivers: []"
    meaning = told(BASE, changed(("waivers: []", later)), tmp_path)
    assert meaning["owners"] == []
    assert [(each["section"], each["id"]) for each in meaning["entries"]] == [("assignments", "guard/clerk/A")]


def test_a_finding_of_a_renamed_entry_is_neither_opened_nor_closed(tmp_path: Path) -> None:
    faulty = changed(("holders: [{person: p-2}]", "holders: [{person: p-2}], successors: [nobody-known]"))
    meaning = told(faulty, faulty.replace("clerk", "registrar").replace("lead", "chief"), tmp_path)
    assert [(each["before"], each["after"]) for each in meaning["renames"]] == [
        ("clerk", "registrar"),
        ("lead", "chief"),
    ]
    assert (meaning["findings"]["opened"], meaning["findings"]["closed"]) == ([], [])
    assert [(each["rule"], each["entry"]) for each in meaning["findings"]["known"]] == [
        ("reference/unknown", "roles/chief")
    ]
    assert (meaning["owners"], meaning["parts"], meaning["entries"], meaning["approvals"]) == ([], [], [], [])


def test_what_a_waiver_hid_and_hides_no_more_is_opened(tmp_path: Path) -> None:
    gap = ("accountable: lead, responsible: clerk", "responsible: clerk")
    waiver = (
        "waivers:\n  - {id: w, rule: ownership/unassigned, subject: responsibilities/brief, reason: x, "
        "approved_by: director, approved_on: 2026-11-01, expires: 2027-01-01}"
    )
    meaning = told(changed(gap, ("waivers: []", waiver)), changed(gap), tmp_path)
    assert [each["rule"] for each in meaning["findings"]["opened"]] == ["ownership/unassigned"]


def test_the_same_in_another_order_and_in_other_files_means_nothing(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "all.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "after").mkdir()
    for section in re.split(r"\n(?=\w)", BASE.strip()):
        head, *entries = section.split("\n  - ")
        text = "\n  - ".join([head, *reversed(entries)])
        (tmp_path / "after" / f"{head.partition(':')[0]}.yml").write_text(f"{text}\n", encoding="utf-8")
    done = run("diff", "before", "after", "--as-of", AS_OF, cwd=tmp_path)
    assert (done.returncode, done.stdout.decode().split("\n")[-2]) == (0, "Nothing changes.")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A branch that takes an owner away, and a main branch that has gone on since."""
    made = make(tmp_path, **{"declarations/all.yaml": BASE})
    made.branch()
    made.commit(**{"declarations/all.yaml": changed(("accountable: lead, responsible: clerk", "responsible: clerk"))})
    made.git("switch", "-q", "main")
    made.commit(
        **{"declarations/all.yaml": changed((f"{GUARD}", GUARD.replace("accountable: lead", "accountable: clerk")))}
    )
    made.git("switch", "-q", "change")
    return made


def diff(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return run("diff", *arguments, "--as-of", AS_OF, "--format", "json", cwd=repository.top)


@pytest.mark.parametrize("arguments", [("main",), ("main", "HEAD"), ("main", "change"), ("main~0", "change^{commit}")])
def test_what_main_did_meanwhile_is_not_the_branchs(repository: Repository, arguments: tuple[str, ...]) -> None:
    done = diff(repository, *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    meaning = json.loads(done.stdout)
    assert owners(meaning) == [("lost", "brief", [], [], ["lead"], [])]
    assert meaning["base"] == {"name": arguments[0], "commit": repository.git("rev-parse", "main~1")}
    head = repository.git("rev-parse", "change") if arguments[1:] else None
    assert meaning["head"] == {"name": arguments[1] if arguments[1:] else "the work tree", "commit": head}


def test_the_work_tree_counts_as_it_lies_there(repository: Repository) -> None:
    repository.write("declarations/all.yaml", BASE)
    assert json.loads(diff(repository, "main").stdout)["empty"]
    assert owners(json.loads(diff(repository, "main", "HEAD").stdout)) == [("lost", "brief", [], [], ["lead"], [])]


def test_the_first_declarations_of_all_are_new_duties(tmp_path: Path) -> None:
    made = make(tmp_path, README="Nothing yet.")
    made.branch()
    made.commit(**{"declarations/all.yaml": SOUND})
    meaning = json.loads(diff(made, "main").stdout)
    assert owners(meaning) == [("new", "lead", [], [], [], ["director"])]
    assert (meaning["renames"], meaning["weakens"]) == ([], [])
    assert len(meaning["notices"]) == 1


def test_a_directory_is_compared_with_a_commit(repository: Repository) -> None:
    repository.write("draft/all.yaml", BASE)
    meaning = json.loads(diff(repository, "main~1", "./draft").stdout)
    assert meaning["empty"]
    assert meaning["head"] == {"name": "./draft", "commit": None}


def test_a_name_of_both_a_revision_and_a_directory_is_refused(repository: Repository) -> None:
    repository.write("main/all.yaml", BASE)
    done = diff(repository, "main")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b'"main" is a revision and a directory' in done.stderr
    assert json.loads(diff(repository, "refs/heads/main").stdout)["base"]["commit"]
    assert json.loads(diff(repository, "./main").stdout)["base"]["commit"] is None


def test_a_change_that_loosens_the_check_is_told_by_its_settings(repository: Repository) -> None:
    repository.write("uts-policy.yaml", "levels: {ownership/unassigned: warning}\n")
    meaning = json.loads(diff(repository, "main").stdout)
    assert [each["location"]["file"] for each in meaning["weakens"]] == ["uts-policy.yaml"]
    assert [each["level"] for each in meaning["findings"]["opened"]] == ["warning"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), 'git knows no revision "nowhere"'),
        (("main", "nowhere"), 'git knows no revision "nowhere"'),
        (("--", "--upload-pack=x"), 'git knows no revision "--upload-pack=x"'),
    ],
)
def test_a_revision_that_is_not_there_is_no_verdict(
    repository: Repository, arguments: tuple[str, ...], words: str
) -> None:
    done = run("diff", "--as-of", AS_OF, *arguments, cwd=repository.top)
    assert (done.returncode, done.stdout) == (3, b"")
    assert words in done.stderr.decode()


@pytest.mark.parametrize("side", ["before", "after"])
def test_an_invalid_side_cannot_be_compared(tmp_path: Path, side: str) -> None:
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.yaml").write_text(BROKEN if name == side else SOUND, encoding="utf-8")
    done = run("diff", "before", "after", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert f"{side} cannot be compared, for it is invalid: all.yaml:" in done.stderr.decode()


def test_an_invalid_commit_cannot_be_compared(tmp_path: Path) -> None:
    made = make(tmp_path, **{"declarations/all.yaml": BROKEN})
    made.branch()
    made.commit(**{"declarations/all.yaml": SOUND})
    done = diff(made, "main")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"cannot be compared, for it is invalid: declarations/all.yaml:" in done.stderr


def test_without_a_repository_a_revision_is_no_verdict(tmp_path: Path) -> None:
    declare(tmp_path)
    done = run("diff", "main", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"is in no git repository" in done.stderr


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("one", "../none"), 'there is no directory "../none"\nhint: Correct its name'),
        (("none", "one"), 'there is no directory "none", and "'),
        (("one/all.yaml", "one"), '"one/all.yaml" is a file, and what is compared are directories'),
        (("one", "one/all.yaml"), '"one/all.yaml" is a file, and what is compared are directories'),
        (("one", "empty"), 'nothing to check: no .yaml or .yml file in "empty"\nhint: '),
    ],
)
def test_what_is_no_directory_is_told_by_its_name(tmp_path: Path, sides: tuple[str, str], said: str) -> None:
    for folder in ("one", "empty"):
        (tmp_path / folder).mkdir()
    (tmp_path / "one" / "all.yaml").write_text(SOUND, encoding="utf-8")
    done = run("diff", *sides, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().startswith(f"uts-policy: error: {said}")
    assert b"--since" not in done.stderr


def test_it_is_written_to_a_file_where_one_is_named(repository: Repository) -> None:
    done = run("diff", "main", "--as-of", AS_OF, "--format", "markdown", "--out", "comment.md", cwd=repository.top)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    text = (repository.top / "comment.md").read_text(encoding="utf-8")
    assert text.startswith("## uts-policy: 1 duty loses its owner; 1 finding opened\n")


def test_paths_are_those_of_both_sides(repository: Repository) -> None:
    repository.write("elsewhere/more.yaml", "people:\n  - {id: p-9}\n")
    plain = json.loads(diff(repository, "main").stdout)
    both = json.loads(diff(repository, "main", "--path", "declarations", "--path", "elsewhere").stdout)
    assert [(each["section"], each["id"]) for each in plain["entries"]] == []
    assert [(each["section"], each["id"]) for each in both["entries"]] == [("people", "p-9")]
