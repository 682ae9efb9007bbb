"""A new rule's files: what they are called, and which ids are refused."""

import pytest

from uts_policy.common.rego import package_of
from uts_policy.model.errors import UsageError
from uts_policy.scaffold.new_rule import new_builtin, new_rule


def test_a_rule_comes_with_a_test_and_two_samples():
    assert list(new_rule("mine/no-title", "own/rules")) == [
        "own/rules/mine/no-title.rego",
        "own/rules/mine/no-title_test.rego",
        "examples/rules/mine/no-title/fails.yaml",
        "examples/rules/mine/no-title/passes.yaml",
    ]


@pytest.mark.parametrize(
    ("rule", "package", "test_package"),
    [
        ("mine/title", "uts.rules.mine.title", "uts.rules.mine.title_test"),
        ("my-own/no-title", 'uts.rules["my-own"]["no-title"]', 'uts.rules["my-own"]["no-title_test"]'),
    ],
)
def test_packages_are_written_as_rego_can_read_them(rule, package, test_package):
    files = new_rule(rule)
    assert [package_of(files[f"policies/{rule}{end}.rego"]).written for end in ("", "_test")] == [package, test_package]
    assert f"import data.{package} as rule\n" in files[f"policies/{rule}_test.rego"]


@pytest.mark.parametrize("rule", ["mine", "Mine/title", "mine/title/more", "mine/", "/title", "mine/a_b", "../mine/x"])
def test_what_is_no_id_is_refused_with_the_form(rule):
    with pytest.raises(UsageError, match="is no id of a rule"):
        new_rule(rule)


@pytest.mark.parametrize("rule", ["import/title", "mine/default"])
def test_words_of_rego_are_refused(rule):
    with pytest.raises(UsageError, match="is a word of Rego"):
        new_rule(rule)


def test_a_rule_of_the_project_has_a_function_of_the_oracle_too():
    files = new_builtin("mine/no-title", lambda _path: "")
    assert list(files) == [
        "policies/uts/rules/mine/no-title.rego",
        "policies/uts/rules/mine/no-title_test.rego",
        "examples/rules/mine/no-title/fails.yaml",
        "examples/rules/mine/no-title/passes.yaml",
        "tests/oracle/mine.py",
    ]
    assert "\ndef no_title(w: World)" in files["tests/oracle/mine.py"]


def test_the_oracle_s_module_of_a_category_keeps_what_it_has():
    first = new_builtin("mine/no-title", lambda _path: "")["tests/oracle/mine.py"]
    second = new_builtin("mine/no-name", {"tests/oracle/mine.py": first}.get)["tests/oracle/mine.py"]
    assert second.startswith(first)
    assert second.count("import rule\n") == 1

    bare = first.replace("from tests.oracle.words import rule\n\n", "")
    assert (
        "from tests.oracle.words import rule\n\nif TYPE_CHECKING:"
        in new_builtin("mine/x", lambda _path: bare)["tests/oracle/mine.py"]
    )
