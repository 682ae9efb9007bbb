"""What the merge finds: ids declared twice, days that do not exist, terms that end before they begin."""

import pytest

from tests.unit.corpus.documents import built, corpus, documents, problems
from uts_policy.schema.constraints import beyond

TWICE = "schema/duplicate-id"


def test_an_id_declared_twice_is_told_at_the_later_one_and_shows_the_first():
    text = "units:\n- {id: hq, name: HQ}\n- {id: hq, name: Again}\n"
    result = built(text)
    (problem,) = result.problems
    assert problem.route == ("units", 1)
    assert problem.problem == "units/hq"
    assert problem.message == '"hq" is declared twice in units'
    assert (problem.location.span.line, problem.location.span.column) == (3, 8)
    (related,) = problem.related
    assert (related.entry, related.location.span.line, related.message) == ("units/hq", 2, "first declared here")
    assert result.corpus is None


def test_of_two_files_the_later_one_is_the_one_with_the_greater_path_whatever_the_order_given():
    result = built("units: [{id: hq, name: HQ}]\n", "units: [{id: hq, name: HQ}]\n")
    assert [problem.location.file for problem in result.problems] == ["b.yaml"]


def test_each_further_one_is_a_problem_of_its_own():
    assert problems("people: [{id: p}, {id: p}, {id: p}]\n") == [
        (TWICE, '"p" is declared twice in people', "p"),
        (TWICE, '"p" is declared twice in people', "p"),
    ]


def test_one_id_in_two_sections_is_no_duplicate():
    assert built("units: [{id: a, name: A}]\npeople: [{id: a}]\n").problems == ()


def test_two_records_of_one_person_module_and_day_are_one_too_many():
    text = """\
training_records:
- {person: p, module: m, completed_on: 2026-03}
- {person: p, module: m, completed_on: 2026-03-01}
- {person: p, module: m, completed_on: 2026-03-02}
"""
    assert problems(text) == [
        (
            TWICE,
            '"p/m/2026-03-01" is declared twice in training_records',
            "{person: p, module: m, completed_on: 2026-03-01}",
        )
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "people: [{id: p, departed_on: 2026-02-30}]",
        "roles: [{id: r, title: R, unit: u, holders: [{person: p, to: 2026-02-30}]}]",
        "roles: [{id: r, title: R, unit: u, vacancy: {until: 2026-02-30}}]",
        "assignments: [{responsibility: x, role: r, code: A, from: 2026-02-30}]",
        "training_records: [{person: p, module: m, completed_on: 2026-02-30}]",
        "waivers: [{id: w, rule: a/b, subject: c, reason: R, approved_by: r, approved_on: 2026, expires: 2026-02-30}]",
    ],
)
def test_a_day_that_does_not_exist_is_refused_before_there_is_a_corpus(entry):
    (wrong,), (right,) = documents(f"{entry}\n"), documents(f"{entry.replace('02-30', '02-28')}\n")
    assert [each.message.rpartition(" is ")[2] for each in beyond(wrong, None)] == [
        "2026-02-30, but that month has 28 days"
    ]
    assert list(beyond(right, None)) == []


def test_a_term_that_ends_before_it_begins_is_a_problem_at_its_end():
    text = "delegations: [{id: d, delegator: r, delegate: s, authorities: [a], from: 2026-03, to: 2026-02}]\n"
    assert problems(text) == [("schema/value", '"to" (2026-02-28) is before "from" (2026-03-01)', "2026-02")]


def test_a_term_of_one_day_one_month_or_one_year_is_none():
    terms = ["2026-03-01, to: 2026-03-01", "2026-03, to: 2026-03", "2026, to: 2026"]
    holders = ", ".join(f"{{person: p, from: {term}}}" for term in terms)
    assert corpus(f"roles: [{{id: r, title: R, unit: u, holders: [{holders}]}}]\n").data["roles"]["r"]["holders"] == [
        {"person": "p", "kind": "permanent", "share": 1_000_000_000, "from": start, "to": end}
        for start, end in [("2026-03-01", "2026-03-01"), ("2026-03-01", "2026-03-31"), ("2026-01-01", "2026-12-31")]
    ]


def test_problems_come_in_the_order_of_their_places():
    first = (
        "roles: [{id: r, title: R, unit: u, holders: [{person: p, from: 2026, to: 2025}]}]\n"
        "people: [{id: p}]\nunits: [{id: u, name: U}, {id: u, name: U}]\n"
    )
    second = "people: [{id: p}]\n"
    assert [(problem.rule, problem.location.file) for problem in built(first, second).problems] == [
        ("schema/value", "a.yaml"),
        (TWICE, "a.yaml"),
        (TWICE, "b.yaml"),
    ]
