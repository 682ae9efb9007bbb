import pytest

from uts_policy.common.rego import Package, package_of, rule_package


@pytest.mark.parametrize(
    ("text", "line", "path", "rule"),
    [
        ("package a\n", 1, ("a",), ""),
        ("# words\n\n  package a.b_c # more\n", 3, ("a", "b_c"), ""),
        ('package uts.rules.ownership["scope-gap"]', 1, ("uts", "rules", "ownership", "scope-gap"),
         "ownership/scope-gap"),
        ('package uts["rules"].staffing.vacant\r\n', 1, ("uts", "rules", "staffing", "vacant"), "staffing/vacant"),
        ("package uts.rules.staffing", 1, ("uts", "rules", "staffing"), ""),
        ("package uts.rules.a.b.c", 1, ("uts", "rules", "a", "b", "c"), ""),
    ],
)  # fmt: skip
def test_a_package_clause_is_read_with_its_line(text, line, path, rule):
    found = package_of(text)
    assert found == Package(line=line, path=path)
    assert found.rule == rule


@pytest.mark.parametrize("text", ["", "# only words\n", "import rego.v1\npackage a\n", "package\n", "package 5\n"])
def test_a_file_without_one_has_none(text):
    assert package_of(text) is None


def test_a_path_is_written_as_rego_writes_it():
    assert Package(line=1, path=("uts", "rules", "a", "b-c")).written == 'uts.rules.a["b-c"]'


def test_a_rule_s_package_can_be_asked_for():
    assert rule_package("ownership/scope-gap") == 'data.uts.rules["ownership"]["scope-gap"]'
