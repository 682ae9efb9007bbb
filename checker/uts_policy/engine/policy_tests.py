"""Which rules of a policy are tests, and the text to load so that each can be asked for by itself."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from uts_policy.common.fields import default_timeout
from uts_policy.common.rego import RULES, TEST_SUFFIX, package_of
from uts_policy.engine.embedded import explain, policies, said_by, value_of
from uts_policy.engine.worker_process import WorkerAnswer, converse
from uts_policy.model.policy_test import FileCoverage, PolicyTestOutcome, TestResult, TestRun
from uts_policy.model.rule import PolicyFile

_TEST = "test_"
_TODO = "todo_test_"
_TOUCHED = "uts_policy_touched"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTest:
    """One rule that is a test. `start` and `end` are the bytes of its name, `number` tells apart those of one name.

    `cases` is, for a test written `test_x[note] if { some note, … in …; … }`, the rule that lists its notes.
    `unsupported` says why the test cannot be run here.
    """

    package: str
    name: str
    file: str
    line: int
    start: int
    end: int
    number: int = 0
    cases: str = ""
    unsupported: str = ""

    @property
    def skipped(self) -> bool:
        """Whether its author marked it as not yet to be run."""
        return self.name.startswith(_TODO)

    @property
    def label(self) -> str:
        """The name that people see: `test_x`, the second of that name `test_x#01`."""
        return f"{self.name}#{self.number:02}" if self.number else self.name

    @property
    def unique(self) -> str:
        """The name under which it is evaluated."""
        return f"{self.name}__{self.number}" if self.number else self.name

    @property
    def query(self) -> str:
        """What to ask the engine."""
        rule = f"{self.package}.{self.unique}"
        return f'{{"held": {rule}, "cases": {rule}__cases}}' if self.cases else rule


def find_tests(trees: Iterable[Mapping[str, Any]]) -> list[FoundTest]:
    """The tests in the engine's syntax trees, by file and line."""
    found = sorted(
        (test for tree in trees for test in _tests_of(tree["source"], tree["ast"])),
        key=lambda test: (test.file, test.start),
    )
    seen: dict[tuple[str, str], int] = {}
    numbered: list[FoundTest] = []
    for test in found:
        number = seen.get((test.package, test.name), 0)
        seen[test.package, test.name] = number + 1
        numbered.append(replace(test, number=number))
    return numbered


def prepared(files: Sequence[PolicyFile], tests: Sequence[FoundTest]) -> list[PolicyFile]:
    """The files, with a name of its own for each test, and what to ask for added at the end. No line moves."""
    ready: list[PolicyFile] = []
    for file in files:
        data = file.text.encode()
        own = [test for test in tests if test.file == file.path]
        for test in reversed(own):
            data = data[: test.start] + test.unique.encode() + data[test.end :]
        added = "".join(f"\n{test.unique}__cases contains {test.cases}\n" for test in own if test.cases)
        ready.append(replace(file, text=f"{data.decode()}{added}\n\n{_TOUCHED} := true\n"))
    return ready


def touching(files: Sequence[PolicyFile]) -> str:
    """A query that evaluates next to nothing of every prepared file.

    NOTE: the engine reports the lines of those files only of which it has evaluated something.
    """
    packages = {package.written for file in files if (package := package_of(file.text)) is not None}
    return f"[{', '.join(f'data.{package}.{_TOUCHED}' for package in sorted(packages))}]"


def _tests_of(source: Mapping[str, Any], ast: Mapping[str, Any]) -> Iterator[FoundTest]:
    text = source["contents"].encode()
    package = _slice(text, ast["package"]["span"]).removeprefix("package").strip()
    for rule in ast["rules"]:
        kind, head = ("Default", rule["Default"]) if "Default" in rule else next(iter(rule["Spec"]["head"].items()))
        variable = _variable(head["refr"])
        if not variable["value"].startswith((_TEST, _TODO)):
            continue
        cases, unsupported = "", ""
        if kind == "Func":
            unsupported = "it is a function, and nobody says with which arguments to call it"
        elif "Var" not in head["refr"]:
            cases = _cases(text, rule, head["refr"])
            unsupported = "" if cases else "its cases must be one variable that `some … in …` binds"
        yield FoundTest(
            package=f"data.{package}",
            name=variable["value"],
            file=source["file"],
            line=variable["span"]["line"],
            start=variable["span"]["start"],
            end=variable["span"]["end"],
            cases=cases,
            unsupported=unsupported,
        )


