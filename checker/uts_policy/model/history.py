"""How an organisation stood at each of several moments of its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from uts_policy.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One day, judged by today's rules, as it was declared in `commit`. `fault` says why it could not be.

    `findings` are those that count, by identity. `unanswered` and `not_stated` count responsibilities. `stated` of
    `asked` facts are stated. `units` counts findings by the unit of the roles that they concern.
    """

    day: str
    commit: str
    fault: str = ""
    findings: Mapping[str, Finding] = field(default_factory=dict)
    unanswered: int = 0
    not_stated: int = 0
    stated: int = 0
    asked: int = 0
    units: Mapping[str, int] = field(default_factory=dict)

    def at(self, level: str) -> int:
        """How many findings of a level count."""
        return sum(each.level == level for each in self.findings.values())

    def categories(self) -> dict[str, int]:
        """How many findings count, by category."""
        found: dict[str, int] = {}
        for each in self.findings.values():
            category = each.rule.partition("/")[0]
            found[category] = found.get(category, 0) + 1
        return dict(sorted(found.items()))

    @property
    def share(self) -> int:
        """What is stated of all that could be, in hundredths, rounded down."""
        return 100 * self.stated // self.asked if self.asked else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The moments, the earliest first. `days_to_fix` are the days from introduced to fixed, of each finding that was.

    What was there at the first moment has no beginning that is known, and is left out of them.
    """

    organisation: str
    moments: tuple[Moment, ...]
    days_to_fix: tuple[int, ...]

    @property
    def median(self) -> float | None:
        """The median of the days from introduced to fixed; None where nothing was."""
        days = sorted(self.days_to_fix)
        if not days:
            return None
        middle = len(days) // 2
        return float(days[middle]) if len(days) % 2 else (days[middle - 1] + days[middle]) / 2
