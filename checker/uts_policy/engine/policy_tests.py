"""Tests of policies (`test_` rules) on the embedded engine, with the verdicts that `opa test` gives, and line coverage.

A test is a rule whose name begins with `test_`; with `todo_test_` it is skipped. It passes if its value is `true`.
Rules that share a name are tests of their own, the second called `test_x#01`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from uts_policy.common.rego import RULES, TEST_SUFFIX, package_of
from uts_policy.engine.discovery import FoundTest, find_tests, prepared, touching
from uts_policy.engine.embedded import explain, policies, said_by, value_of
from uts_policy.engine.process import Answer, converse
from uts_policy.model.policy_test import FileCoverage, Outcome, TestResult, TestRun
from uts_policy.model.rule import PolicyFile
from uts_policy.model.settings import DEFAULT_TIMEOUT

_RULES = f"data.{'.'.join(RULES)}."
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
    results: dict[FoundTest, TestResult] = {}
    reports: list[Mapping[str, Any]] = []
    for apart in (True, False):
        group = [test for test in due if _among_rules(test.package) == apart]
        if group or (apart and not due):
            # NOTE: whoever goes through `data.uts.rules`, as `uts.main` does, would evaluate the tests that live there.
            loaded = files if apart else [file for file in files if not _test_among_rules(file)]
            answers, report = _evaluate(helpers, prepared(loaded, due), group, timeout)
            results |= answers
            reports.append(report)
    return TestRun(
        results=tuple(results.get(test) or _told(test, Outcome.SKIP) for test in found),
        coverage=_coverage(reports, files),
    )


def _evaluate(
    helpers: Sequence[PolicyFile], files: Sequence[PolicyFile], tests: Sequence[FoundTest], timeout: float
) -> tuple[dict[FoundTest, TestResult], Mapping[str, Any]]:
    """The results of `tests` in a worker that loads these files, and its coverage report."""
    loading = [*policies(helpers), *policies(files), ("coverage", ""), ("query", touching(files))]
    questions = [frame for test in tests for frame in (("query", test.query), ("prints", ""))]
    frames = [*loading, *questions, ("report", "")]
    answers = converse(frames, timeout=timeout)
    for answer in answers:
        if answer.refused or (not answer.ok and any(words in answer.text for words in _COMPILING)):
            raise explain(answer)
    _, *said, report = answers
    pairs = zip(tests, said[::2], said[1::2], strict=True)
    return {test: _result(test, answer, prints) for test, answer, prints in pairs}, json.loads(report.text)


def _among_rules(package: str) -> bool:
    return package.startswith(_RULES)


def _test_among_rules(file: PolicyFile) -> bool:
    package = package_of(file.text)
    return file.path.endswith(TEST_SUFFIX) and package is not None and _among_rules(f"data.{package.written}")


def _discover(files: Sequence[PolicyFile], timeout: float) -> list[FoundTest]:
    """The tests in `files`. Raises NoVerdictError where one does not parse: before anything is added to its text."""
    likely = [file for file in files if "test_" in file.text]
    others = [file for file in files if "test_" not in file.text]
    answers = [
        *converse(policies(others), timeout=timeout),
        *converse([*policies(likely), ("syntax", "")], timeout=timeout),
    ]
    for answer in answers:
        if not answer.ok:
            raise explain(answer)
    return find_tests(json.loads(answers[-1].text))


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


def _coverage(reports: Sequence[Mapping[str, Any]], files: Sequence[PolicyFile]) -> tuple[FileCoverage, ...]:
    """The lines that some report has as covered, and those that all reports have as not. What was added is left out."""
    covered: dict[str, set[int]] = {}
    lines: dict[str, set[int]] = {}
    for file in (file for report in reports for file in report["files"]):
        covered.setdefault(file["path"], set()).update(file["covered"])
        lines.setdefault(file["path"], set()).update(file["covered"], file["not_covered"])
    found: list[FileCoverage] = []
    for file in sorted(files, key=lambda file: file.path):
        if file.path in lines and not file.path.endswith(TEST_SUFFIX):
            last = file.text.count("\n") + 1
            reached = {line for line in covered[file.path] if line <= last}
            missed = {line for line in lines[file.path] - reached if line <= last}
            found.append(FileCoverage(file=file.path, covered=tuple(sorted(reached)), uncovered=tuple(sorted(missed))))
    return tuple(found)
