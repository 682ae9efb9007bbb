"""What came of running the check in a bag again."""

from dataclasses import dataclass
from enum import StrEnum


class Reproduced(StrEnum):
    """`not comparable` is another tool or engine, and says nothing about the bag; `failed` says that it is wrong."""

    SAME = "same"
    FAILED = "failed"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file that did not come out as it is in the bag, and how."""

    path: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    """The answer. `compared` counts files; `why` says what makes the bag not comparable."""

    file: str
    digest: str
    outcome: Reproduced
    compared: int = 0
    differences: tuple[Difference, ...] = ()
    why: str = ""
