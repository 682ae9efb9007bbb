"""What the schemas say of themselves, and the documentation of them."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.generate.schema_parts import SOURCES, texts
from tests.unit.schema.whole import WHOLE
from uts_policy.corpus.tables import SECTIONS
from uts_policy.schema.definitions import NAMES, schema
from uts_policy.schema.faults import accepts, faults

ROOT = Path(__file__).resolve().parents[3]
NUMBERS = {"Ten": 10, "Eleven": 11, "Twelve": 12, "Thirteen": 13}

# The tables of the data model, required fields in capitals' stead: before the bar.
FIELDS = {
    "units": "id name | parent kind status stakeholders chair",
    "people": "id | name status departed_on",
    "roles": "id title unit | reports_to status abolished_on replaced_by seniority key collective chair everyone"
    " external seats minimum exposure authorities holders vacancy successors eligibility incompatible_with contact",
    "authorities": "id title | delegable redelegable",
    "delegations": "id delegator delegate authorities | scope instrument limits redelegable from to rescinded_on title",
    "responsibilities": "id statement | group scope criticality status requires min_seniority criteria reviews cadence"
    " evidence joint_accountability accountable responsible support consulted informed",
    "assignments": "responsibility role code | id scope from to overrides acknowledged_on reviewed_on title",
    "directives": "id title | topic scope owner status from to review_by supersedes precedence cites assigns",
    "obligations": "id directive text | ref responsibilities not_applicable",
    "vectors": "id title |",
    "training": "id title | level mandatory since valid_months owner audience",
    "training_records": "person module completed_on | expires_on title",
    "incidents": "id title |",
    "incident_lines": "id incident | severity scope declare command escalate_to notify hours title",
    "assessments": "id title | date",
    "vulnerabilities": "id title | assessment vectors disposition owner actions reason",
    "actions": "id title | owner requires due status done_on",
    "recommendations": "id report text | number status issued agreed_on owner due closed_on evidence",
    "moved": "from to | title",
    "waivers": "id rule subject reason approved_by approved_on expires | key title",
}
# Of the data model: an owner's place; a date that is filled to its last day; what an entry is called.
OWNERS = {
    "units.chair",
    "roles.chair",
    "roles.holders.person",
    "assignments.role",
    "directives.owner",
    "training.owner",
    "incident_lines.declare",
    "incident_lines.command",
    "vulnerabilities.owner",
    "actions.owner",
    "recommendations.owner",
}
ENDS = {"to", "until", "expires", "expires_on", "due", "review_by"}
LABELS = {
    "units": "name",
    "people": "name",
    "responsibilities": "statement",
    "obligations": "text",
    "recommendations": "text",
}
NESTED = {
    "holder": "person | kind from to share",
    "grant": "authority | scope source from to",
    "vacancy": "| reason until",
    "eligibility": "| roles training",
    "joint-accountability": "| reason approved_by",
    "assigned-duty": "responsibility role |",
    "audience": "| everyone roles exposure",
    "scope": "| units vectors",
    "citation": "| title ref url",
}


def split(listed):
    required, _, optional = listed.partition("|")
    return set(required.split()), set(required.split()) | set(optional.split())


def mappings(part, route=()):
    """Every subschema below `part`, with the way to it."""
    if isinstance(part, dict):
        yield route, part
        for key, value in part.items():
            if key not in {"examples", "default", "const", "enum"}:
                yield from mappings(value, (*route, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from mappings(value, (*route, index))


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_valid_2020_12_and_names_itself(name):
    document = schema(name)
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] == f"urn:uts-policy:schema:{name}:1"


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_schema_is_described(name):
    bare = [
        (*route, field)
        for route, part in mappings(schema(name))
        if route[-1:] == ("properties",) and "if" not in route and "then" not in route and "else" not in route
        for field, value in part.items()
        if not value.get("description", "").strip()
    ]
    assert bare == []


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_is_described_and_used(name):
    document = schema(name)
    text = json.dumps(document)
    for definition, part in document.get("$defs", {}).items():
        assert part["description"], definition
        assert f'"#/$defs/{definition}"' in text, definition


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_to_a_definition(name):
    document = schema(name)
    for _, part in mappings(document):
        if isinstance(part.get("$ref"), str):
            assert part["$ref"].removeprefix("#/$defs/") in document["$defs"]


@pytest.mark.parametrize("name", ["declarations", "config"])
def test_an_error_is_never_hidden_behind_alternatives(name):
    words = {key for _, part in mappings(schema(name)) for key in part}
    assert words & {"anyOf", "oneOf", "allOf", "not", "format", "dependentSchemas", "unevaluatedProperties"} == set()


@pytest.mark.parametrize("name", NAMES)
def test_patterns_use_only_what_every_regular_expression_engine_reads_alike(name):
    patterns = {part["pattern"] for _, part in mappings(schema(name)) if isinstance(part.get("pattern"), str)}
    for pattern in patterns:
        re.compile(pattern)
        assert not re.search(r"\\[sSdDwWbBpPzZAG]|\(\?", pattern), pattern
        assert "$" not in pattern.removesuffix("$"), pattern


@pytest.mark.parametrize("section", FIELDS)
def test_a_section_has_the_fields_of_the_data_model_and_those_that_every_entry_takes(section):
    required, every = split(FIELDS[section])
    entry = schema("declarations")["$defs"][
        schema("declarations")["properties"][section]["items"]["$ref"].rpartition("/")[2]
    ]
    # A field that came later is described by the schema alone.
    assert set(entry["properties"]) >= every | {"description", "tags", "source"}
    assert set(entry["required"]) == required


@pytest.mark.parametrize("definition", NESTED)
def test_a_nested_mapping_has_the_fields_of_the_data_model(definition):
    required, every = split(NESTED[definition])
    part = schema("declarations")["$defs"][definition]
    assert set(part["properties"]) >= every
    assert set(part.get("required", ())) == required


def test_the_sections_are_those_of_the_data_model_in_its_order():
    assert list(schema("declarations")["properties"]) == list(FIELDS) == list(SECTIONS)


def test_a_document_with_every_field_is_accepted_by_both_validators():
    assert accepts("declarations", WHOLE)
    assert faults("declarations", WHOLE) == ()


def test_the_document_with_every_field_leaves_none_out():
    for section, listed in FIELDS.items():
        written = {key for entry in WHOLE[section] for key in entry if not key.startswith("x-")}
        assert written == split(listed)[1] | {"description", "tags", "source"}


def test_every_example_and_default_of_the_declarations_is_valid_where_it_stands():
    document = schema("declarations")
    for route, part in mappings(document):
        for value in [*part.get("examples", ()), *([part["default"]] if "default" in part else [])]:
            alone = {"$ref": "#/" + "/".join(route), "$defs": document["$defs"]}
            if route[:1] == ("$defs",):
                assert list(Draft202012Validator(alone).iter_errors(value)) == [], route


def test_defaults_are_those_that_the_corpus_fills_in():
    document = schema("declarations")
    for section, shape in SECTIONS.items():
        entry = document["$defs"][document["properties"][section]["items"]["$ref"].rpartition("/")[2]]
        stated = {key: part["default"] for key, part in entry["properties"].items() if "default" in part}
        filled = {key: value for key, value in shape.defaults.items() if key not in shape.one}
        assert stated == filled


def kinds(part, route):
    """Every field at or below `route` with the definition that its `$ref` names."""
    document = schema("declarations")
    kind = part.get("$ref", "").rpartition("/")[2]
    yield ".".join(route), kind
    inner = document["$defs"][kind] if kind else part
    for key, value in inner.get("properties", {}).items():
        yield from kinds(value, (*route, key))
    if "items" in inner:
        yield from kinds(inner["items"], route)


KINDS = [
    each for section, part in schema("declarations")["properties"].items() for each in kinds(part["items"], (section,))
]


def test_an_owners_place_is_of_that_kind_and_nothing_else_is():
    assert {route for route, kind in KINDS if kind in {"owner", "owner-person"}} == OWNERS
    assert [route for route, kind in KINDS if kind == "owner-person"] == ["roles.holders.person"]


def test_an_owners_place_says_which_section_it_names():
    definitions = schema("declarations")["$defs"]
    assert definitions["owner"]["$ref"] == "#/$defs/role-id"
    assert definitions["role-id"]["names"] == ["roles"]
    assert definitions["owner-person"]["$ref"] == "#/$defs/person-id"
    assert definitions["person-id"]["names"] == ["people"]


def test_a_date_that_ends_something_is_of_that_kind_and_no_other_date_is():
    dates = {(route.rpartition(".")[2], kind) for route, kind in KINDS if kind.startswith("date")}
    assert {field for field, kind in dates if kind == "date-end"} == ENDS
    assert {field for field, kind in dates if kind == "date"} & ENDS == set()


def test_every_section_has_one_label():
    labels = {route for route, kind in KINDS if kind == "label"}
    assert labels == {f"{section}.{LABELS.get(section, 'title')}" for section in FIELDS}


def test_the_documentation_lists_every_schema_with_its_version():
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| (.+) \|$", text, re.MULTILINE))
    assert rows == {file.name.removesuffix(".schema.json"): stated(file) for file in (ROOT / "schemas").iterdir()}
    counted = re.search(r"^(\w+) JSON Schemas", text, re.MULTILINE)
    assert counted is not None
    assert NUMBERS[counted[1]] == len(rows)


def stated(file):
    """Where the version of a schema stands, in the words of the documentation."""
    about = json.loads(file.read_text(encoding="utf-8"))
    version = about["properties"].get("schema", {}).get("const")
    return f"its key `schema`: `{version}`" if version else f"`$id` ends in `:{about['$id'].partition('schema:')[2]}`"


def test_parts_that_schemas_share_are_copies_of_one():
    assert [file.name for file, text in texts() if file.read_text(encoding="utf-8") != text] == [], (
        "run `make generate`"
    )


def test_every_part_that_schemas_share_is_copied_from_one():
    known = {part for owned in SOURCES.values() for part in owned}
    seen: dict[str, str] = {}
    for name in NAMES:
        for part, value in schema(name).get("$defs", {}).items():
            first = seen.setdefault(json.dumps(value, sort_keys=True), name)
            assert first == name or part in known or {first, name} == {"declarations", "corpus"}, (part, first, name)
