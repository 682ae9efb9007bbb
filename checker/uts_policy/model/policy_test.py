"""What came of the tests of policies."""

from dataclasses import dataclass
from enum import StrEnum


class PolicyTestOutcome(StrEnum):
    """How a test ended. Only `pass` and `skip` are no fault."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    ERROR = "error"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One test: `package` as `data.a.b`, where it stands, how it ended, why, and what it printed."""

    package: str
    name: str
    file: str
    line: int
    outcome: PolicyTestOutcome
    message: str = ""
    prints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCoverage:
    """The lines of one file that hold something to evaluate, by whether a test did."""

    file: str
    covered: tuple[int, ...]
    uncovered: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """All tests in the order of their files and lines, and the coverage of every file that is not tests."""

    results: tuple[TestResult, ...]
    coverage: tuple[FileCoverage, ...]

    @property
    def passed(self) -> bool:
        """Whether there was a test, and none failed or erred."""
        return bool(self.results) and all(
            item.outcome in {PolicyTestOutcome.PASS, PolicyTestOutcome.SKIP} for item in self.results
        )

    @property
    def percent(self) -> float:
        """How much of the lines is covered, 0 to 100; 100 where there is nothing to cover."""
        covered = sum(len(file.covered) for file in self.coverage)
        lines = covered + sum(len(file.uncovered) for file in self.coverage)
        return 100 * covered / lines if lines else 100.0
