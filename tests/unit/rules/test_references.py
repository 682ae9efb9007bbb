import pytest

from uts_policy import resources
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.rule import PolicyFile
from uts_policy.rules.references import reference_problems


def found(body, *, package="mine", imports="", path="rule.rego"):
    text = f"package {package}\n\nimport rego.v1\n{imports}\n{body}\n"
    files = [PolicyFile(path=path, text=text)]
    problems = reference_problems(files, EmbeddedEngine().syntax(files))
    return [
        (line - 4, words.partition("`: ")[0].partition("` ")[0].strip("`"), hint.partition("? ")[0])
        for _, line, words, hint in problems
    ]


LIST = "Go through it with `some … in`."
NONE = "`uts-policy schema corpus` says what the corpus holds."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("p if input.rolez", [(1, "input.rolez", 'Did you mean "roles"')]),
        ("p if some id, r in input.rolez", [(1, "input.rolez", 'Did you mean "roles"')]),
        ('p if input["rolez"].a', [(1, "input.rolez", 'Did you mean "roles"')]),
        ("p if input.roles[_].titel", [(1, "input.roles[_].titel", 'Did you mean "title"')]),
        ("p if {\n\tsome id\n\tinput.roles[id].titel\n}", [(3, "input.roles[_].titel", 'Did you mean "title"')]),
        ("p if input.roles.chief.holders[_].from_date", [(1, "input.roles.chief.holders[_].from_date", NONE)]),
        ("p if input.roles.chief.holders.person", [(1, "input.roles.chief.holders.person", LIST)]),
        ("p if input.roles[_].title.text", [(1, "input.roles[_].title.text", NONE)]),
        ("p := [x | x := input.unit[_]]", [(1, "input.unit", 'Did you mean "units"')]),
        ("p := count({x | some x in input.peopel})", [(1, "input.peopel", 'Did you mean "people"')]),
        ("f(x) := input.roles[x].titel", [(1, "input.roles[_].titel", 'Did you mean "title"')]),
        ("p if input.links.holding.a", [(1, "input.links.holding", 'Did you mean "holdings"')]),
        ("p if not input.question", [(1, "input.question", NONE)]),
        ("p if input", []),
        ("p if input.roles[_].holders[0].person", []),
        ('p if input.roles["chief"].title', []),
        ("p if input.roles.rolez.title", []),
        ("p if { some section; input[section].x }", []),
        ('p if input.rules["mine/a"].parameters.most > 1', []),
        ("p if input.links.holdings[_][0][1]", []),
        ("p if { inputs := {}; inputs.rolez }", []),
        ("p if data.input.rolez", []),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_is_found(body, expected):
    assert found(body) == expected


def test_imports_of_the_input_are_followed():
    assert found("p if rolez", imports="import input.rolez") == [(0, "input.rolez", 'Did you mean "roles"')]
    assert found("p if posts[_].titel", imports="import input.roles as posts") == [
        (1, "input.roles[_].titel", 'Did you mean "title"')
    ]
    assert found("p if roles[_].title", imports="import input.roles") == []


def test_a_view_is_asked_a_question():
    assert found("p if input.question.role", package="uts.view.mine") == []


def test_tests_bring_their_own_input():
    assert found("test_p if input.rolez", path="rule_test.rego") == []


def test_our_own_rules_and_views_look_where_something_is():
    files = resources.builtin_policies()
    assert reference_problems(files, EmbeddedEngine().syntax(files)) == []
