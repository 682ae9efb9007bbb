import json

from uts_policy.model import policy_test
from uts_policy.model.policy_test import FileCoverage, PolicyTestOutcome
from uts_policy.render.interface import Style
from uts_policy.render.queries.policy_tests import as_json, as_text


def result(name: str, outcome: PolicyTestOutcome, **more) -> policy_test.TestResult:
    return policy_test.TestResult(
        package="data.mine.a_test", name=name, file="mine/a_test.rego", line=7, outcome=outcome, **more
    )


RUN = policy_test.TestRun(
    results=(
        result("test_good", PolicyTestOutcome.PASS),
        result("test_bad", PolicyTestOutcome.FAIL, message="it is undefined", prints=("one \x1b", "two")),
        result("test_worse", PolicyTestOutcome.ERROR, message="conflict"),
        result("todo_test_later", PolicyTestOutcome.SKIP),
    ),
    coverage=(
        FileCoverage(file="mine/a.rego", covered=(3, 4, 9), uncovered=(5, 6, 7, 10)),
        FileCoverage(file="mine/b.rego", covered=(3,), uncovered=()),
    ),
)


def test_text_tells_what_did_not_pass_and_which_lines_no_test_reaches() -> None:
    assert as_text(RUN, Style()).splitlines() == [
        "FAIL   mine/a_test.rego:7  test_bad",
        "    it is undefined",
        "    one ␛",
        "    two",
        "ERROR  mine/a_test.rego:7  test_worse",
        "    conflict",
        "SKIP   mine/a_test.rego:7  todo_test_later",
        "",
        "mine/a.rego: no test reaches line 5-7, 10",
        "4 tests: 1 passed, 1 failed, 1 error, 1 skipped. 50.0 % of lines covered.",
    ]


def test_verbose_text_tells_what_passed_too() -> None:
    assert as_text(RUN, Style(verbose=True)).splitlines()[0] == "PASS   mine/a_test.rego:7  test_good"


def test_json_holds_every_test_and_line() -> None:
    found = json.loads(as_json(RUN, Style()))
    assert (found["schema"], found["passed"], len(found["tests"])) == ("uts-policy/test/1", False, 4)
    assert found["tests"][1] == {
        "package": "data.mine.a_test",
        "name": "test_bad",
        "file": "mine/a_test.rego",
        "line": 7,
        "outcome": "fail",
        "message": "it is undefined",
        "prints": ["one \x1b", "two"],
    }
    assert found["coverage"] == {
        "percent": 50.0,
        "files": [
            {"file": "mine/a.rego", "covered": [3, 4, 9], "uncovered": [5, 6, 7, 10]},
            {"file": "mine/b.rego", "covered": [3], "uncovered": []},
        ],
    }
