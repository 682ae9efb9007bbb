"""Declarations as they are written, read the slow way: defaults, full dates, one assignment for each role and code."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SECTIONS = (
    "units",
    "people",
    "roles",
    "authorities",
    "delegations",
    "responsibilities",
    "assignments",
    "directives",
    "obligations",
    "vectors",
    "training",
    "training_records",
    "incidents",
    "incident_lines",
    "assessments",
    "vulnerabilities",
    "actions",
    "recommendations",
    "waivers",
)
SHORT = {"accountable": "A", "responsible": "R", "support": "S", "consulted": "C", "informed": "I"}
LAST_DAYS = {"to", "until", "expires", "expires_on", "due", "review_by"}
FIRST_DAYS = {
    "from",
    "departed_on",
    "abolished_on",
    "rescinded_on",
    "since",
    "acknowledged_on",
    "reviewed_on",
    "completed_on",
    "date",
    "done_on",
    "issued",
    "agreed_on",
    "closed_on",
    "approved_on",
}
BEGINNING = date(1, 1, 1).toordinal()
END = date(9999, 12, 31).toordinal()

Entry = dict[str, Any]


def as_list(value: Any) -> list[Any]:
    """A value that may be one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def first_day(written: Any) -> int:
    """The day number of a date, of the first day of a month or of a year."""
    parts = [int(part) for part in str(written).split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day).toordinal()


def last_day(written: Any) -> int:
    """The day number of a date, of the last day of a month or of a year."""
    parts = [int(part) for part in str(written).split("-")]
    year, month = [*parts, 12][:2]
    day = parts[2] if len(parts) == 3 else calendar.monthrange(year, month)[1]
    return date(year, month, day).toordinal()


def iso(day: int) -> str:
    """The full date of a day number."""
    return date.fromordinal(day).isoformat()


def dated(value: Any) -> Any:
    """A copy in which every date is a day number and the user's own keys are gone."""
    if isinstance(value, list):
        return [dated(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {}
    for key, one in value.items():
        if key.startswith("x-"):
            continue
        if key in LAST_DAYS and isinstance(one, str | int):
            made[key] = last_day(one)
        elif key in FIRST_DAYS and isinstance(one, str | int):
            made[key] = first_day(one)
        else:
            made[key] = dated(one)
    return made


@dataclass
class Corpus:
    """All entries by section and id; which assignments share a written place; and the former names of all entries."""

    entries: dict[str, dict[str, Entry]]
    written: dict[str, list[Entry]]
    siblings: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    """Every name of an entry, `section/id`, its own included."""

    def first(self, section: str) -> Callable[[str], tuple[str, str]]:
        """A key that orders ids of a section by the names that their entries had first.

        That is the name to which nothing has moved; where two moved to one, there is none before it.
        """
        moved = {(one["from"], one["to"]) for one in self.written.get("moved", [])}
        declared = {f"{section}/{one}" for one in self.entries[section]}

        def order(one: str) -> tuple[str, str]:
            name = f"{section}/{one}"
            while len(before := [start for start, end in moved if end == name]) == 1:
                name = before[0]
                if name in declared:
                    break
            return name, one

        return order


def read(declarations: dict[str, list[Entry]]) -> Corpus:
    """The corpus of valid declarations. Assignments get `begins` where their author wrote a `from`."""
    entries: dict[str, dict[str, Entry]] = {section: {} for section in SECTIONS}
    for section in SECTIONS:
        if section in {"assignments", "training_records"}:
            continue
        for entry in declarations.get(section, []):
            entries[section][entry["id"]] = dated(entry)
    for entry in declarations.get("training_records", []):
        record = dated(entry)
        entries["training_records"][f"{record['person']}/{record['module']}/{iso(record['completed_on'])}"] = record
    corpus = Corpus(entries=entries, written=declarations)
    _short_forms(corpus)
    _long_forms(corpus)
    _name(corpus)
    return corpus


def _short_forms(corpus: Corpus) -> None:
    for duty_id, duty in corpus.entries["responsibilities"].items():
        for name, code in SHORT.items():
            for role in as_list(duty.get(name)):
                assignment_id = f"{duty_id}/{role}/{code}"
                assignment = {"responsibility": duty_id, "role": role, "code": code}
                corpus.entries["assignments"][assignment_id] = assignment
                corpus.siblings[assignment_id] = [assignment_id]


def _long_forms(corpus: Corpus) -> None:
    without_id: dict[str, list[tuple[int, Entry, list[str]]]] = {}
    for entry in corpus.written.get("assignments", []):
        codes = as_list(entry["code"])
        place: list[str] = []
        for code in codes:
            assignment = dated(entry) | {"code": code}
            if "id" in entry:
                assignment_id = f"{entry['id']}/{code}" if len(codes) > 1 else entry["id"]
                corpus.entries["assignments"][assignment_id] = assignment
                corpus.siblings[assignment_id] = place
                place.append(assignment_id)
            else:
                default = f"{entry['responsibility']}/{entry['role']}/{code}"
                place.append(default)
                without_id.setdefault(default, []).append((assignment.get("from", BEGINNING), assignment, place))
    for default, many in without_id.items():
        many.sort(key=lambda one: one[0])
        for number, (begin, assignment, place) in enumerate(many):
            assignment_id = f"{default}@{iso(begin)}" if number else default
            place[place.index(default)] = assignment_id
            corpus.entries["assignments"][assignment_id] = assignment
            corpus.siblings[assignment_id] = place


def _now(name: str, moved: dict[str, str], declared: set[str]) -> str:
    followed = {name}
    while name not in declared and moved.get(name, name) not in followed:
        name = moved[name]
        followed.add(name)
    return name


def _name(corpus: Corpus) -> None:
    """From a former name one follows the records of `moved` until an id that is declared."""
    own = {f"assignments/{entry['id']}" for entry in corpus.written.get("assignments", []) if "id" in entry}
    declared = own | {f"{section}/{one}" for section, entries in corpus.entries.items() for one in entries}
    former: dict[str, set[str]] = {name: {name} for name in declared}
    moved = {record["from"]: record["to"] for record in corpus.written.get("moved", [])}
    for start in moved:
        former.get(_now(start, moved, declared), set()).add(start)

    def ids(section: str, one: str) -> set[str]:
        return {name.partition("/")[2] for name in former.get(f"{section}/{one}", {f"{section}/{one}"})}

    for section, entries in corpus.entries.items():
        for one, entry in entries.items():
            names = former[f"{section}/{one}"]
            if section == "training_records":
                day = iso(entry["completed_on"])
                names |= {
                    f"{section}/{person}/{module}/{day}"
                    for person in ids("people", entry["person"])
                    for module in ids("training", entry["module"])
                }
            elif section == "assignments" and "id" not in entry:
                duty, role = entry["responsibility"], entry["role"]
                rest = one.removeprefix(f"{duty}/{role}/")
                names |= {
                    f"{section}/{was}/{by}/{rest}" for was in ids("responsibilities", duty) for by in ids("roles", role)
                }
            elif section == "assignments" and one != entry["id"]:
                names |= {f"{section}/{was}/{entry['code']}" for was in ids("assignments", entry["id"])}
            corpus.names[f"{section}/{one}"] = names
