"""The tree of units, with the roles that sit in each, who holds them, and what was found there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from uts_policy.common.words import number
from uts_policy.model.matrix import ABSENT
from uts_policy.model.report import Report
from uts_policy.render.common.organigram import OrganigramTree, organigram
from uts_policy.render.html.findings import Item, RuleGroup

MOST = 1500
"""How many roles are named in the tree; of a larger organisation units are shown with how many they have."""
DEEPEST = 30
"""Levels that are drawn: a tree in HTML is nested, and browsers stop nesting somewhere."""


STANDINGS = {
    "held": "held",
    "chaired": "answered for by its chair",
    "external": "elsewhere",
    "everyone": "everyone of a kind",
    "unstated": "not stated",
    **ABSENT,
}
"""What a role is said to be, as `uts.view.seats` has it, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A role in the tree. `holders` are those whose term includes the day; `reason` is that of its `vacancy`.

    `standing` is a key of STANDINGS.
    """

    id: str
    title: str
    holders: tuple[str, ...]
    reason: str
    standing: str
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit and what is below it. `found` counts the findings that count, on the unit, and those that are its roles'.

    `roles` is how many it has, `standings` what they are said to be, as in `2 held, 1 not stated`, if they are not all
    held; `seats` names them, or is empty in a large organisation. `below`: units left out.
    """

    id: str
    name: str
    kind: str
    archived: bool
    roles: int
    standings: str
    found: int
    seats: tuple[Seat, ...]
    children: tuple["Unit", ...]
    below: int


def tree(report: Report, groups: Sequence[RuleGroup]) -> tuple[Unit, ...]:
    """The root units. Those in a loop, and those under a unit that nobody declared, stand at the top as well."""
    return () if report.corpus is None else _UnitTree(report.corpus.data, report.views["seats"], groups).roots()


CHARTED = 30
"""Units that fit on a page as a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The units as a picture, those with findings marked, and how many were left out."""

    svg: Markup
    left_out: int


def chart(report: Report, groups: Sequence[RuleGroup]) -> Chart | None:
    """The picture of the units in force; none where there are fewer than two."""
    labels: dict[str, str] = {}
    above: dict[str, str] = {}
    marks: dict[str, str] = {}
    todo: list[tuple[Unit, str]] = [(each, "") for each in tree(report, groups)]
    while todo:
        unit, parent = todo.pop()
        if unit.archived:
            continue
        labels[unit.id] = unit.name
        above |= {unit.id: parent} if parent else {}
        marks |= {unit.id: number(unit.found, "finding")} if unit.found else {}
        todo += [(each, unit.id) for each in unit.children]
    if len(labels) < 2:  # noqa: PLR2004 - one box is no picture
        return None
    drawn = organigram(
        [OrganigramTree(title="", labels=labels, above=above, marks=marks)],
        CHARTED,
        "Units with their findings; the section Units has the same as text",
    )
    return Chart(svg=Markup(drawn.svg), left_out=drawn.left_out)  # noqa: S704 - made by us, every text escaped


def _counted(standings: Iterable[str]) -> str:
    found = Counter(standings)
    return (
        ""
        if set(found) <= {"held"}
        else ", ".join(f"{found[each]} {STANDINGS[each]}" for each in STANDINGS if each in found)
    )


class _UnitTree:
    def __init__(self, data: Mapping[str, Any], found: Mapping[str, Any], groups: Sequence[RuleGroup]) -> None:
        self._people = data["people"]
        self._units, self._roles, self._seats = data["units"], data["roles"], found["seats"]
        self._standing = found["standing"]
        self._children, self._loops = data["links"]["children"], data["links"]["cycles"]["units"]
        self._reached: set[str] = set()
        self._in_unit: dict[str, list[str]] = {}
        for id_ in sorted(self._seats):
            self._in_unit.setdefault(self._roles[id_]["unit"], []).append(id_)
        self._named = sum(map(len, self._in_unit.values())) <= MOST
        self._of_role: Counter[str] = Counter()
        self._of_unit: dict[str, set[int]] = {}
        for item in (item for group in groups for item in group.items if item.finding.counts):
            self._concern(item)

    def _concern(self, item: Item) -> None:
        self._of_role.update(item.owners)
        section, _, name = item.finding.entry.partition("/")
        places = {self._roles[role]["unit"] for role in item.owners} | ({name} if section == "units" else set())
        for place in places & self._units.keys():
            for step in self._units[place]["path"][:DEEPEST]:
                self._of_unit.setdefault(step, set()).add(item.number)

    def roots(self) -> tuple[Unit, ...]:
        tops = [id_ for id_, unit in self._units.items() if len(unit["path"]) == 1]
        # What a loop holds has no top: its first unit stands for it.
        starts = dict.fromkeys((*sorted(tops), *(loop[0] for loop in self._loops)))
        return tuple(self._unit(id_, 1) for id_ in starts)

    def _unit(self, id_: str, depth: int) -> Unit:
        self._reached.add(id_)
        unit = self._units[id_]
        seats = tuple(self._seat(role) for role in self._in_unit.get(id_, ()))
        below = [child for child in self._children.get(id_, ()) if child not in self._reached]
        deep = depth >= DEEPEST
        return Unit(
            id=id_,
            name=unit["name"],
            kind=unit.get("kind", ""),
            archived=unit["status"] == "archived",
            roles=len(seats),
            standings=_counted(seat.standing for seat in seats),
            found=len(self._of_unit.get(id_, ())),
            seats=seats if self._named else (),
            children=() if deep else tuple(self._unit(child, depth + 1) for child in below),
            below=len(below) if deep else 0,
        )

    def _called(self, person: str) -> str:
        name = self._people.get(person, {}).get("name", "")
        return f"{name} ({person})" if name.casefold() not in {"", person} else person

    def _seat(self, id_: str) -> Seat:
        role = self._roles[id_]
        return Seat(
            id=id_,
            title=role["title"],
            holders=tuple(map(self._called, self._seats[id_])),
            reason=role.get("vacancy", {}).get("reason", ""),
            standing=self._standing[id_],
            found=self._of_role[id_],
        )
