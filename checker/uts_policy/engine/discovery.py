"""Which rules of a policy are tests, and the text to load so that each can be asked for by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from uts_policy.common.rego import package_of
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
