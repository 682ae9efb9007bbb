"""`test_` rules end the same way here and under a real `opa test`."""

import json
import subprocess

import pytest

from uts_policy.engine.policy_tests import run_tests
from uts_policy.model.rule import PolicyFile
from uts_policy.resources import builtin_policies, policies_dir

pytestmark = pytest.mark.opa

POLICY = """package sample

import rego.v1

double(x) := 2 * x if x > 0

double(x) := 3 * x if x > 10

value := 1 if input.a

value := 2 if input.b
"""
TESTS = """package sample_test

import rego.v1

import data.sample

test_passes if sample.double(2) == 4

test_fails if sample.double(2) == 5

test_is_undefined if sample.double(0) == 0

test_is_false := false

test_is_null := null

test_is_zero := 0

test_is_text := "true"

test_is_a_set contains 1

test_is_an_empty_set contains 1 if false

test_conflicting_function if sample.double(11) == 22

test_conflicting_rule if sample.value == 1 with input as {"a": true, "b": true}

test_refused_argument if to_number("x") == 1

test_divided_by_zero if 1 / 0 == 1

test_lost_input if input.nothing == 1

todo_test_later if false

todo_test_never := 5

default test_with_a_default := false

test_with_a_default if true

test_twice if true

test_twice if false

test_called(x) if x

test_cases[note] if {
	some note, number in {"one": 1, "two": 2}
	number == 1
}

test_cases_that_hold[note] if {
	limit := 3
	some note, number in {"one": 1, "two": 2}
	number < limit
}

test_no_cases[note] if {
	some note, number in {}
	number < 3
}

not_a_test if false
"""
WORDS = {"fail": "fail", "error": "error", "skip": "skip"}


def opa_outcomes(opa, folder):
    """What `opa test` says: (package, name) → outcome."""
    command = [opa, "test", "--format=json", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return {
        (item["package"], item["name"]): next((word for key, word in WORDS.items() if item.get(key)), "pass")
        for item in json.loads(run.stdout)
    }


def own_outcomes(files):
    return {(item.package, item.name): item.outcome.value for item in run_tests(files).results}


def test_tests_that_pass_fail_err_and_wait_end_as_they_do_under_opa(opa, tmp_path):
    files = [PolicyFile(path="sample.rego", text=POLICY), PolicyFile(path="sample_test.rego", text=TESTS)]
    for file in files:
        (tmp_path / file.path).write_text(file.text)
    expected = opa_outcomes(opa, tmp_path)
    assert set(expected.values()) == {"pass", "fail", "error", "skip"}
    assert own_outcomes(files) == expected


def test_our_own_tests_end_as_they_do_under_opa(opa):
    expected = opa_outcomes(opa, policies_dir())
    assert len(expected) > 100
    assert own_outcomes(builtin_policies(tests=True)) == expected
