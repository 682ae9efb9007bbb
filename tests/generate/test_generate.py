"""The generator keeps its promises: valid, reproducible, hostile enough, large enough."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML

from tests.generate.declarations import random_declarations
from tests.generate.emit import dump, dump_compact, dump_files, quoted
from tests.generate.hostile import hostile_strings
from tests.generate.large import chain, large_declarations, one_loop, one_responsibility, one_unit
from tests.generate.mutate_staffing import second_hat
from tests.generate.org import Org
from tests.generate.pools import AS_OF, AS_OFS, Context, seeded
from tests.generate.repair import POSTS_ONLY
from tests.generate.strategies import declarations, hostile_declarations

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "declarations.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def read(text):
    return list(YAML(typ="safe", pure=True).load_all(text))


def problems(made):
    return [f"{list(error.instance_path)}: {error.message[:300]}" for error in VALIDATOR.iter_errors(made)]


@pytest.mark.parametrize("as_of", AS_OFS)
def test_random_declarations_are_valid(as_of):
    found = {seed: problems(random_declarations(seeded(seed), as_of)) for seed in range(300)}

    assert {seed: one for seed, one in found.items() if one} == {}


def test_random_declarations_keep_what_only_the_merge_refuses():
    made = [random_declarations(seeded(seed)) for seed in range(300)]
    roles = [role for one in made for role in one.get("roles", ())]

    classes = [role for role in roles if role.get("everyone")]
    chairs = [role for role in roles if "chair" in role]
    replaced = [role for role in roles if "replaced_by" in role]
    assert min(map(len, (classes, chairs, replaced))) > 20
    assert [role for role in classes if not role.keys().isdisjoint(POSTS_ONLY)] == []
    assert [role for role in chairs if not role.get("collective")] == []
    assert [role for role in replaced if role.get("status") != "abolished" and "abolished_on" not in role] == []
    assert [one for one in roles if not one.get("collective") and one.get("minimum", 0) > one.get("seats", 1)] == []


def test_former_names_lead_to_what_is_declared():
    followed = 0
    for seed in range(300):
        made = random_declarations(seeded(seed))
        declared = {f"{section}/{one['id']}" for section, many in made.items() for one in many if "id" in one}
        moved = {record["from"]: record["to"] for record in made.get("moved", ())}
        assert len(moved) == len(made.get("moved", ()))
        for name in moved.values():
            last = name
            while last in moved:
                last = moved[last]
                followed += 1
            assert last in declared
    assert followed > 5


def test_a_second_hat_makes_nobody_of_a_placeholder():
    made = [{"roles": [{"id": "a", "holders": [{"person": "?"}]}], "people": []} for _ in range(100)]
    for seed, declarations_ in enumerate(made):
        second_hat(Org(declarations_, Context(rng=seeded(seed), as_of=date.fromisoformat(AS_OF))))

    assert [one["people"] for one in made if one["people"]] == []


@given(hostile_declarations())
@settings(deadline=None, max_examples=50)
def test_hostile_declarations_are_valid(made):
    assert problems(made) == []


def test_the_same_seed_gives_the_same_declarations():
    assert random_declarations(seeded(7)) == random_declarations(seeded(7))


@given(declarations())
@settings(deadline=None, max_examples=20)
def test_every_style_says_the_same(made):
    assert read(dump(made)) == read(dump(made, seeded(1))) == read(dump_compact(made)) == [made]


@given(declarations())
@settings(deadline=None, max_examples=20)
def test_files_hold_each_entry_once(made):
    documents = [one or {} for text in dump_files(made, seeded(3)).values() for one in read(text)]

    def entries(parts):
        return sorted(json.dumps([name, one]) for part in parts for name, many in part.items() for one in many)

    assert entries(documents) == entries([made])


@given(hostile_strings())
@settings(deadline=None)
def test_hostile_strings_survive_quoting(text):
    assert read(quoted(text)) == [text]


def test_a_large_corpus_has_the_size_asked_for_and_is_valid():
    made = large_declarations(300, 300, 600)

    assert (len(made["roles"]), len(made["responsibilities"]), len(made["assignments"])) == (300, 300, 600)
    assert problems(made) == []


@pytest.mark.parametrize("shape", [one_loop, one_unit, one_responsibility, chain])
def test_hostile_shapes_are_valid(shape):
    assert problems(shape(40)) == []
