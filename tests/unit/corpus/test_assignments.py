"""Assignments: the long and the short form, their ids, and the places they point at."""

import pytest

from tests.unit.corpus.documents import OPEN, built, data, links, place, problems


def named(text):
    return sorted(data(text)["assignments"])


def test_a_short_form_becomes_one_assignment_for_each_role_in_the_responsibilitys_scope():
    found = data(
        """
        responsibilities:
        - id: x
          statement: S
          scope: {units: [hq]}
          accountable: r
          responsible: [s, t]
          support: r
          consulted: [r]
          informed: TBD
        """
    )
    assert found["assignments"] == {
        f"x/{role}/{code}": {
            "id": f"x/{role}/{code}",
            "responsibility": "x",
            "role": role,
            "code": code,
            "scope": {"units": ["hq"]},
            "overrides": False,
            **OPEN,
        }
        for role, code in [("r", "A"), ("s", "R"), ("t", "R"), ("r", "S"), ("r", "C"), ("TBD", "I")]
    }
    assert (
        found["responsibilities"]["x"]
        .keys()
        .isdisjoint({"accountable", "responsible", "support", "consulted", "informed"})
    )


def test_a_long_form_has_its_own_scope_or_that_of_its_responsibility():
    text = """
        responsibilities: [{id: x, statement: S, scope: {vectors: [v]}}]
        assignments:
        - {responsibility: x, role: r, code: A, from: 2026-01, to: 2026-02, overrides: true, scope: {units: [hq]}}
        - {responsibility: x, role: s, code: R, acknowledged_on: 2026-01, reviewed_on: 2026}
        - {responsibility: gone, role: t, code: R}
        """
    assert data(text)["assignments"] == {
        "gone/t/R": {
            "id": "gone/t/R",
            "responsibility": "gone",
            "role": "t",
            "code": "R",
            "scope": {},
            "overrides": False,
            **OPEN,
        },
        "x/r/A": {
            "id": "x/r/A",
            "responsibility": "x",
            "role": "r",
            "code": "A",
            "scope": {"units": ["hq"]},
            "overrides": True,
            "from": "2026-01-01",
            "to": "2026-02-28",
        },
        "x/s/R": {
            "id": "x/s/R",
            "responsibility": "x",
            "role": "s",
            "code": "R",
            "scope": {"vectors": ["v"]},
            "overrides": False,
            "acknowledged_on": "2026-01-01",
            "reviewed_on": "2026-01-01",
            **OPEN,
        },
    }
    assert links(text)["own_scope"] == ["x/r/A"]


def test_a_list_of_codes_becomes_one_assignment_for_each_that_are_known_to_belong_together():
    text = "assignments: [{responsibility: x, role: r, code: [R, A]}, {responsibility: x, role: s, code: [C]}]\n"
    assert named(text) == ["x/r/A", "x/r/R", "x/s/C"]
    together = ["x/r/R", "x/r/A"]
    assert links(text)["written_together"] == {"x/r/A": together, "x/r/R": together}


@pytest.mark.parametrize(("code", "ids"), [("A", ["mine"]), ("[A]", ["mine"]), ("[A, R]", ["mine/A", "mine/R"])])
def test_an_id_of_the_authors_gets_the_code_behind_it_only_where_there_are_several(code, ids):
    assert named(f"assignments: [{{id: mine, responsibility: x, role: r, code: {code}}}]\n") == ids


def test_where_a_name_repeats_all_but_the_earliest_get_their_first_day():
    assert named(
        """
        assignments:
        - {responsibility: x, role: r, code: A, from: 2027}
        - {responsibility: x, role: r, code: A, from: 2026-03-05}
        - {responsibility: x, role: r, code: [A, R], from: 2028-02}
        """
    ) == ["x/r/A", "x/r/A@2027-01-01", "x/r/A@2028-02-01", "x/r/R"]


def test_one_without_a_first_day_is_the_earliest():
    assert named(
        """
        assignments:
        - {responsibility: x, role: r, code: A, from: 1999-01-01}
        - {responsibility: x, role: r, code: A, to: 1998}
        """
    ) == ["x/r/A", "x/r/A@1999-01-01"]


def test_an_id_of_the_authors_takes_no_part_in_the_repeating():
    assert named(
        """
        assignments:
        - {responsibility: x, role: r, code: A, from: 2027}
        - {id: mine, responsibility: x, role: r, code: A, from: 2026}
        """
    ) == ["mine", "x/r/A"]


