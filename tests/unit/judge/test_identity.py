import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.judge.identity import of_problem, of_violation


def test_an_identity_is_the_scheme_and_32_hex_digits_of_the_json_of_rule_entry_and_key() -> None:
    expected = hashlib.sha256('["ownership/unassigned","responsibilities/é",""]'.encode()).hexdigest()[:32]
    assert of_violation("ownership/unassigned", "responsibilities/é", "") == f"1:{expected}"


def test_a_problem_is_identified_by_rule_file_route_and_what_is_wrong() -> None:
    expected = hashlib.sha256(b'["schema/type","a.yaml",["roles",0,"title"],"number"]').hexdigest()[:32]
    assert of_problem("schema/type", "a.yaml", 0, ("roles", 0, "title"), "number") == f"1:{expected}"


@pytest.mark.parametrize(
    "other",
    [
        ("schema/value", "a.yaml", 0, ("roles", 0), "p"),
        ("schema/type", "b.yaml", 0, ("roles", 0), "p"),
        ("schema/type", "a.yaml", 1, ("roles", 0), "p"),
        ("schema/type", "a.yaml", 0, ("roles", 1), "p"),
        ("schema/type", "a.yaml", 0, ("roles", 0), "q"),
    ],
)
def test_whatever_differs_makes_another_problem(other: tuple) -> None:
    assert of_problem(*other) != of_problem("schema/type", "a.yaml", 0, ("roles", 0), "p")


def test_a_file_name_that_is_not_utf8_has_an_identity() -> None:
    assert of_problem("yaml/syntax", "\udcff.yaml", 0, (), "").startswith("1:")


@given(st.tuples(st.text(), st.text(), st.text()), st.tuples(st.text(), st.text(), st.text()))
def test_parts_never_run_into_each_other(one: tuple[str, str, str], two: tuple[str, str, str]) -> None:
    assert (of_violation(*one) == of_violation(*two)) is (one == two)
