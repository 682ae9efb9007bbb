import pytest

from tests.unit.engine.samples import rule, rule_set
from uts_policy.engine.result import read_result
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation, NotJudged
from uts_policy.model.finding import RelatedPath, Violation

INFO = EngineInfo(name="embedded", version="0")
RULES = rule_set(rule('\n\nfindings contains {"a": 1}'))
FINDING = {"rule": "mine/own", "path": ["roles", "a", "holders", 0], "message": "m"}
AT = "uts/rules/mine/own.rego:7: "


def result(**changes):
    whole = {
        "schema": "uts-policy/result/1",
        "digest": "d1",
        "findings": [],
        "evaluated": ["a/b", "mine/own"],
        "judged": {},
        "not_judged": {},
    }
    return whole | changes


def read(raw):
    return read_result(raw, asked={"mine/own", "a/b"}, rule_set=RULES, engine=INFO)


def refusal(raw):
    with pytest.raises(NoVerdictError) as caught:
        read(raw)
    return caught.value.message


def test_a_whole_result_becomes_an_evaluation():
    related = [{"path": ["roles", "b"], "message": "also here"}]
    full = FINDING | {"related": related, "cause": "roles/a", "key": "k"}
    assert read(result(findings=[full, {"rule": "a/b", "path": ["roles", "a"], "message": "m"}])) == Evaluation(
        evaluated=frozenset({"a/b", "mine/own"}),
        violations=(
            Violation(rule="a/b", path=("roles", "a"), message="m"),
            Violation(
                rule="mine/own",
                path=("roles", "a", "holders", 0),
                message="m",
                related=(RelatedPath(path=("roles", "b"), message="also here"),),
                cause="roles/a",
                key="k",
            ),
        ),
        engine=INFO,
        digest="d1",
    )


def test_the_order_of_findings_does_not_depend_on_the_engine_s():
    findings = [FINDING | {"path": ["roles", one], "key": key} for one in "ba" for key in "21"]
    assert read(result(findings=findings)) == read(result(findings=findings[::-1]))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (None, "the result is null, and not an object"),
        ([], "the result is [], and not an object"),
        (
            {},
            (
                'the result lacks "digest" and lacks "evaluated" and lacks "findings" and lacks "judged" '
                'and lacks "not_judged" and lacks "schema"'
            ),
        ),
        (result(more=1), 'the result has "more", which means nothing'),
        (result(schema="x"), 'the result has schema "x", and not "uts-policy/result/1"'),
        (result(digest=None), 'the answer comes from another rule set: null, and not "d1"'),
        (result(evaluated="a/b"), '`evaluated` of the result is "a/b", and not a list of rule ids'),
        (result(evaluated=["a/b"]), "uts/rules/mine/own.rego:7: mine/own was not evaluated: it has no set of findings"),
        (
            result(evaluated=["a/b", "mine/own", "c/d"]),
            "what was asked and what was evaluated differ: evaluated unasked: c/d",
        ),
        (result(views={"who": []}), '`views` of the result has "who", which means nothing'),
        (result(views=[]), "`views` of the result is [], and not an object"),
        (result(findings={}), "`findings` of the result is {}, and not a list"),
        (result(findings=["x"]), 'a finding names no rule that was asked for: "x"'),
        (
            result(findings=[{"rule": "c/d", "path": ["roles", "a"], "message": "m"}]),
            'a finding names no rule that was asked for: {"rule": "c/d", "path": ["roles", "a"], "message": "m"}',
        ),
    ],
)
def test_a_result_of_another_shape_is_refused(raw, message):
    assert refusal(raw) == message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"path": "roles/a"}, 'has a `path` that does not begin with section and id: "roles/a"'),
        ({"path": ["roles", 1]}, 'has a `path` that does not begin with section and id: ["roles", 1]'),
        ({"path": ["roles", "a", None]}, 'has a `path` that does not begin with section and id: ["roles", "a", null]'),
        ({"path": ["roles", "a", True]}, 'has a `path` that does not begin with section and id: ["roles", "a", true]'),
        ({"message": " "}, 'has a `message` that says nothing: " "'),
        ({"message": 5}, "has a `message` that says nothing: 5"),
        ({"key": 5}, "has a `key` that is no string: 5"),
        ({"cause": None}, "has a `cause` that is no string: null"),
        ({"related": {}}, "has `related` that is no list: {}"),
        ({"releated": []}, 'has "releated", which means nothing'),
        ({"message": 0}, "has a `message` that says nothing: 0"),
    ],
)
def test_a_finding_of_another_shape_is_refused_with_the_place_of_its_rule(changes, words):
    assert refusal(result(findings=[FINDING | changes])) == f"{AT}a finding of mine/own {words}"


