"""The configuration: found upward, read with places, turned into settings."""

from pathlib import Path

import pytest

from tests.unit.load.samples import place
from uts_policy.load.configuration import fault, find, read_config, settings_from
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.place import Location, Span
from uts_policy.model.rule import Level, Profile
from uts_policy.model.settings import Settings


def test_the_nearest_configuration_above_is_found(tmp_path):
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    (tmp_path / "uts-policy.yaml").write_text("")
    assert find(below) == tmp_path / "uts-policy.yaml"
    (tmp_path / "a/uts-policy.yaml").write_text("")
    assert find(below) == tmp_path / "a/uts-policy.yaml"


def test_a_directory_of_that_name_is_refused_and_not_passed_over(tmp_path):
    (tmp_path / "uts-policy.yaml").write_text("")
    (tmp_path / "a/uts-policy.yaml").mkdir(parents=True)
    with pytest.raises(UsageError, match="is not a file"):
        find(tmp_path / "a")


def test_it_is_read_like_a_declaration_with_places(tmp_path):
    file = tmp_path / "uts-policy.yaml"
    file.write_text("profile: strict\nlevels:\n  workload/*: off\n")
    data, document, source = read_config(file)
    assert data == {"profile": "strict", "levels": {"workload/*": "off"}}
    assert place(document.locate(("levels", "workload/*")).span) == "3:15-3:18"
    assert (document.path, source.path, source.data) == (str(file), str(file), file.read_bytes())


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_a_configuration_of_nothing_has_no_keys(tmp_path, text):
    file = tmp_path / "uts-policy.yaml"
    file.write_text(text)
    data, document, source = read_config(file)
    assert (data, document.data, source.text) == ({}, {}, text)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("a: [\n", ":1:4: a value is missing here", "Write a value, or put the text in quotes."),
        (
            "a: 1\nb: 2\na: 3\n",
            ':3:1: the key "a" stands here for the second time',
            "Remove one of the two, or put what both say into one.",
        ),
        (
            "timeout: .inf\n",
            ":1:10: .inf is no finite number",
            'Write digits, or take the value out; where text is meant, write ".inf".',
        ),
        (
            "a: 1\n---\nb: 2\n",
            ":3:1: a second document begins here, and a configuration is one",
            "Put all keys into one document.",
        ),
        ("- a\n", ":1:1: a configuration is a mapping of keys to values", None),
    ],
)
def test_what_is_no_configuration_is_a_usage_error_with_its_place(tmp_path, text, message, hint):
    file = tmp_path / "uts-policy.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as caught:
        read_config(file)
    assert caught.value.message == f"{file}{message}"
    assert hint is None or caught.value.hint == hint


def test_a_configuration_that_is_not_there_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError) as caught:
        read_config(tmp_path / "mine.yaml")
    assert caught.value.message == f'"{tmp_path / "mine.yaml"}" does not exist'


def test_a_configuration_that_is_a_directory_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError) as caught:
        read_config(tmp_path)
    assert caught.value.message == f"{tmp_path}: this is a directory, not a file"


def test_a_problem_of_the_schema_is_a_usage_error_with_its_place():
    location = Location(file="uts-policy.yaml", span=Span(line=3, column=5, end_line=3, end_column=9))
    problem = Problem(rule="schema/value", message="no such level", remediation="Write error.", location=location)
    error = fault(problem)
    assert (error.message, error.hint, error.exit) == ("uts-policy.yaml:3:5: no such level", "Write error.", 2)


def test_settings_have_defaults():
    assert settings_from({}, root=Path("/r")) == Settings(
        root=Path("/r"),
        config_file=None,
        paths=(),
        exclude=(),
        profile=Profile.STANDARD,
        levels=(),
        rules={},
        require=(),
        policies=(),
        fail_on=Level.ERROR,
        engine="embedded",
        timeout=60.0,
        baseline=None,
    )


def test_every_key_reaches_the_settings():
    data = {
        "paths": ["declarations", "more"],
        "exclude": ["drafts/**"],
        "profile": "strict",
        "levels": {"workload/*": "off", "workload/overloaded": "note"},
        "rules": {"staffing/acting-too-long": {"days": 120}},
        "require": ["training"],
        "policies": ["rules"],
        "fail_on": "never",
        "engine": "both",
        "timeout": 5,
        "baseline": "baseline.json",
    }
    assert settings_from(data, root=Path("/r"), config_file=Path("/r/uts-policy.yaml")) == Settings(
        root=Path("/r"),
        config_file=Path("/r/uts-policy.yaml"),
        paths=("declarations", "more"),
        exclude=("drafts/**",),
        profile=Profile.STRICT,
        levels=(("workload/*", None), ("workload/overloaded", Level.NOTE)),
        rules={"staffing/acting-too-long": {"days": 120}},
        require=("training",),
        policies=("rules",),
        fail_on=None,
        engine="both",
        timeout=5.0,
        baseline="baseline.json",
    )
