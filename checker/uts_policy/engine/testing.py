"""Tests of policies (`test_` rules) on the embedded engine, with the verdicts that `opa test` gives, and line coverage.

A test is a rule whose name begins with `test_`; with `todo_test_` it is skipped. It passes if its value is `true`.
Rules that share a name are tests of their own, the second called `test_x#01`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from uts_policy.engine.discovery import FoundTest, find_tests, prepared
from uts_policy.engine.embedded import explain, policies, said_by, value_of
from uts_policy.engine.process import Answer, converse
from uts_policy.model.rego import TEST_SUFFIX
from uts_policy.model.rule import PolicyFile
from uts_policy.model.settings import DEFAULT_TIMEOUT
from uts_policy.model.testrun import FileCoverage, Outcome, TestResult, TestRun

_CONFLICTS = ("must not produce multiple outputs", "conflicts with", "recursion detected")
"""What OPA calls an error too. A function that refuses its argument leaves a test undefined there, so it fails."""
_COMPILING = ("is unsafe", "could not find function", "used before definition")


def run_tests(
    files: Sequence[PolicyFile], *, helpers: Sequence[PolicyFile] = (), timeout: float = DEFAULT_TIMEOUT
) -> TestRun:
    """Run the tests in `files`, with `helpers` loaded besides, of which neither tests nor coverage count.

    Raises NoVerdictError for what does not compile, with file and line, and where `timeout` seconds do not suffice.
    """
    found = _discover(files, timeout)
    due = [test for test in found if not test.skipped]
    frames = [*policies(helpers), *policies(prepared(files, due)), ("coverage", "")]
    for test in due:
        frames += [("query", test.query), ("prints", "")]
    answers = converse([*frames, ("report", "")], timeout=timeout)
    for answer in answers:
        if answer.refused or (not answer.ok and any(words in answer.text for words in _COMPILING)):
            raise explain(answer)
    results = {
        test: _result(test, answer, prints)
        for test, answer, prints in zip(due, answers[:-1:2], answers[1:-1:2], strict=True)
    }
    return TestRun(
        results=tuple(results.get(test) or _told(test, Outcome.SKIP) for test in found),
        coverage=_coverage(json.loads(answers[-1].text), files),
    )


def _discover(files: Sequence[PolicyFile], timeout: float) -> list[FoundTest]:
    likely = [file for file in files if "test_" in file.text]
    if not likely:
        return []
    answer = converse([*policies(likely), ("syntax", "")], timeout=timeout)[0]
    if not answer.ok:
        raise explain(answer)
    return find_tests(json.loads(answer.text))


def _result(test: FoundTest, answer: Answer, prints: Answer) -> TestResult:
    printed = tuple(prints.text.splitlines())
    if not answer.ok:
        conflict = any(words in answer.text for words in _CONFLICTS)
        return _told(test, Outcome.ERROR if conflict else Outcome.FAIL, said_by(answer), printed)
    if test.unsupported:
        return _told(test, Outcome.ERROR, test.unsupported, printed)
    value = value_of(answer)
    if test.cases:
        missing = [str(case) for case in value["cases"] if case not in _held(value["held"])]
        words = f"of {len(value['cases'])} cases these do not hold: {', '.join(missing)}" if missing else ""
        return _told(test, Outcome.FAIL if missing else Outcome.PASS, words, printed)
    if value is True:
        return _told(test, Outcome.PASS, "", printed)
    words = (
        "it is undefined" if value is None else f"its value is {json.dumps(value, ensure_ascii=False)}, and not true"
    )
    return _told(test, Outcome.FAIL, words, printed)


def _held(cases: Mapping[str, Any]) -> set[str]:
    """The cases that hold."""
    return {case for case, value in cases.items() if value is True}


def _told(test: FoundTest, outcome: Outcome, message: str = "", prints: tuple[str, ...] = ()) -> TestResult:
    return TestResult(
        package=test.package,
        name=test.label,
        file=test.file,
        line=test.line,
        outcome=outcome,
        message=message,
        prints=prints,
    )


def _coverage(report: Mapping[str, Any], files: Sequence[PolicyFile]) -> tuple[FileCoverage, ...]:
    lines = {file["path"]: file for file in report["files"]}
    return tuple(
        FileCoverage(
            file=file.path,
            covered=tuple(sorted(set(lines[file.path]["covered"]))),
            uncovered=tuple(sorted(set(lines[file.path]["not_covered"]) - set(lines[file.path]["covered"]))),
        )
        for file in sorted(files, key=lambda file: file.path)
        if file.path in lines and not file.path.endswith(TEST_SUFFIX)
    )