def _variable(reference: Mapping[str, Any]) -> Mapping[str, Any]:
    """The name that a reference begins with, and where it stands."""
    while "Var" not in reference:
        reference = next(iter(reference.values()))["refr"]
    found: Mapping[str, Any] = reference["Var"]
    return found


def _cases(text: bytes, rule: Mapping[str, Any], reference: Mapping[str, Any]) -> str:
    """`note if { … }` for the statements of a rule `test_x[note]` that bind its note; empty for another form."""
    index = reference.get("RefBrack", {}).get("index", {}).get("Var")
    bodies = rule.get("Spec", {}).get("bodies", [])
    if index is None or len(bodies) != 1 or "Var" not in reference["RefBrack"]["refr"]:
        return ""
    statements = bodies[0]["query"]["stmts"]
    for statement in statements:
        some = statement["literal"].get("SomeIn", {})
        bound = [(some.get(part) or {}).get("Var", {}).get("value") for part in ("key", "value")]
        if index["value"] in bound:
            first, last = statements[0]["span"]["start"], statement["span"]["end"]
            return f"{index['value']} if {{\n{text[first:last].decode()}\n}}"
    return ""


def _slice(text: bytes, span: Mapping[str, int]) -> str:
    return text[span["start"] : span["end"]].decode()


_RULES = f"data.{'.'.join(RULES)}."
_CONFLICTS = ("must not produce multiple outputs", "conflicts with", "recursion detected")
"""What OPA calls an error too. A function that refuses its argument leaves a test undefined there, so it fails."""
_COMPILING = ("is unsafe", "could not find function", "used before definition")


def run_tests(
    files: Sequence[PolicyFile], *, helpers: Sequence[PolicyFile] = (), timeout: float | None = None
) -> TestRun:
    """Run the tests in `files`, with `helpers` loaded besides, of which neither tests nor coverage count.

    Raises NoVerdictError for what does not compile, with file and line, and where `timeout` seconds do not suffice.
    """
    timeout = default_timeout() if timeout is None else timeout
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
        results=tuple(results.get(test) or _told(test, PolicyTestOutcome.SKIP) for test in found),
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


def _result(test: FoundTest, answer: WorkerAnswer, prints: WorkerAnswer) -> TestResult:
    printed = tuple(prints.text.splitlines())
    if not answer.ok:
        conflict = any(words in answer.text for words in _CONFLICTS)
        return _told(test, PolicyTestOutcome.ERROR if conflict else PolicyTestOutcome.FAIL, said_by(answer), printed)
    if test.unsupported:
        return _told(test, PolicyTestOutcome.ERROR, test.unsupported, printed)
    value = value_of(answer)
    if test.cases:
        missing = [str(case) for case in value["cases"] if case not in _held(value["held"])]
        words = f"of {len(value['cases'])} cases these do not hold: {', '.join(missing)}" if missing else ""
        return _told(test, PolicyTestOutcome.FAIL if missing else PolicyTestOutcome.PASS, words, printed)
    if value is True:
        return _told(test, PolicyTestOutcome.PASS, "", printed)
    words = (
        "it is undefined" if value is None else f"its value is {json.dumps(value, ensure_ascii=False)}, and not true"
    )
    return _told(test, PolicyTestOutcome.FAIL, words, printed)


def _held(cases: Mapping[str, Any]) -> set[str]:
    """The cases that hold."""
    return {case for case, value in cases.items() if value is True}


def _told(test: FoundTest, outcome: PolicyTestOutcome, message: str = "", prints: tuple[str, ...] = ()) -> TestResult:
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
