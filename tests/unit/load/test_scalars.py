"""The core schema of YAML 1.2, scalar by scalar."""

import pytest

from uts_policy.load.scalars import OPENERS, WORDS, UnusableNumberError, resolve


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "No",
        "on",
        "off",
        "yes",
        "y",
        "n",
        "N",
        "1_000",
        "2026-01-02",
        "12:30",
        "0o8",
        "0b1",
        "0xg",
        "1e",
        "e1",
        "+",
        "-",
        ".",
        "..",
        "nUll",
        "tRUE",
        "+.nan",
        "inf",
        "nan",
        "0o",
        "0x",
        "1.2.3",
        "<<",
        "=",
        "٣",
        "1 ",
        "0O17",
        "-0x1",
    ],
)
def test_what_the_core_schema_does_not_name_is_a_string(text):
    assert resolve(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("007", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("2026", 2026),
        ("9007199254740992", 2**53),
        ("-9007199254740992", -(2**53)),
        ("000000000000000000000000000001", 1),
        ("0x20000000000000", 2**53),
    ],
)
def test_integers(text, value):
    assert (resolve(text), type(resolve(text))) == (value, int)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.", 1.0), (".5", 0.5), ("-1.5e3", -1500.0), ("1e3", 1000.0), ("+.1E-1", 0.01), ("1e-999", 0.0)],
)
def test_floats(text, value):
    assert (resolve(text), type(resolve(text))) == (value, float)


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nulls(text):
    assert resolve(text) is None


@pytest.mark.parametrize(("text", "value"), [("true", True), ("True", True), ("TRUE", True), ("false", False)])
def test_truth_values(text, value):
    assert resolve(text) is value


@pytest.mark.parametrize("text", [".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN", "1e999", "-1e999"])
def test_numbers_that_are_not_finite_are_refused(text):
    with pytest.raises(UnusableNumberError) as caught:
        resolve(text)
    assert caught.value.kind == ("overflow" if "e" in text else "infinite")


@pytest.mark.parametrize(
    "text", ["9007199254740993", "-9007199254740993", "0x20000000000001", "0o777777777777777777777", "9" * 5000]
)
def test_integers_that_lose_digits_are_refused(text):
    with pytest.raises(UnusableNumberError) as caught:
        resolve(text)
    assert caught.value.kind == "integer"


def test_whatever_is_no_string_begins_with_an_opener():
    numbers = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "+1", "-1", ".1", "+.inf", ".nan")
    assert {text[0] for text in (*WORDS, *numbers) if text} == OPENERS
