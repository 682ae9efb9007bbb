"""Declarations after a change that nobody has written down."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generate.asked import stirred
from tests.oracle.compare import Checker, _declared
from uts_policy.corpus.build import build
from uts_policy.corpus.supposition import apart, supposed, without_people
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document, Source
from uts_policy.model.supposition import Change, ChangeKind

DAY = "2026-11-23"


def document(**sections: Any) -> Document:
    source = to_source("a.yaml", json.dumps(sections).encode())
    assert isinstance(source, Source)
    [made] = parse(source).documents
    return made


def after(change: Change, **sections: Any) -> dict[str, Any]:
    [made] = supposed([document(**sections)], [change], DAY)
    return dict(made.data)


def departs(*holders: dict[str, Any]) -> list[dict[str, Any]]:
    change = Change(kind=ChangeKind.DEPARTS, subject="p-1")
    return after(change, roles=[{"id": "lead", "holders": list(holders)}])["roles"][0]["holders"]


@pytest.mark.parametrize(
    ("holder", "left"),
    [
        ({"person": "p-1"}, [{"person": "p-1", "to": "2026-11-22"}]),
        ({"person": "p-1", "from": 2025, "to": "2026-12"}, [{"person": "p-1", "from": 2025, "to": "2026-11-22"}]),
        ({"person": "p-1", "to": "2026-11-22"}, [{"person": "p-1", "to": "2026-11-22"}]),
        ({"person": "p-1", "to": "2026-10"}, [{"person": "p-1", "to": "2026-10"}]),
        ({"person": "p-1", "from": "2026-11-22"}, [{"person": "p-1", "from": "2026-11-22", "to": "2026-11-22"}]),
        ({"person": "p-1", "from": "2026-11-23"}, []),
        ({"person": "p-2"}, [{"person": "p-2"}]),
    ],
)
def test_holdings_end_on_the_eve_and_those_to_come_never_begin(
    holder: dict[str, Any], left: list[dict[str, Any]]
) -> None:
    assert departs(holder) == left


def test_a_merged_unit_is_named_nowhere_and_each_reference_stands_once() -> None:
    change = Change(kind=ChangeKind.MERGE, subject="north", into="south")
    found = after(
        change,
        units=[
            {"id": "agency"},
            {"id": "north", "parent": "agency"},
            {"id": "south", "parent": "north"},
            {"id": "post", "parent": "north"},
        ],
        roles=[{"id": "lead", "unit": "north"}],
        responsibilities=[{"id": "keep", "scope": {"units": ["north", "south"]}}],
    )
    assert found == {
        "units": [{"id": "agency"}, {"id": "south", "parent": "agency"}, {"id": "post", "parent": "south"}],
        "roles": [{"id": "lead", "unit": "south"}],
        "responsibilities": [{"id": "keep", "scope": {"units": ["south"]}}],
    }


def test_an_abolished_role_and_a_rescinded_delegation_have_the_day() -> None:
    roles = {"roles": [{"id": "lead"}, {"id": "deputy"}]}
    assert after(Change(kind=ChangeKind.ABOLISH, subject="lead"), **roles) == {
        "roles": [{"id": "lead", "abolished_on": DAY}, {"id": "deputy"}]
    }
    orders = {"delegations": [{"id": "order"}]}
    assert after(Change(kind=ChangeKind.RESCIND, subject="order"), **orders) == {
        "delegations": [{"id": "order", "rescinded_on": DAY}]
    }


def test_a_document_that_nothing_changes_is_the_same_object() -> None:
    whole = document(roles=[{"id": "lead"}])
    [same] = supposed([whole], [Change(kind=ChangeKind.DEPARTS, subject="p-1")], DAY)
    assert same is whole


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("123456789"), unique=True)))
def test_no_two_people_of_a_group_have_an_item_in_common(people: dict[str, list[str]]) -> None:
    groups = apart(people)
    assert sorted(each for group in groups for each in group) == sorted(
        {each for some in people.values() for each in some}
    )
    assert all(len(group.intersection(members)) <= 1 for group in groups for members in people.values())


def test_a_corpus_without_a_person_is_the_one_built_from_declarations_without_them() -> None:
    compared = 0
    checker = Checker()
    for seed in range(40):
        case = stirred(seed)
        declared = _declared(case)
        whole = built(declared.files.documents, case.as_of, checker)
        for person in sorted(whole.data["links"]["holdings"]) if whole else ():
            if person not in whole.data["people"]:
                continue
            change = Change(kind=ChangeKind.DEPARTS, subject=person)
            other = built(supposed(declared.files.documents, [change], case.as_of), case.as_of, checker)
            assert other is not None
            same = without_people(whole, [person])
            assert other.data["days"].items() <= same.data["days"].items()
            assert {**same.data, "days": 0} == {**other.data, "days": 0}, (seed, person)
            compared += 1
    assert compared > 40


def built(documents: Any, as_of: str, checker: Checker) -> Corpus | None:
    words = next(rule for rule in checker.policies.catalogue if rule.id == "ownership/placeholder-owner")
    return build(documents, as_of=as_of, placeholders=words.parameters["placeholders"].default).corpus
