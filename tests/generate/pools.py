"""The words that random corpora are made of: few ids, so that entries meet; dates near the boundaries of the rules."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_OF = "2026-06-15"
AS_OFS = (AS_OF, "2026-06-30", "2027-01-01", "2028-02-29")

IDS: dict[str, tuple[str, ...]] = {
    "units": ("agency", "ops", "field", "east", "lab", "other-agency"),
    "people": ("p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7"),
    "roles": ("director", "deputy", "chief-ops", "watch", "counsel", "field-lead", "board", "partner", "all-staff"),
    "authorities": ("declare-incident", "commit-funds", "direct-field"),
    "delegations": ("order-1", "order-2", "order-3", "order-4", "order-5"),
    "responsibilities": ("command-incident", "phone-data", "travel-traces", "camera-sweeps", "payments"),
    "assignments": ("duty-1", "duty-2", "duty-3"),
    "directives": ("handbook", "memo", "order-book", "old-handbook"),
    "obligations": ("shall-1", "shall-2", "shall-3"),
    "vectors": ("phone", "camera", "travel"),
    "training": ("basics", "advanced-uts", "travel-course"),
    "incidents": ("leak", "tail"),
    "incident_lines": ("leak-line", "leak-field", "tail-line", "tail-low"),
    "assessments": ("study-1", "study-2"),
    "vulnerabilities": ("gap-1", "gap-2", "gap-3"),
    "actions": ("fix-1", "fix-2", "fix-3"),
    "recommendations": ("rec-1", "rec-2"),
    "waivers": ("waiver-1", "waiver-2", "waiver-3"),
}

UNKNOWN = ("nobody", "chief-opps", "Old Desk", "007")
PLACEHOLDERS = ("TBD", " n/a ", "Appointment  Needed", "?", "vacant", "None", "LEADERLESS", "tba")

NEAR = (-2, -1, 0, 1, 2)
"""Day offsets at which being in force, ended or begun turns."""

LIMITS = (30, 60, 180, 210, 365)
"""The defaults of the rules' parameters; offsets around them are boundaries too."""


def seeded(seed: int) -> Random:
    """A reproducible random source."""
    return Random(seed)  # noqa: S311 - for tests, not for secrets


@dataclass
class Context:
    """One random corpus in the making: its random source, and the date it will be checked for."""

    rng: Random
    as_of: date
    ids: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(IDS))

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def pick(self, options: Sequence[Any]) -> Any:
        return options[self.rng.randrange(len(options))]

    def some(self, options: Sequence[Any], most: int) -> list[Any]:
        """Between one and `most` different options, in random order."""
        count = min(self.rng.randint(1, most), len(options))
        return self.rng.sample(list(options), count)

    def reference(self, section: str) -> str:
        """An id of the section's pool; now and then one that nobody declares."""
        return self.pick(UNKNOWN) if self.chance(0.02) else self.pick(self.ids[section])

    def owner(self) -> str:
        """A role, or a word that is none."""
        return self.pick(PLACEHOLDERS) if self.chance(0.06) else self.reference("roles")

    def references(self, section: str, most: int = 3) -> list[str]:
        chosen = self.some(self.ids[section], most)
        return [self.pick(UNKNOWN) if self.chance(0.02) else one for one in chosen]

    def day(self, offset: int) -> str:
        return (self.as_of + timedelta(days=offset)).isoformat()

    def past(self) -> Any:
        return self.date(-1)

    def future(self) -> Any:
        return self.date(1)

    def any_date(self) -> Any:
        return self.date(self.pick((-1, 1)))

    def date(self, sign: int) -> Any:
        """A date mostly on one side of `as_of`, on or beside a boundary, as precise as its author cared to be."""
        if self.chance(0.35):
            offset = self.pick(NEAR)
        elif self.chance(0.7):
            offset = sign * self.pick(LIMITS) + self.pick(NEAR)
        else:
            offset = sign * self.rng.randint(1, 1200)
        return self.precise(self.as_of + timedelta(days=offset))

    def precise(self, day: date) -> Any:
        draw = self.rng.random()
        if draw < 0.75:
            return day.isoformat()
        if draw < 0.9:
            return f"{day.year:04}-{day.month:02}"
        return day.year if draw < 0.95 else f"{day.year:04}"


def first_day(value: Any) -> str:
    """The first day of a day, month or year."""
    text = str(value)
    return text + ("-01-01", "", "", "-01", "", "", "")[len(text) - 4]


def last_day(value: Any) -> str:
    """The last day of a day, month or year."""
    text = str(value)
    if len(text) == 4:
        return text + "-12-31"
    if len(text) == 7:
        return f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]:02}"
    return text
