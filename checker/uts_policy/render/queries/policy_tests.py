"""What came of the tests of policies, for people and for programs."""

import json
from collections import Counter
from collections.abc import Iterator

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number
from uts_policy.model.policy_test import PolicyTestOutcome, TestResult, TestRun
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/test/1"
_INDENT = "    "


def as_json(run: TestRun, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """Every test and every line, keys always present."""
    tests = [
        {
            "package": each.package,
            "name": each.name,
            "file": each.file,
            "line": each.line,
            "outcome": each.outcome.value,
            "message": each.message,
            "prints": list(each.prints),
        }
        for each in run.results
    ]
    files = [
        {"file": each.file, "covered": list(each.covered), "uncovered": list(each.uncovered)} for each in run.coverage
    ]
    coverage = {"percent": round(run.percent, 2), "files": files}
    document = {"schema": SCHEMA, "passed": run.passed, "tests": tests, "coverage": coverage}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_text(run: TestRun, style: Style) -> str:
    """The tests that did not pass, or all where the style is verbose; lines that no test reaches; counts."""
    return "".join(f"{line}\n" for line in _lines(run, style))


def _lines(run: TestRun, style: Style) -> Iterator[str]:
    shown = [each for each in run.results if style.verbose or each.outcome is not PolicyTestOutcome.PASS]
    for each in shown:
        yield from _test(each, style)
    if shown:
        yield ""
    for file in run.coverage:
        if file.uncovered:
            text = f"{file.file}: no test reaches line {', '.join(_ranges(file.uncovered))}"
            yield from wrap(visible(text), style.width)
    counted = Counter(each.outcome for each in run.results)
    yield (
        f"{number(len(run.results), 'test')}: {counted[PolicyTestOutcome.PASS]} passed, "
        f"{counted[PolicyTestOutcome.FAIL]} failed, "
        f"{number(counted[PolicyTestOutcome.ERROR], 'error')}, {counted[PolicyTestOutcome.SKIP]} skipped. "
        f"{run.percent:.1f} % of lines covered."
    )


def _test(test: TestResult, style: Style) -> Iterator[str]:
    yield visible(f"{test.outcome.upper():<5}  {test.file}:{test.line}  {test.name}")
    for text in (test.message, *test.prints):
        for line in wrap(visible(text), style.width - len(_INDENT)) if text else ():
            yield _INDENT + line


def _ranges(lines: tuple[int, ...]) -> Iterator[str]:
    """`3-5` for what follows on each other, `8` for what stands alone."""
    start = 0
    for index, line in enumerate(lines):
        if index + 1 == len(lines) or lines[index + 1] != line + 1:
            yield str(line) if start == index else f"{lines[start]}-{line}"
            start = index + 1
