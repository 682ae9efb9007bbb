"""check, who, matrix, graph and scorecard say the same of who answers, through the installed command."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, declare, run

HEAD = """\
units:
  - {id: charity, name: Charity}
  - {id: north, name: North, parent: charity}
  - {id: board, name: Board, parent: charity, chair: chair}
people:
  - {id: p-1}
  - {id: p-2, departed_on: 2026-01-01}
  - {id: p-3, status: on-leave}
roles:
  - {id: lead, title: Lead, unit: charity, holders: [{person: p-1}]}
  - {id: other, title: Other, unit: north, holders: [{person: p-1}]}
  - {id: left, title: Left, unit: charity, holders: [{person: p-2}]}
  - {id: word, title: Word, unit: charity, holders: [{person: TBD}]}
  - {id: ghost, title: Ghost, unit: charity, holders: [{person: p-9}]}
  - {id: empty, title: Empty, unit: charity, holders: []}
  - {id: frozen, title: Frozen, unit: charity, vacancy: {reason: No money}}
  - {id: away, title: Away, unit: charity, holders: [{person: p-3}]}
  - {id: trustees, title: Trustees, unit: board, collective: true}
  - {id: chair, title: Chair, unit: board, holders: [{person: p-1}]}
responsibilities:
"""


def declared(folder: Path, duty: str, head: str = HEAD) -> Path:
    """One responsibility, `d`."""
    declare(folder, f"{head}  - {{id: d, statement: Do it, {duty}}}\n")
    return folder


def said(folder: Path, command: str, *arguments: object) -> str:
    done = run(command, *arguments, "--as-of", AS_OF, cwd=folder)
    assert done.stderr == b""
    return done.stdout.decode()


def data(folder: Path, command: str, *arguments: object) -> Any:
    return json.loads(said(folder, command, *arguments, "--format", "json"))


@pytest.mark.parametrize(
    ("role", "rules", "absence"),
    [
        ("left", {"staffing/departed-holder"}, "invalid"),
        ("word", {"ownership/placeholder-owner"}, "invalid"),
        ("ghost", {"reference/unknown"}, "invalid"),
        ("empty", {"staffing/vacant"}, "vacant"),
        ("frozen", set(), "vacancy"),
    ],
)
def test_of_a_role_in_which_nobody_can_act_all_say_what_the_rules_say(
    tmp_path: Path, role: str, rules: set[str], absence: str
) -> None:
    folder = declared(tmp_path, f"accountable: {role}")
    found = {each["rule"] for each in data(folder, "check")["findings"] if each["entry"] == f"roles/{role}"}
    [row] = data(folder, "matrix")["blocks"][0]["roles"]

    assert (
        found & {"staffing/departed-holder", "ownership/placeholder-owner", "reference/unknown", "staffing/vacant"}
        == rules
    )
    assert {
        "vacant": f'NOBODY answers.\n  Nobody holds "{role}".\n',
        "vacancy": f'nobody answers for now.\n  "{role}" is deliberately vacant.\n',
        "invalid": f'NOBODY answers.\n  "{role}" has no valid holder.\n',
    }[absence] in said(folder, "who", "d")
    assert (row["role"], row["vacant"], row["absence"]) == (role, True, absence)
    words = {"vacant": "nobody holds it", "vacancy": "it is deliberately vacant", "invalid": "it has no valid holder"}
    assert f"v  {role}: {words[absence]}, and it is accountable for 1 of these.\n" in said(folder, "matrix")
    assert f'["{role.title()}<br/>charity"]:::vacant\n' in said(folder, "graph", "--only", "roles")
    assert data(folder, "scorecard")["questions"][1]["lacking"] == (["d"] if rules else [])


@pytest.mark.parametrize(
    ("word", "rule", "told"),
    [
        ("TBD", "ownership/placeholder-owner", '"TBD" stands where a role should.'),
        ("gost", "reference/unknown", '"gost" names no role.'),
    ],
)
def test_what_is_no_role_is_told_beside_a_role_that_answers(tmp_path: Path, word: str, rule: str, told: str) -> None:
    folder = declared(tmp_path, f"accountable: [lead, {word}]")
    [row] = data(folder, "matrix")["blocks"][0]["responsibilities"]
    shown = said(folder, "matrix")

    assert rule in {each["rule"] for each in data(folder, "check")["findings"]}
    assert f'In "charity" and below: "lead" (Lead) answers.\n  {told}\n' in said(folder, "who", "d")
    assert (row["unsound"], row["cells"], row["double"]) == ([word], {"lead": "A"}, False)
    assert f'X  d: "{word}" is no living role.\n' in shown
    assert "0 without an accountable role for all or a part" in shown
    assert "1 with what is no role in its place" in " ".join(shown.split())
    assert data(folder, "scorecard")["questions"][1]["lacking"] == ["d"]


def test_a_word_is_marked_where_it_stands_and_nowhere_else(tmp_path: Path) -> None:
    folder = declared(tmp_path, "accountable: TBD")
    with (folder / "declarations" / "all.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "assignments:\n  - {responsibility: d, role: other, code: A, scope: {units: [north]}, overrides: true}\n"
        )

    assert 'X  d: "TBD" is no living role.' in said(folder, "matrix")
    assert "X  " not in said(folder, "matrix", "--unit", "north")
    assert said(folder, "who", "d").count("answers.\n") == 2
    assert 'In "charity" and below except "north": NOBODY answers.\n' in said(folder, "who", "d")
    assert 'In "north" and below: "other" (Other) answers.\n' in said(folder, "who", "d")


def test_a_collective_is_answered_for_by_the_chair_of_its_unit(tmp_path: Path) -> None:
    folder = declared(tmp_path, "accountable: trustees")
    answer = data(folder, "who", "d")["answers"][0]

    assert "staffing/vacant" not in {each["rule"] for each in data(folder, "check")["findings"]}
    assert [place["answered"] for place in answer["places"]] == [True]
    assert [(each["role"], each["persons"]) for each in answer["accountable"][0]["chair"]] == [("chair", ["p-1"])]
    assert '  chaired by   "chair", held by p-1' in said(folder, "who", "d")
    assert "VACANT" not in said(folder, "matrix")
    assert '["Trustees<br/>board"]\n' in said(folder, "graph", "--only", "roles")
    assert data(folder, "scorecard")["questions"][1]["lacking"] == []


def test_a_collective_whose_chair_is_empty_is_held_by_nobody(tmp_path: Path) -> None:
    folder = declared(
        tmp_path,
        "accountable: trustees",
        HEAD.replace("unit: board, holders: [{person: p-1}]", "unit: board, holders: []").replace(
            "collective: true}", "collective: true, holders: []}"
        ),
    )
    [finding] = [each for each in data(folder, "check")["findings"] if each["rule"] == "staffing/vacant"]

    assert (finding["entry"], finding["related"][0]["message"]) == (
        "roles/trustees", "chairs it, and nobody holds that either",
    )  # fmt: skip
    assert 'Nobody holds "trustees".\n    In the chair: "chair", held by nobody' in said(folder, "who", "d")
    assert "trustees (VACANT)" in said(folder, "matrix")
    assert data(folder, "scorecard")["questions"][1]["lacking"] == ["d"]


def test_a_chair_of_which_nobody_says_who_is_in_it_is_not_called_empty(tmp_path: Path) -> None:
    silent = HEAD.replace("title: Chair, unit: board, holders: [{person: p-1}]", "title: Chair, unit: board")
    folder = declared(tmp_path, "accountable: trustees", silent)
    told = run("who", "d", cwd=folder).stdout.decode()
    assert '  chaired by   "chair"; not stated who holds it' in told
    assert "nobody" not in told.split("Whether anybody", maxsplit=1)[0]


def test_silence_is_absence_where_a_fact_is_complete_and_in_profile_strict(tmp_path: Path) -> None:
    folder = declared(
        tmp_path,
        "accountable: silent",
        HEAD.replace("  - {id: empty", "  - {id: silent, title: Silent, unit: charity}\n  - {id: empty"),
    )
    assert "  held by      not stated\n" in said(folder, "who", "d")
    assert "silent (VACANT)" not in said(folder, "matrix")
    for option in (("--complete", "holders"), ("--profile", "strict")):
        assert 'Nobody holds "silent".' in said(folder, "who", "d", *option)
        assert "silent (VACANT)" in said(folder, "matrix", *option)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("title: Chair, unit: board, holders: [{person: p-1}]", "title: Chair, unit: board, holders: [{person: p-2}]",
         'In the chair: "chair", held by nobody'),
        ("chair: chair", "chair: chiar", 'In the chair: "chiar" names no role'),
        ("chair: chair", "chair: TBD", 'In the chair: "TBD" stands where a role should'),
    ],
)  # fmt: skip
def test_a_collective_with_a_chair_who_is_nobody_lacks_an_owner(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    folder = declared(tmp_path, "accountable: trustees", HEAD.replace(before, after))

    assert f'"trustees" has no valid holder.\n    {told}' in said(folder, "who", "d")
    assert "trustees (no valid holder)" in said(folder, "matrix")
    assert data(folder, "scorecard")["questions"][1]["lacking"] == ["d"]


def test_that_the_only_holder_is_on_leave_is_told(tmp_path: Path) -> None:
    folder = declared(tmp_path, "accountable: away")

    assert '"away" (Away) answers.\n  Everybody who holds "away" is on leave.\n' in said(folder, "who", "d")
    assert "  held by      p-3, permanent; is on leave" in said(folder, "who", "d")
    assert "VACANT" not in said(folder, "matrix")


def test_a_double_names_the_roles_that_are_doubled_and_no_other(tmp_path: Path) -> None:
    folder = declared(tmp_path, "accountable: lead")
    with (folder / "declarations" / "all.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "vectors: [{id: phones, title: Phones}, {id: cameras, title: Cameras}]\n"
            "assignments:\n"
            "  - {responsibility: d, role: other, code: A, scope: {units: [north]}, overrides: true}\n"
            "  - {responsibility: d, role: chair, code: A, scope: {vectors: [phones]}, overrides: true}\n"
        )
    [row] = data(folder, "matrix")["blocks"][0]["responsibilities"]

    assert (row["double"], row["doubled"]) == (True, ["chair", "other"])
    assert "D  d: chair and other are accountable for the same part.\n" in said(folder, "matrix")


def test_where_nobody_declared_who_holds_what_nobody_is_called_missing(tmp_path: Path) -> None:
    declare(
        tmp_path,
        "units: [{id: a, name: A}]\nroles: [{id: r, title: R, unit: a}]\n"
        "responsibilities: [{id: d, statement: D, accountable: r}]\n",
    )

    assert data(tmp_path, "who", "d")["unjudged"] == data(tmp_path, "matrix")["unjudged"] == ["staffing/vacant"]
    assert 'In "a" and below: "r" (R) answers.\n' in said(tmp_path, "who", "d")
    assert "Whether anybody holds a role is not judged" in said(tmp_path, "who", "d")
    assert "No vacancy is marked: nobody declared who holds which role.\n" in said(tmp_path, "matrix")
    assert ":::vacant" not in said(tmp_path, "graph")


@pytest.mark.parametrize("command", [("who", "d"), ("matrix",), ("graph",)])
def test_a_unit_that_is_not_declared_is_told_with_the_nearest(tmp_path: Path, command: tuple[str, ...]) -> None:
    declare(tmp_path, HEAD.replace("north", "night-van") + "  - {id: d, statement: D, accountable: lead}\n")
    done = run(*command, "--unit", "nite-van", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == 'uts-policy: error: no unit is called "nite-van"\nhint: did you mean "night-van"?\n'


def test_the_seeded_example_has_a_post_that_all_call_empty(root: Path) -> None:
    assert '"chief-analysis" has no valid holder.' in said(
        root, "who", "share-findings-with-partners", "examples/seeded"
    )
    assert "chief-analysis (no valid holder)" in said(root, "matrix", "examples/seeded")
    assert '["Chief, Analysis<br/>analysis-section"]:::vacant' in said(root, "graph", "examples/seeded")
