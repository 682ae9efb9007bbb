"""What would follow from a change that nobody has written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from uts_policy.model.document import Source
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report


class ChangeKind(StrEnum):
    """The changes that can be supposed, by the word that a user writes."""

    DEPARTS = "departs"
    ABOLISH = "abolish"
    MERGE = "merge"
    RESCIND = "rescind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: whom or what it is about, and, of a merger, the unit that takes over. Ids."""

    kind: ChangeKind
    subject: str
    into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the organisation stands on one side: the report, the unanswered duties, and those of which it is not stated.

    `unanswered` has, by responsibility, what `uts.view.unanswered` says of it.
    """

    report: Report
    unanswered: Mapping[str, Mapping[str, Any]]
    not_stated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """The consequences of changes on the day `as_of`, compared with the declarations as they are on `base_day`.

    `words` say what was supposed, one sentence a change. `introduced` and `gone` are findings that count, the ones to
    fix first before others; `unanswered` duties that are answered on the base side, the most critical first, and
    `answered` those that are not any more, by id.
    """

    as_of: str
    base_day: str
    words: tuple[str, ...]
    before: Standing
    after: Standing
    introduced: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    unanswered: tuple[Mapping[str, Any], ...]
    answered: tuple[str, ...]
    not_stated: tuple[str, ...]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What would be unanswered if a person were lost: duties, the most critical first. `name` may be empty."""

    person: str
    name: str
    unanswered: tuple[Mapping[str, Any], ...]

    @property
    def critical(self) -> int:
        """How many of the duties are critical."""
        return sum(each["criticality"] == "critical" for each in self.unanswered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Everybody who holds an accountable role, those whose loss would leave the most critical duties unanswered first.

    `left_out` is how many people of the ranking are not in `people`. `already` is how many duties nobody answers for
    as it is; `not_stated` of how many that is not stated.
    """

    as_of: str
    people: tuple[Loss, ...]
    left_out: int
    already: int
    not_stated: int
    unjudged: bool
