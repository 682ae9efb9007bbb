"""Who answers before and after: the pieces of the view `uts.view.owners`, laid over each other."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from uts_policy.model.difference import OwnerKind

OwnersPiece: TypeAlias = Mapping[str, Any]
Roles: TypeAlias = tuple[str, ...]
_Change: TypeAlias = tuple[Roles | None, Roles | None]
_Row: TypeAlias = Mapping[str, _Change]
NOWHERE = ""
"""The unit, or the vector, of a corpus that declares none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersSpace:
    """The places of one corpus: units with their paths, from the root, those in force, and the vectors."""

    paths: Mapping[str, Sequence[str]]
    in_force: frozenset[str]
    vectors: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One change of owner, in the same words for all of its units and vectors; both empty: wherever the duty is."""

    kind: OwnerKind
    units: tuple[str, ...]
    vectors: tuple[str, ...]
    before: Roles
    after: Roles


def space_of(sections: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> OwnersSpace:
    """The places that a corpus declares."""
    units = sections["units"]
    return OwnersSpace(
        paths={id_: unit["path"] for id_, unit in units.items()},
        in_force=frozenset(id_ for id_, unit in units.items() if unit["status"] != "archived"),
        vectors=frozenset(sections["vectors"]),
    )


class Shifts:
    """Compares the owners of duties in two corpora."""

    def __init__(self, before: OwnersSpace, after: OwnersSpace) -> None:
        self._before, self._after = before, after
        both = before.paths.keys() | after.paths.keys()
        self._moved = frozenset(
            id_
            for id_ in both
            if before.paths.get(id_) != after.paths.get(id_) or (id_ in before.in_force) != (id_ in after.in_force)
        )

    def of(self, before: Sequence[OwnersPiece], after: Sequence[OwnersPiece]) -> tuple[Shift, ...]:
        """What changes between two answers to who has a duty, the same kinds together. No pieces: there is no duty."""
        if before == after and not self._moved:
            return ()
        one, two = _OwnersAnswer(before, self._before), _OwnersAnswer(after, self._after)
        units = one.corners | two.corners | self._moved
        if self._before.paths or self._after.paths:
            units -= {NOWHERE}
        cells = self._told({unit: row for unit in units if (row := self._cells(unit, one, two))})
        changes: dict[_Change, dict[str, set[str]]] = {}
        for unit, row in cells.items():
            for vector, change in row.items():
                if change[0] != change[1]:
                    changes.setdefault(change, {}).setdefault(unit, set()).add(vector)
        return tuple(sorted(self._shifts(changes, cells), key=lambda shift: (shift.kind, shift.units, shift.vectors)))

    def _cells(self, unit: str, one: "_OwnersAnswer", two: "_OwnersAnswer") -> _Row:
        """Who answers before and after, by vector, in one unit; nothing where neither side has the duty there."""
        here, there = self._places(unit)
        vectors = set(one.vectors | two.vectors)
        if self._before.vectors or self._after.vectors:
            vectors -= {NOWHERE}
        row = {vector: (one.at(here, vector), two.at(there, vector)) for vector in vectors}
        shared = [row[vector] for vector in vectors if self._on_both(vector)]
        usual = ({before for before, _ in shared}, {after for _, after in shared})
        # A vector that one side does not know is told where it is answered otherwise than those that both know.
        return {
            vector: change
            for vector, change in row.items()
            if change != (None, None)
            and (self._on_both(vector) or (change[0] not in usual[0] and change[1] not in usual[1]))
        }

    def _told(self, cells: Mapping[str, _Row]) -> Mapping[str, _Row]:
        """Without the units that one side lacks with all above them, where their answer is one of the others'."""
        roots = {unit for unit in cells if None in self._places(unit)}
        others = {
            answer for unit, row in cells.items() if unit not in roots for each in row.values() for answer in each
        }
        return {
            unit: row
            for unit, row in cells.items()
            if unit not in roots or not {answer for each in row.values() for answer in each} <= others | {None}
        }

    def _on_both(self, vector: str) -> bool:
        known = self._before.vectors, self._after.vectors
        return not all(known) or (vector in known[0]) == (vector in known[1])

    def _places(self, unit: str) -> tuple[str | None, str | None]:
        """Where to look for a unit before and after."""
        return self._place(unit, self._before, self._after), self._place(unit, self._after, self._before)

    def _place(self, unit: str, here: OwnersSpace, there: OwnersSpace) -> str | None:
        """The unit itself; where this side lacks it, the nearest one above it that this side has."""
        if unit == NOWHERE or unit in here.in_force or not here.paths:
            return unit if here.paths or unit == NOWHERE else NOWHERE
        above = reversed(there.paths.get(unit, here.paths.get(unit, ())))
        return next((step for step in above if step in here.in_force), None)

    def _shifts(
        self,
        changes: Mapping[_Change, Mapping[str, set[str]]],
        cells: Mapping[str, _Row],
    ) -> Iterator[Shift]:
        for (before, after), by_unit in changes.items():
            everywhere = by_unit.keys() == cells.keys() and all(by_unit[unit] == cells[unit].keys() for unit in by_unit)
            groups: dict[frozenset[str], list[str]] = {}
            for unit, changed in by_unit.items():
                groups.setdefault(frozenset(changed), []).append(unit)
            for vectors, units in groups.items():
                all_vectors = all(vectors == cells[unit].keys() for unit in units)
                yield Shift(
                    kind=_kind(before, after),
                    units=() if everywhere or set(units) == cells.keys() else self._tops(units, cells.keys()),
                    vectors=() if everywhere or all_vectors else tuple(sorted(vectors)),
                    before=before or (),
                    after=after or (),
                )

    def _tops(self, units: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
        """The units without those whose nearest known unit above is among them: a subtree is named once."""
        named, looked_at = set(units), set(known)
        return tuple(sorted(unit for unit in units if self._above(unit, looked_at) not in named and unit != NOWHERE))

    def _above(self, unit: str, known: set[str]) -> str | None:
        path = self._after.paths.get(unit) or self._before.paths.get(unit) or ()
        return next((step for step in reversed(path[:-1]) if step in known), None)


class _OwnersAnswer:
    """The pieces of one duty, looked up by place: the piece of the nearest unit above decides."""

    def __init__(self, pieces: Sequence[OwnersPiece], space: OwnersSpace) -> None:
        self._paths = space.paths
        self._named = bool(space.vectors)
        self._rows: dict[str, dict[str, Roles]] = {}
        for piece in pieces:
            for unit in piece["units"]:
                self._rows.setdefault(unit, {}).update(dict.fromkeys(piece["vectors"], tuple(piece["roles"])))
        self.corners = frozenset(self._rows)
        self.vectors = frozenset(vector for row in self._rows.values() for vector in row)

    def at(self, unit: str | None, vector: str) -> Roles | None:
        """The roles that have the duty there; None where it is not there at all."""
        if unit is None:
            return None
        for step in reversed(self._paths.get(unit, (unit,))):
            if step in self._rows:
                return self._rows[step].get(vector if self._named else NOWHERE)
        return None


def _kind(before: Roles | None, after: Roles | None) -> OwnerKind:
    if before is None:
        return OwnerKind.NEW
    if after is None:
        return OwnerKind.ENDED
    if not before:
        return OwnerKind.GAINED
    return OwnerKind.MOVED if after else OwnerKind.LOST
