"""The corpus schema against corpora as they are built, and what it refuses."""

import json
from random import Random

import pytest

from tests.conftest import ROOT
from tests.generate.declarations import random_declarations
from tests.unit.schema.whole import WHOLE
from uts_policy.common.fields import every
from uts_policy.corpus.build import build, with_rules
from uts_policy.load.files import load
from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.rule import Level, SelectedRule, Selection
from uts_policy.schema.definitions import schema
from uts_policy.schema.faults import accepts, faults

SELECTION = Selection(
    rules=(SelectedRule(id="ownership/term-gap", level=Level.ERROR, parameters={"horizon_days": 365}),),
    not_assessed=(),
)


def corpus(documents):
    built = build(documents, as_of="2026-11-23", placeholders=["TBD", "n/a"])
    assert built.problems == ()
    return json.loads(json.dumps(with_rules(built.corpus, SELECTION).data))


def document(data):
    (empty,) = parse(Source(path="a.yaml", data=b"{}\n", sha256="", text="{}\n")).documents
    return Document(path="a.yaml", index=0, data=data, sha256="", positions=empty.positions)


def fits(data):
    assert faults("corpus", data) == ()
    assert accepts("corpus", data)


def test_a_corpus_of_nothing_has_every_section():
    data = corpus([document({})])
    fits(data)
    assert {section for section in WHOLE if not section.startswith("x-")} <= set(data)


def test_a_corpus_with_every_field_fits_and_keeps_what_the_author_marked_as_outside_away():
    data = corpus([document(WHOLE)])
    fits(data)
    for section in WHOLE:
        for entry in data.get(section, {}).values():
            assert not {key for key in entry if key.startswith("x-")}


def test_random_corpora_fit():
    for seed in range(120):
        rng = Random(seed)  # noqa: S311 - corpora that can be made again, and no secret
        fits(corpus([document(random_declarations(rng, "2026-11-23"))]))


@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_the_corpora_of_the_examples_fit(example):
    files = load([ROOT / "examples" / example], root=ROOT, exclude=(), config_file=None)
    assert files.problems == ()
    fits(corpus(files.documents))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(schema="uts-policy/corpus/2"),
        lambda data: data.pop("as_of"),
        lambda data: data.update(as_of="2026-11"),
        lambda data: data.pop("waivers"),
        lambda data: data["links"].pop("nearest"),
        lambda data: data["links"].update(more={}),
        lambda data: data["roles"]["director"].pop("holders"),
        lambda data: data["roles"]["director"]["holders"][0].update(share=0.5),
        lambda data: data["roles"]["director"].update({"x-own": 1}),
        lambda data: data["units"]["agency"].pop("path"),
        lambda data: data["responsibilities"]["command"].update(accountable="director"),
        lambda data: data["assignments"]["a-1"].update(code=["A"]),
        lambda data: data["assignments"]["a-1"].update(to="2026-12"),
        lambda data: data["days"].update({"2026-11": 1}),
        lambda data: data["rules"].update({"term-gap": {"level": "error", "parameters": {}}}),
    ],
)
def test_a_corpus_of_another_shape_does_not_fit(spoil):
    data = corpus([document(WHOLE)])
    spoil(data)
    assert not accepts("corpus", data)
    assert faults("corpus", data) != ()


def corpus_mapping(section, route):
    """What the corpus schema says of the mapping at `route` of a section's entries."""
    root = schema("corpus")
    part = root["properties"][section]["additionalProperties"]
    for step in (*route, None):
        while "$ref" in part:
            part = root["$defs"][part["$ref"].removeprefix("#/$defs/")]
        if "items" in part and "properties" not in part:
            part = part["items"]
            while "$ref" in part:
                part = root["$defs"][part["$ref"].removeprefix("#/$defs/")]
        if step is not None:
            part = part["properties"][step]
    return part


def declared():
    """The fields of the declarations that reach the corpus; short forms are assignments there."""
    return [each for each in every() if not each.code]


def test_every_field_of_the_declarations_is_in_the_corpus_schema():
    missing = [
        (each.section, *each.route)
        for each in declared()
        if each.name not in corpus_mapping(each.section, each.route[:-1]).get("properties", {})
    ]
    assert missing == []


def test_the_corpus_schema_demands_what_is_filled_in_where_it_is_left_out():
    optional = [
        (each.section, *each.route)
        for each in declared()
        if each.default is not None and each.name not in corpus_mapping(each.section, each.route[:-1])["required"]
    ]
    assert optional == []
