"""The schema with the ids of a corpus."""

import json

from tests.unit.schema.whole import WHOLE
from uts_policy.schema.definitions import schema, schema_text, with_ids

IDS = {
    "roles": ["watch", "chief"],
    "units": ("hq",),
    "directives": {"d-1"},
    "recommendations": ["r-1"],
    "rolez": ["r-2"],
}


def examples(filled, definition):
    return filled["$defs"][definition]["examples"]


def test_references_carry_the_sorted_ids_of_their_section():
    filled = json.loads(with_ids(schema("declarations"), IDS))
    assert examples(filled, "role-id") == examples(filled, "roles-of-code") == ["chief", "watch"]
    assert examples(filled, "stakeholder-id") == ["chief", "hq", "watch"]
    assert examples(filled, "criterion") == ["d-1", "r-1"]
    assert examples(filled, "unit-id") == ["hq"]
    assert examples(filled, "entry") == [
        "directives/d-1",
        "recommendations/r-1",
        "roles/chief",
        "roles/watch",
        "units/hq",
    ]


def test_a_section_without_ids_suggests_nothing():
    assert examples(json.loads(with_ids(schema("declarations"), IDS)), "vector-id") == []


def test_nothing_but_examples_changes_and_the_original_stays_as_it_is():
    def bare(part):
        if isinstance(part, dict):
            return {key: bare(value) for key, value in part.items() if key != "examples"}
        return [bare(item) for item in part] if isinstance(part, list) else part

    filled = json.loads(with_ids(schema("declarations"), IDS))
    assert bare(filled) == bare(schema("declarations"))
    assert schema("declarations") == json.loads(schema_text("declarations"))


def test_every_reference_field_of_the_schema_gets_ids():
    every = {section: [f"{section}-1"] for section in WHOLE}
    filled = json.loads(with_ids(schema("declarations"), every))
    for name, part in filled["$defs"].items():
        if name.endswith("-id"):
            assert part["examples"][0].endswith("-1"), name
