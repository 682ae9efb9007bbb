import pytest

from uts_policy.engine.policy_tests import run_tests
from uts_policy.model import policy_test
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.policy_test import FileCoverage, PolicyTestOutcome
from uts_policy.model.rule import PolicyFile
from uts_policy.resources import builtin_policies

POLICY = """package words

import rego.v1

loud(x) := sprintf("%s!", [x]) if {
	x != ""
}

two := 1 if input.a

two := 2 if input.b

quiet if {
	input.q
	input.r
}
"""
TESTS = """package words_test

import rego.v1

import data.words

test_loud if words.loud("a") == "a!"

test_undefined if words.loud("") == "!"

test_false := words.loud("a") == "b!"

test_conflict if words.two == 1 with input as {"a": 1, "b": 1}

test_refused if to_number(words.loud("a")) == 1

todo_test_later if false

test_text := "yes"

test_twice if true

test_twice if false

test_printing if {
	print("said", words.loud("é"))
	input.nothing
}

test_cases[note] if {
	some note, n in {"one": 1, "two": 2, "three": 3}
	n < 3
}

test_all_cases[note] if {
	few := {"one": 1, "two": 2}
	some note, n in few
	n < 3
}

test_call(x) if x
"""
FILES = (PolicyFile(path="words.rego", text=POLICY), PolicyFile(path="words_test.rego", text=TESTS))


def test_each_test_ends_as_it_does_under_opa_and_says_why():
    found = run_tests(FILES, timeout=30)
    assert [(item.name, item.line, item.outcome.value, item.message) for item in found.results] == [
        ("test_loud", 7, "pass", ""),
        ("test_undefined", 9, "fail", "it is undefined"),
        ("test_false", 11, "fail", "its value is false, and not true"),
        ("test_conflict", 13, "error", "words.rego:11:1: rule conflicts with rule at words.rego:9:1"),
        ("test_refused", 15, "fail", "words_test.rego:15:37: could not parse string as number"),
        ("todo_test_later", 17, "skip", ""),
        ("test_text", 19, "fail", 'its value is "yes", and not true'),
        ("test_twice", 21, "pass", ""),
        ("test_twice#01", 23, "fail", "it is undefined"),
        ("test_printing", 25, "fail", "it is undefined"),
        ("test_cases", 30, "fail", "of 3 cases these do not hold: three"),
        ("test_all_cases", 35, "pass", ""),
        ("test_call", 41, "error", "it is a function, and nobody says with which arguments to call it"),
    ]
    assert not found.passed


def test_a_result_says_where_the_test_stands_and_what_it_printed():
    printed = next(item for item in run_tests(FILES, timeout=30).results if item.prints)
    assert printed == policy_test.TestResult(
        package="data.words_test",
        name="test_printing",
        file="words_test.rego",
        line=25,
        outcome=PolicyTestOutcome.FAIL,
        message="it is undefined",
        prints=("words_test.rego:26: said é!",),
    )


def test_coverage_names_the_lines_that_no_test_reached():
    found = run_tests(FILES, timeout=30)
    assert found.coverage == (FileCoverage(file="words.rego", covered=(5, 6, 9, 11), uncovered=(14, 15)),)
    assert round(found.percent, 1) == 66.7


def test_helpers_are_loaded_and_neither_their_tests_nor_their_lines_count():
    helper = PolicyFile(path="lib.rego", text="package lib\n\nimport rego.v1\n\none := 1\n\ntest_no if false\n")
    own = PolicyFile(path="own.rego", text="package own\n\nimport rego.v1\n\ntest_one if data.lib.one == 1\n")
    found = run_tests([own], helpers=[helper], timeout=30)
    assert [(item.name, item.outcome) for item in found.results] == [("test_one", PolicyTestOutcome.PASS)]
    assert [file.file for file in found.coverage] == ["own.rego"]
    assert found.passed


def test_no_test_is_no_pass():
    found = run_tests([FILES[0]], timeout=30)
    assert found == policy_test.TestRun(
        results=(), coverage=(FileCoverage(file="words.rego", covered=(), uncovered=(5, 6, 9, 11, 14, 15)),)
    )
    assert not found.passed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("package own\n\ntest_a if {\n", "own.rego:4:1: expecting expression"),
        ("package own\n\nimport rego.v1\n\na := {\n", "own.rego:6:1: expecting expression"),
        ("package own\n\ntest_a if z > 1\n", "own.rego:3:11: use of undefined variable `z` is unsafe"),
        ("package own\n\ntest_a if gone(1)\n", "own.rego:3:15: could not find function gone"),
    ],
)
def test_what_does_not_compile_is_no_verdict_with_file_line_and_column(text, message):
    with pytest.raises(NoVerdictError) as caught:
        run_tests([PolicyFile(path="own.rego", text=text)], timeout=30)
    assert caught.value.message == message


def test_tests_that_take_too_long_are_no_verdict():
    many = "numbers.range(1, 4000)"
    text = f"package own\n\ntest_a if count([1 | some a in {many}; some b in {many}; some c in {many}; a == c]) > 0\n"
    with pytest.raises(NoVerdictError) as caught:
        run_tests([PolicyFile(path="own.rego", text=text)], timeout=0.5)
    assert caught.value.message == "the rules took longer than 0.5 s and were stopped"


@pytest.mark.slow
def test_the_builtin_rules_pass_their_tests_on_this_engine():
    failed = [
        item for item in run_tests(builtin_policies(tests=True)).results if item.outcome is not PolicyTestOutcome.PASS
    ]
    assert failed == []
