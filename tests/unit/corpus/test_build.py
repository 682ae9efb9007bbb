"""The corpus as a whole."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from tests.conftest import ROOT
from tests.generate.declarations import random_declarations
from tests.generate.pools import AS_OFS, seeded
from tests.unit.corpus.documents import AS_OF, OPEN, corpus, linked, unwritten
from uts_policy.corpus.build import build, serialise, with_rules
from uts_policy.model.rule import Level, SelectedRule, Selection

PLACEHOLDERS = ("TBD", "n/a")
SEEDS = st.integers(0, 2**32)


def text_of(documents, as_of=AS_OF):
    result = build(documents, as_of=as_of, placeholders=PLACEHOLDERS)
    assert result.corpus is not None, result.problems
    return serialise(result.corpus.data)


@settings(deadline=None, max_examples=60)
@given(SEEDS, SEEDS)
def test_the_order_of_files_documents_and_entries_makes_no_difference(seed, shuffle):
    made = random_declarations(seeded(seed), AS_OF)
    rng = seeded(shuffle)
    pieces = [(section, entry) for section, entries in made.items() for entry in entries]
    rng.shuffle(pieces)
    contents = [{}, {}, {}]
    for section, entry in pieces:
        rng.choice(contents).setdefault(section, []).append(entry)
    names = ["b.yaml", "a.yaml", "a.yaml"]
    documents = [unwritten(content, names[index], index) for index, content in enumerate(contents)]
    rng.shuffle(documents)
    assert text_of(documents) == text_of([unwritten(made)])


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.sampled_from(AS_OFS))
def test_the_corpus_is_what_its_schema_says(seed, as_of):
    made = random_declarations(seeded(seed), as_of)
    found = json.loads(text_of([unwritten(made)], as_of))
    schema = json.loads((ROOT / "schemas" / "corpus.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []


@settings(deadline=None, max_examples=30)
@given(SEEDS)
def test_every_date_in_the_corpus_has_its_number(seed):
    found = json.loads(text_of([unwritten(random_declarations(seeded(seed), AS_OF))]))
    days = found.pop("days")
    del found["moved"]  # there, `from` is a name
    assert set(_dates(found)) <= days.keys()


def _dates(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"from", "to", "until", "expires", "due", "review_by", "issued", "date"} or key.endswith("_on"):
                yield inner
            else:
                yield from _dates(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _dates(inner)


def test_the_authors_data_is_left_as_it_is():
    made = random_declarations(seeded(7), AS_OF)
    before = json.dumps(made)
    text_of([unwritten(made)])
    assert json.dumps(made) == before


def test_the_selected_rules_go_in_by_id():
    chosen = SelectedRule(id="a/b", level=Level.WARNING, parameters={"days": 3})
    before = corpus("units: [{id: u, name: U}]\n")
    after = with_rules(before, Selection(rules=(chosen,), not_assessed=()))
    assert after.data == {**before.data, "rules": {"a/b": {"level": "warning", "parameters": {"days": 3}}}}
    assert after.locate(("units", "u")) == before.locate(("units", "u"))


def test_text_is_canonical():
    assert serialise({"b": [1, {"d": "é", "c": None}], "a": True}) == '{"a":true,"b":[1,{"c":null,"d":"é"}]}'


ODD = (
    None,
    [],
    "x",
    {"units": None},
    {"units": {"a": 1}},
    {"units": ["x", None, 3, {"name": "nameless"}, {"id": 7}]},
    {"training_records": [{}, {"person": "p", "module": 3}]},
    {"assignments": [{"code": "A"}, {"responsibility": "x", "role": "r", "code": 3}]},
    {"assignments": [{"responsibility": "x", "role": "r", "code": [3, None]}, {"responsibility": [], "role": "r"}]},
)


@pytest.mark.parametrize("odd", ODD)
def test_what_the_schema_would_refuse_is_passed_over(odd):
    assert text_of([unwritten(odd)]) == text_of([])


def test_what_is_odd_inside_an_entry_does_no_harm():
    odd = {"holders": [{"share": True}, "x", None], "authorities": None, "status": None, "x-y": {}, "exposure": [None]}
    duty = {"id": "x", "statement": None, "accountable": 3, "responsible": [None, "r"], "scope": None}
    found = json.loads(text_of([unwritten({"roles": [{"id": "r", **odd}], "responsibilities": [duty]})]))
    assert found["roles"]["r"]["holders"] == [{"kind": "permanent", "share": 1_000_000_000, **OPEN} for _ in range(3)]
    assert list(found["assignments"]) == ["x/r/R"]


def test_a_chain_of_sixty_pairs_of_delegations_with_scopes_of_their_own_ends():
    units = [{"id": "top", "name": "T"}, *({"id": f"u{n}", "name": "U", "parent": "top"} for n in range(120))]
    every = [unit["id"] for unit in units[1:]]
    delegations = [
        {
            "id": f"d{n}-{way}",
            "delegator": f"r{n}",
            "delegate": f"r{n + 1}",
            "authorities": ["act"],
            "scope": {"units": [unit for unit in every if unit != f"u{2 * n + way}"]},
        }
        for n in range(60)
        for way in (0, 1)
    ]
    roles = [{"id": f"r{n}", "title": "R", "unit": "top"} for n in range(61)]
    roles[0]["authorities"] = [{"authority": "act"}]
    found = linked(
        {
            "units": units,
            "roles": roles,
            "delegations": delegations,
            "authorities": [{"id": "act", "title": "A", "redelegable": True}],
        }
    )["grants"]
    held = {unit for item in found["r60"]["act"] for unit in item["units"]}
    assert held == set(every)


def test_two_thousand_delegations_into_one_role_leave_one_grant():
    roles = [{"id": f"r{n}", "title": "R", "unit": "u", "authorities": [{"authority": "act"}]} for n in range(2000)]
    delegations = [
        {"id": f"d{n:04}", "delegator": f"r{n}", "delegate": "hub", "authorities": ["act"]} for n in range(2000)
    ]
    found = linked({"roles": [*roles, {"id": "hub", "title": "H", "unit": "u"}], "delegations": delegations})
    assert found["grants"]["hub"] == {"act": [{**OPEN, "via": ["d0000"]}]}
