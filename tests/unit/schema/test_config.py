"""The configuration's own schema."""

import hashlib
from pathlib import Path

import pytest

from tests.unit.schema.test_agreement import CONFIG
from uts_policy.common import fields
from uts_policy.common.fields import weakens
from uts_policy.load.configuration import settings_from
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.schema.definitions import schema
from uts_policy.schema.faults import accepts
from uts_policy.schema.validate import check_document


def told(text):
    data = text.encode()
    source = Source(path="uts-policy.yaml", data=data, sha256=hashlib.sha256(data).hexdigest(), text=text)
    (document,) = parse(source).documents
    return [
        (each.location.span.line, each.location.span.column, each.rule, each.message, each.remediation)
        for each in check_document("config", document, source)
    ]


def test_every_key_is_accepted_and_there_is_no_other():
    assert accepts("config", CONFIG)
    assert list(schema("config")["properties"]) == list(CONFIG)


@pytest.mark.parametrize("text", ["{}\n", "timeout: 30\n", "levels: {}\n", "rules: {a/b: {}}\n", "fail_on: never\n"])
def test_a_configuration_may_leave_everything_out(text):
    assert told(text) == []


def test_the_level_off_is_a_word_and_no_truth_value():
    assert told("levels:\n  ownership/*: off\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "pats: [a]\n",
            (1, 1, "schema/unknown-key", '"pats" is not a key of the configuration', 'Did you mean "paths"?'),
        ),
        (
            "opa_url: http://127.0.0.1\n",
            (
                1,
                1,
                "schema/unknown-key",
                '"opa_url" is not a key of the configuration',
                f"Use one of: {', '.join(CONFIG)}.",
            ),
        ),
        (
            "x-own: 1\n",
            (
                1,
                1,
                "schema/unknown-key",
                '"x-own" is not a key of the configuration',
                f"Use one of: {', '.join(CONFIG)}.",
            ),
        ),
        (
            "paths: declarations\n",
            (1, 8, "schema/type", '"paths" must be a list, but "declarations" is text', "Write [declarations]."),
        ),
        (
            "levels:\n  a/b: of\n",
            (
                2,
                8,
                "schema/value",
                '"a/b" is "of", which is none of error, warning, note, off',
                'Did you mean "off"?',
            ),
        ),
        (
            "levels: {a/b: false}\n",
            (
                1,
                15,
                "schema/type",
                '"a/b" must be text, but false is a truth value',
                "Write one of: error, warning, note, off.",
            ),
        ),
        (
            "levels: [a/b]\n",
            (
                1,
                9,
                "schema/type",
                '"levels" must be a mapping, but it is a list',
                "Write each key with its value, without dashes or brackets.",
            ),
        ),
        (
            "profile: strictest\n",
            (
                1,
                10,
                "schema/value",
                '"profile" is "strictest", which is none of starter, standard, strict',
                "Write one of: starter, standard, strict.",
            ),
        ),
        (
            "rules: {a/b: 7}\n",
            (1, 14, "schema/type", '"a/b" must be a mapping, but 7 is a number', "Write a mapping."),
        ),
        (
            "rules: {a/b: {days: {}}}\n",
            (
                1,
                21,
                "schema/type",
                '"days" must be a number or text or true or false or a list, but it is a mapping',
                "Begin each item with a dash.",
            ),
        ),
        (
            "timeout: 0\n",
            (
                1,
                10,
                "schema/value",
                '"timeout" is 0, but must be at most 86400 and more than 0',
                "Write a number that is at most 86400 and more than 0.",
            ),
        ),
        (
            "timeout: 30s\n",
            (1, 10, "schema/type", '"timeout" must be a number, but "30s" is text', "Write a number."),
        ),
        (
            "require: [Owner ship]\n",
            (
                1,
                11,
                "schema/value",
                'item 1 of "require" is "Owner ship", which is no category or rule',
                "Write owner-ship: name a category (ownership) or a rule (ownership/unassigned), without wildcards.",
            ),
        ),
        ("baseline:\n", (1, 10, "schema/type", '"baseline" has no value', "Give it a value, or take the key out.")),
    ],
)
def test_a_fault_is_told_at_its_place(text, expected):
    assert told(text) == [expected]


def test_a_setting_that_nobody_states_has_the_default_of_the_schema():
    root = Path("/r")
    settings = settings_from({}, root=root)
    said = {
        "profile": settings.profile.value,
        "fail_on": settings.fail_on.value,
        "engine": settings.engine,
        "timeout": settings.timeout,
    }
    assert said == {name: schema("config")["properties"][name]["default"] for name in said}


def test_a_setting_has_a_direction_in_which_it_weakens_the_check_or_none():
    ordered = {name: weakens(name) for name in fields.settings()}
    for name in ("profile", "fail_on"):
        assert sorted(ordered[name]) == sorted(schema("config")["properties"][name]["enum"])
    assert sorted(ordered["levels"]) == sorted(schema("config")["$defs"]["level"]["enum"])
    assert {name for name, way in ordered.items() if not way} == {"organisation", "policies", "timeout", "baseline"}