@pytest.mark.parametrize(
    ("related", "words"),
    [
        ([5], "`related` of a finding of mine/own is 5, and not an object"),
        ([{"path": ["roles", "a"]}], '`related` of a finding of mine/own lacks "message"'),
        (
            [{"path": [], "message": "m"}],
            "a finding of mine/own has a `path` that does not begin with section and id: []",
        ),
    ],
)
def test_a_related_place_of_another_shape_is_refused(related, words):
    assert refusal(result(findings=[FINDING | {"related": related}])) == f"{AT}{words}"


def test_two_findings_of_one_identity_are_refused():
    findings = [FINDING | {"key": "k"}, FINDING | {"key": "k", "message": "n", "path": ["roles", "a"]}]
    message = f'{AT}two findings of mine/own on "roles/a" have one identity, both with key "k": "m" and "n"'
    assert refusal(result(findings=findings)) == message


def test_a_long_value_is_shown_in_part():
    message = refusal(result(findings=[FINDING | {"path": "x" * 200}]))
    assert message.endswith(f'"{"x" * 78}…')


def test_more_findings_than_a_report_holds_are_refused(monkeypatch):
    monkeypatch.setattr("uts_policy.engine.result.MOST_FOUND", 0)
    assert refusal(result(findings=[FINDING])) == ("the rules returned 1 finding; a report holds at most 0")


LACK = {"path": ["roles", "a"], "fact": "holders", "missing": ["roles", "b"]}


def test_what_was_judged_and_what_was_not_are_entries_by_rule_in_one_order():
    read_back = read(
        result(
            judged={"mine/own": [["roles", "b"], ["roles", "a"]], "a/b": []},
            not_judged={
                "mine/own": [LACK, LACK | {"fact": "grants"}, LACK | {"missing": ["roles", "a"]}],
                "a/b": [LACK | {"path": ["people", "p", "status"]}],
            },
        )
    )
    assert read_back.judged == {"mine/own": frozenset({"roles/a", "roles/b"}), "a/b": frozenset()}
    assert read_back.not_judged == (
        NotJudged(rule="a/b", entry="people/p", fact="holders", missing="roles/b"),
        NotJudged(rule="mine/own", entry="roles/a", fact="grants", missing="roles/b"),
        NotJudged(rule="mine/own", entry="roles/a", fact="holders", missing="roles/a"),
        NotJudged(rule="mine/own", entry="roles/a", fact="holders", missing="roles/b"),
    )


NO_PATH = "has a `path` that does not begin with section and id"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"judged": []}, "`judged` of the result is [], and not an object"),
        ({"judged": {"c/d": []}}, '`judged` of the result has "c/d", which means nothing'),
        ({"judged": {"a/b": {}}}, "`judged` of a/b is {}, and not a list"),
        ({"judged": {"a/b": ["roles/a"]}}, f'`judged` of a/b {NO_PATH}: "roles/a"'),
        ({"not_judged": None}, "`not_judged` of the result is null, and not an object"),
        ({"not_judged": {"c/d": []}}, '`not_judged` of the result has "c/d", which means nothing'),
        ({"not_judged": {"a/b": True}}, "`not_judged` of a/b is true, and not a list"),
        ({"not_judged": {"a/b": [["roles", "a"]]}}, '`not_judged` of a/b is ["roles", "a"], and not an object'),
        (
            {"not_judged": {"a/b": [{"path": ["roles", "a"], "facts": "holders"}]}},
            '`not_judged` of a/b lacks "fact" and lacks "missing" and has "facts", which means nothing',
        ),
        (
            {"not_judged": {"a/b": [LACK | {"fact": "holder"}]}},
            '`not_judged` of a/b names a fact that there is not: "holder"',
        ),
        ({"not_judged": {"a/b": [LACK | {"path": ["roles"]}]}}, f'`not_judged` of a/b {NO_PATH}: ["roles"]'),
        ({"not_judged": {"a/b": [LACK | {"missing": "roles/a"}]}}, f'`not_judged` of a/b {NO_PATH}: "roles/a"'),
    ],
    ids=str,
)
def test_what_says_otherwise_what_was_judged_is_refused(changes, message):
    assert refusal(result(**changes)) == message
