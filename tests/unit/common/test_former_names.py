"""What entries were called before: chains, swaps, ways there and back, and what is made of other ids."""

import pytest

from uts_policy.common.fields import sections
from uts_policy.common.former_names import first_named, follow, former_names


def corpus(moves, **declared):
    data = {section: dict(declared.get(section, {})) for section in sections()}
    data["moved"] = {start: {"from": start, "to": end} for start, end in moves.items()}
    return data


def roles(*ids):
    return {id_: {"id": id_} for id_ in ids}


@pytest.mark.parametrize(
    ("moves", "declared", "first", "now"),
    [
        ({}, "a", {}, {}),
        ({"a": "b"}, "b", {"b": "a"}, {"a": "b"}),
        ({"a": "b", "b": "c"}, "c", {"c": "a"}, {"a": "c", "b": "c"}),
        ({"a": "b", "b": "a"}, "ab", {"a": "b", "b": "a"}, {}),
        ({"a": "t", "b": "a", "t": "b"}, "ab", {"a": "b", "b": "a"}, {"t": "b"}),
        ({"a": "t", "b": "a"}, "at", {"a": "b", "t": "a"}, {"b": "a"}),
        ({"a": "b", "b": "a"}, "a", {}, {"b": "a"}),
        ({"a": "b", "b": "c", "c": "a"}, "abc", {"a": "c", "b": "a", "c": "b"}, {}),
        ({"a": "c", "b": "c"}, "c", {}, {"a": "c", "b": "c"}),
        ({"a": "b"}, "ab", {"a": "a/again", "b": "a"}, {}),
    ],
    ids=["none", "one", "chain", "swap", "swap by a third", "half of it", "there and back", "round", "two", "reused"],
)
def test_the_first_name_is_the_one_that_nothing_moved_to(moves, declared, first, now):
    found = former_names(corpus({f"roles/{one}": f"roles/{two}" for one, two in moves.items()}, roles=roles(*declared)))
    assert (found.first.get("roles", {}), found.now.get("roles", {})) == (first, now)


ASSIGNMENT = {"responsibility": "lead", "role": "chief", "code": "A"}


@pytest.mark.parametrize(
    ("moves", "id_", "first", "former"),
    [
        ({"roles/boss": "roles/chief"}, "lead/chief/A", "lead/boss/A", {"lead/boss/A"}),
        (
            {"roles/boss": "roles/chief", "responsibilities/guide": "responsibilities/lead"},
            "lead/chief/A@2026-01-01",
            "guide/boss/A@2026-01-01",
            {"guide/boss/A@2026-01-01", "guide/chief/A@2026-01-01", "lead/boss/A@2026-01-01"},
        ),
        ({"roles/boss": "roles/chief"}, "mine", "mine", set()),
        ({"assignments/was": "assignments/mine"}, "mine/A", "was/A", {"was/A"}),
        ({"assignments/was": "assignments/mine"}, "mine", "was", {"was"}),
        ({"assignments/lead/chief/A": "assignments/mine"}, "mine", "lead/chief/A", {"lead/chief/A"}),
    ],
)
def test_an_assignment_follows_what_its_id_is_made_of(moves, id_, first, former):
    data = corpus(moves, roles=roles("chief"), responsibilities=roles("lead"), assignments={id_: ASSIGNMENT})
    found = former_names(data)
    assert found.first.get("assignments", {}).get(id_, id_) == first
    assert {name for name, now in found.now.get("assignments", {}).items() if now == id_} == former


def test_a_training_record_follows_its_person_and_module():
    record = {"person": "p-2", "module": "basics", "completed_on": "2026-01-01"}
    data = corpus({"people/p-1": "people/p-2"}, people=roles("p-2"), training_records={"p-2/basics/2026-01-01": record})
    found = former_names(data)
    assert found.first["training_records"] == {"p-2/basics/2026-01-01": "p-1/basics/2026-01-01"}


def test_a_role_that_is_not_declared_has_no_former_name():
    assignment = {**ASSIGNMENT, "role": "boss"}
    both = {"lead/boss/A": assignment, "lead/chief/A": ASSIGNMENT}
    found = former_names(corpus({"roles/boss": "roles/chief"}, roles=roles("chief"), assignments=both))
    assert found.first["assignments"] == {"lead/chief/A": "lead/boss/A", "lead/boss/A": "lead/boss/A/again"}


def test_a_part_of_a_key_is_an_id_where_the_sections_that_declare_it_agree():
    data = corpus({"roles/boss": "roles/chief"}, roles=roles("chief"))
    names = former_names(data)
    data["links"] = {"first_names": names.first, "former_names": names.now}
    assert first_named(data, "roles/chief", "chief/power") == ("roles/boss", "boss/power")
    assert first_named(data, "roles/boss", "") == ("roles/boss", "")
    data["units"] = roles("chief")
    assert first_named(data, "roles/chief", "chief/power") == ("roles/boss", "chief/power")


def test_each_record_is_followed_once_and_one_at_least():
    moves = {"roles/a": "roles/b", "roles/b": "roles/a"}
    assert follow("roles/a", moves, {"roles/a", "roles/b"}) == "roles/b"
    assert follow("roles/a", moves, {"roles/a"}) == "roles/a"
    assert follow("roles/a", moves, set()) == "roles/a"
