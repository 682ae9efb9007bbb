"""The oracle's own footing: where it counts wrong, comparing with it proves nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.generate.large import large_declarations
from tests.generate.organisation import organisation
from tests.generate.pools import AS_OF, Context, seeded
from tests.oracle.catalogue import UNUSED, verdict
from tests.oracle.corpus import first_day, iso, last_day, read
from tests.oracle.words import World, loops, months_later

WAIVERS = {"waivers/expired", "waivers/too-long", "waivers/self-approved", UNUSED}


def day(text):
    return date.fromisoformat(text).toordinal()


def world(**sections):
    return World(read(sections), day(AS_OF), {})


@pytest.mark.parametrize("complete", [(), ("all",)])
def test_the_little_organisation_is_sound_and_states_every_fact(complete):
    declarations = organisation(Context(rng=seeded(1), as_of=date.fromisoformat(AS_OF)))

    said = verdict(declarations, AS_OF, complete=complete)

    assert (set(said.findings), set(said.not_judged), set(said.not_assessed)) == (set(), set(), WAIVERS)


@pytest.mark.parametrize("size", [(200, 200, 400), (60, 300, 900), (300, 60, 100)])
def test_large_declarations_are_sound_in_any_proportion(size):
    said = verdict(large_declarations(*size), AS_OF)

    assert (set(said.findings), set(said.not_assessed)) == (set(), WAIVERS)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        (2024, "2024-01-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2023-12-05", "2023-12-05", "2023-12-05"),
    ],
)
def test_dates_are_filled_to_their_first_or_last_day(written, first, last):
    assert (iso(first_day(written)), iso(last_day(written))) == (first, last)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-11-30", 1, "2023-12-30"),
        ("2023-12-31", 6, "2024-06-30"),
    ],
)
def test_months_later_keeps_the_day_or_takes_the_months_last(start, months, end):
    assert months_later(day(start), months) == day(end)


def test_loops_are_groups_that_reach_each_other():
    edges = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": set(), "e": {"e"}, "f": {"a"}}

    assert loops(edges) == [{"a", "b"}, {"e"}]


def test_assignments_get_the_ids_of_the_data_model():
    written = [
        {"responsibility": "d", "role": "r", "code": ["A", "R"], "from": "2026-02"},
        {"responsibility": "d", "role": "r", "code": "A"},
        {"responsibility": "d", "role": "r", "code": ["C", "I"], "id": "own"},
        {"responsibility": "d", "role": "r", "code": "S", "id": "mine"},
    ]

    corpus = read({"responsibilities": [{"id": "d", "statement": "D", "informed": ["x"]}], "assignments": written})

    assert set(corpus.entries["assignments"]) == {
        "d/r/A",
        "d/r/A@2026-02-01",
        "d/r/R",
        "own/C",
        "own/I",
        "mine",
        "d/x/I",
    }


def test_an_overriding_assignment_replaces_a_wider_one_within_its_own_scope():
    w = world(
        units=[{"id": "top", "name": "T"}, {"id": "low", "name": "L", "parent": "top"}],
        responsibilities=[{"id": "d", "statement": "D"}],
        assignments=[
            {"responsibility": "d", "role": "a", "code": "A"},
            {"responsibility": "d", "role": "b", "code": "A", "scope": {"units": ["low"]}, "overrides": True},
        ],
    )

    assert (w.answered("d/a/A"), w.answered("d/b/A")) == (frozenset({("top", None)}), frozenset({("low", None)}))


def test_authority_reaches_no_further_than_permission():
    chain = [
        {"id": "1", "delegator": "a", "delegate": "b", "authorities": ["act"], "redelegable": True},
        {"id": "2", "delegator": "b", "delegate": "c", "authorities": ["act"]},
        {"id": "3", "delegator": "c", "delegate": "d", "authorities": ["act"]},
    ]
    roles = [{"id": role, "title": role, "unit": "u"} for role in "abcd"]
    w = world(
        authorities=[{"id": "act", "title": "Act"}],
        roles=[roles[0] | {"authorities": [{"authority": "act"}]}, *roles[1:]],
        delegations=chain,
    )

    assert [w.granted(role, "act") for role in "abcd"] == [True, True, True, False]
