"""What authors leave out, and what they say that there is none of: facts stated, stated as none, and not stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.generate.org import drop

if TYPE_CHECKING:
    from tests.generate.pools import Context
    from tests.generate.repair import Declarations

FIELDS = (
    ("roles", ("holders", "vacancy")),
    ("roles", ("successors",)),
    ("roles", ("reports_to",)),
    ("roles", ("authorities",)),
    ("responsibilities", ("responsible",)),
    ("responsibilities", ("consulted", "informed")),
    ("incident_lines", ("escalate_to",)),
)
"""Section, and the fields that state a fact; `[]` in each of the lists says that there is none."""

LIKELY = (0, 0, 0.2, 0.5, 1)
"""How likely a fact is left out: a matter of the organisation more than of the entry."""


def leave_unstated(c: Context, declarations: Declarations) -> None:
    """Takes facts away, or states that there is nothing, in place."""
    for section, fields in FIELDS:
        likely = c.pick(LIKELY)
        for entry in declarations.get(section, ()):
            draw = c.rng.random()
            if draw < likely:
                drop(entry, *fields)
            elif draw > 0.93:
                _state_none(entry, fields)
    likely = c.pick(LIKELY)
    for entry in declarations.get("assignments", ()):
        if c.chance(likely):
            drop(entry, "acknowledged_on")
    likely = c.pick(LIKELY)
    silent = [person for person in c.ids["people"] if c.chance(likely)]
    records = declarations.get("training_records", [])
    records[:] = [record for record in records if record["person"] not in silent]


def _state_none(entry: dict[str, Any], fields: tuple[str, ...]) -> None:
    for field in fields:
        entry[field] = []
    drop(entry, "vacancy")
