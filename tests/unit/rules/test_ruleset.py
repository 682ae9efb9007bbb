from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile
from uts_policy.rules.catalogue import rule_set

A = PolicyFile(path="a.rego", text="package a\n", builtin=True)
B = PolicyFile(path="b.rego", text="package b\n", builtin=False)
TEST = PolicyFile(path="a_test.rego", text="package a_test\n", builtin=True)


@settings(deadline=None)
@given(st.permutations([A, B, TEST]))
def test_the_order_of_files_changes_nothing_and_tests_are_no_part(files):
    found = rule_set(files)
    assert found == rule_set([A, B])
    assert found.files == (A, B)


@pytest.mark.parametrize(
    "other",
    [
        [A],
        [A, replace(B, text="package b # changed\n")],
        [A, replace(B, path="c.rego")],
        [replace(A, text=B.text), replace(B, text=A.text)],
    ],
)
def test_another_file_text_or_name_gives_another_digest(other):
    assert rule_set(other).digest != rule_set([A, B]).digest


def test_the_digest_is_one_of_sha_256():
    assert rule_set([]).digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("first", "words"), [(A, "a.rego: a built-in file is called that too"), (B, "b.rego: another is called that too")]
)
def test_two_files_of_one_name_are_refused(first, words):
    with pytest.raises(NoVerdictError) as caught:
        rule_set([first, PolicyFile(path=first.path, text="package c\n", builtin=False)])
    assert caught.value.message == words