@pytest.mark.parametrize(
    ("entries", "message", "where"),
    [
        (
            "assignments: [{responsibility: x, role: r, code: A}, {responsibility: x, role: r, code: A, to: 2027}]",
            "x/r/A",
            "{responsibility: x, role: r, code: A, to: 2027}",
        ),
        (
            (
                "assignments: [{responsibility: x, role: r, code: A}, "
                "{responsibility: x, role: r, code: A, from: 2027-01}, "
                "{responsibility: x, role: r, code: A, from: 2027-01-01}]"
            ),
            "x/r/A@2027-01-01",
            "{responsibility: x, role: r, code: A, from: 2027-01-01}",
        ),
        (
            "assignments: [{id: m, responsibility: x, role: r, code: A}, {id: m, responsibility: x, role: s, code: A}]",
            "m",
            "m",
        ),
        (
            (
                "assignments: [{responsibility: x, role: r, code: [A, R]}, {responsibility: x, role: r, code: [R, A], "
                "to: 2027}]"
            ),
            "x/r/A",
            "{responsibility: x, role: r, code: [R, A], to: 2027}",
        ),
        ("responsibilities: [{id: x, statement: S, accountable: [r, r]}]", "x/r/A", "r"),
    ],
)
def test_what_still_repeats_is_one_problem_for_each_written_place(entries, message, where):
    assert problems(f"{entries}\n") == [("schema/duplicate-id", f'"{message}" is declared twice in assignments', where)]


@pytest.mark.parametrize("long", ["", "id: mine, ", "from: 2026, "])
def test_a_short_form_beside_any_long_form_that_says_the_same_is_a_problem(long):
    text = (
        "responsibilities: [{id: x, statement: S, accountable: r}]\n"
        f"assignments: [{{{long}responsibility: x, role: r, code: A}}]\n"
    )
    (problem,) = built(text).problems
    assert (problem.rule, problem.problem, problem.location.span.line) == (
        "schema/duplicate-id",
        "assignments/x/r/A",
        2,
    )
    assert [related.location.span.line for related in problem.related] == [1]


def test_a_short_form_beside_a_long_form_of_another_code_or_role_is_none():
    text = """
        responsibilities: [{id: x, statement: S, accountable: r}]
        assignments: [{responsibility: x, role: r, code: R}, {responsibility: x, role: s, code: A}]
        """
    assert named(text) == ["x/r/A", "x/r/R", "x/s/A"]


PLACES = """\
responsibilities:
- id: x
  statement: S
  scope: {units: [hq, gone]}
  accountable: r
  responsible:
    - s
    - t
assignments:
- responsibility: x
  role: u
  code: [C, I]
- {responsibility: x, role: v, code: C, scope: {units: [lost]}}
"""


@pytest.mark.parametrize(
    ("route", "line", "text"),
    [
        (("assignments", "x/r/A"), 5, "r"),
        (("assignments", "x/r/A", "role"), 5, "r"),
        (("assignments", "x/t/R"), 8, "t"),
        (("assignments", "x/t/R", "role"), 8, "t"),
        (("assignments", "x/r/A", "scope", "units", 1), 4, "gone"),
        (("assignments", "x/u/I", "scope", "units", 1), 4, "gone"),
        (("assignments", "x/v/C", "scope", "units", 0), 13, "lost"),
        (("assignments", "x/u/I", "role"), 11, "u"),
        (("assignments", "x/u/C", "code"), 12, "C"),
        (("assignments", "x/u/I", "code"), 12, "I"),
        (("assignments", "x/v/C", "code"), 13, "C"),
        (("responsibilities", "x", "statement"), 3, "S"),
        (("assignments", "x/u/I"), 10, "responsibility: x\n  role: u\n  code: [C, I]"),
        (("assignments", "x/u/I", "reviewed_on"), 10, "responsibility: x\n  role: u\n  code: [C, I]"),
    ],
)
def test_a_route_of_the_corpus_leads_to_the_place_where_the_author_wrote_it(route, line, text):
    assert place(PLACES, route) == ("a.yaml", line, text)


def test_a_training_record_is_found_under_its_name():
    text = "training_records:\n- {person: p, module: m, completed_on: 2026-03}\n"
    assert place(text, ("training_records", "p/m/2026-03-01", "completed_on")) == ("a.yaml", 2, "2026-03")
