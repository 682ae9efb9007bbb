"""Which parser reads a file, and that none of them is needed for the other's sake."""

import subprocess
import sys

import pytest

from tests.unit.load.samples import data
from uts_policy.load import parsers
from uts_policy.load.parsers import PureEvents, RejectedError, c_events, lenient_c_events

WITHOUT_LIBYAML = """
import sys
sys.modules["_ruamel_yaml"] = None  # an import of it now fails, as where no wheel fits
from uts_policy.load.read import to_source
from uts_policy.load.yaml import parse
loaded = parse(to_source("a.yaml", b"a: {url: https://e.org}\\nb: [no, 7]\\n"))
assert loaded.problems == (), loaded.problems
print(loaded.documents[0].data, parse(to_source("a.yaml", b"a: [")).problems[0].rule)
"""


def events(get):
    """The values of the scalars that a parser yields."""
    values = []
    while (event := get()) is not None:
        if hasattr(event, "value"):
            values.append(event.value)
    return values


def test_without_the_c_parser_the_pure_one_works_alone():
    run = subprocess.run([sys.executable, "-c", WITHOUT_LIBYAML], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("{'a': {'url': 'https://e.org'}, 'b': ['no', 7]} yaml/syntax\n", "")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: {url: https://e.org/?q=1&r=?}", ["a", "url", "https://e.org/?q=1&r=?"]),
        ("a: [12:30, x?y, 'p:q?']", ["a", "12:30", "x?y", "p:q?"]),
        ('a: {"b":1, \'c\':2, d: "é:é"}', ["a", "b", "1", "c", "2", "d", "é:é"]),
    ],
)
def test_libyaml_takes_colons_and_question_marks_in_braces_once_they_are_hidden(text, values):
    if parsers.CParser is None:
        pytest.skip("needs the C parser")
    assert events(lenient_c_events(text)) == values


@pytest.mark.parametrize("text", ["a: b", "a: !<tag:e.org,2026:t> c:d", "%TAG ! x:y\n--- a:b", "a: '\ue000' b:c"])
def test_nothing_is_hidden_where_it_cannot_help_or_could_harm(text):
    assert lenient_c_events(text) is None


def test_where_there_is_no_c_parser_nobody_is_asked(monkeypatch):
    monkeypatch.setattr(parsers, "CParser", None)
    assert (c_events("a: 1"), lenient_c_events("a: {b:c}")) == (None, None)


@pytest.mark.parametrize("text", ['a: "\\UFFFFFFFF"', "%YAML 1.3\n---\n", "a: ["])
def test_whatever_the_pure_parser_fails_with_is_a_refusal(text):
    pure = PureEvents(text)
    with pytest.raises(RejectedError):
        events(pure.get)


def test_a_large_file_with_a_web_address_is_not_left_to_the_pure_parser(monkeypatch):
    if parsers.CParser is None:
        pytest.skip("needs the C parser")

    class Refused:
        def __init__(self, text):
            pytest.fail("the pure parser was asked")

    monkeypatch.setattr("uts_policy.load.yaml.PureEvents", Refused)
    assert data("a: {title: X, url: https://e.org}\n") == [{"a": {"title": "X", "url": "https://e.org"}}]
