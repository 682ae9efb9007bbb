"""Scopes: how units lie within each other, and which of their parts are covered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from uts_policy.corpus.in_force import Sections

LEVELS = 64
"""How many units a path holds at most. NOTE: it keeps a loop of ten thousand units from becoming 10^8 steps."""


def paths(units: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """For each unit the ids from the root to itself.

    The walk up stops before a unit repeats, at an unknown parent, and after `LEVELS` units.
    """
    return {unit: _path(unit, units) for unit in units}


def _path(unit: str, units: Mapping[str, Mapping[str, Any]]) -> list[str]:
    path = [unit]
    seen = {unit}
    parent = units[unit].get("parent")
    while isinstance(parent, str) and parent in units and parent not in seen and len(path) < LEVELS:
        path.append(parent)
        seen.add(parent)
        parent = units[parent].get("parent")
    path.reverse()
    return path


ALL = ""
ScopePiece: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A scope's units and vectors that count, each sorted, (ALL,) where the part was left out.

    `under` gives, for each unit with some of `units` below it, those. `bad`: the scope names an unknown or archived id.
    """

    units: tuple[str, ...]
    vectors: tuple[str, ...]
    under: Mapping[str, Sequence[str]]
    bad: bool

    @property
    def pieces(self) -> list[ScopePiece]:
        """Every unit with every vector."""
        return [(unit, vector) for unit in self.units for vector in self.vectors]


class Space:
    """The declared units and vectors that scopes speak of."""

    def __init__(self, sections: Sections, unit_loops: Iterable[Sequence[str]]) -> None:
        """`unit_loops` are the loops of unit parents: their members contain each other and so are one unit."""
        units = sections["units"]
        self._vectors = sections["vectors"]
        self._paths: dict[str, Sequence[str]] = {unit: entry["path"] for unit, entry in units.items()}
        self._in_force = {unit for unit, entry in units.items() if entry["status"] != "archived"}
        self._same: dict[str, str] = {}
        for loop in unit_loops:
            members = [unit for unit in loop if unit in self._in_force]
            self._same.update(dict.fromkeys(members, members[0] if members else ""))
        self._every_unit: tuple[str, ...] = (ALL,) if self._in_force or not units else ()
        self._regions: dict[tuple[tuple[str, ...] | None, tuple[str, ...] | None], Region] = {}

    def region(self, scope: Mapping[str, Any]) -> Region:
        """What a scope of the corpus stands for."""
        units, vectors = scope.get("units"), scope.get("vectors")
        key = (None if units is None else tuple(units), None if vectors is None else tuple(vectors))
        found = self._regions.get(key)
        if found is None:
            found = self._regions[key] = self._read(*key)
        return found

    def _read(self, units: tuple[str, ...] | None, vectors: tuple[str, ...] | None) -> Region:
        known_units: tuple[str, ...] = self._every_unit
        known_vectors: tuple[str, ...] = (ALL,)
        if units is not None:
            known_units = tuple(sorted({self._same.get(unit, unit) for unit in units if unit in self._in_force}))
        if vectors is not None:
            known_vectors = tuple(sorted({vector for vector in vectors if vector in self._vectors}))
        under: dict[str, list[str]] = {}
        for unit in known_units:
            for step in self._paths.get(unit, ()):
                under.setdefault(step, []).append(unit)
        bad_unit = units is not None and any(unit not in self._in_force for unit in units)
        bad_vector = vectors is not None and any(vector not in self._vectors for vector in vectors)
        return Region(units=known_units, vectors=known_vectors, under=under, bad=bad_unit or bad_vector)

    def meet(self, piece: ScopePiece, region: Region) -> list[ScopePiece]:
        """The pieces that a piece and a region share."""
        unit, vector = piece
        if ALL in region.units:
            units: Sequence[str] = (unit,)
        elif unit == ALL:
            units = region.units
        elif any(step in region.units for step in self._paths[unit]):
            units = (unit,)
        else:
            units = region.under.get(unit, ())
        if vector == ALL:
            vectors: Sequence[str] = region.vectors
        elif vector in region.vectors or ALL in region.vectors:
            vectors = (vector,)
        else:
            vectors = ()
        return [(unit, vector) for unit in units for vector in vectors]

    def covering(self, piece: ScopePiece) -> Iterator[ScopePiece]:
        """Every piece that holds all of this one, itself among them."""
        unit, vector = piece
        for above in (ALL, *self._paths.get(unit, ())):
            yield above, vector
            if vector != ALL:
                yield above, ALL


def rectangles(pieces: Iterable[ScopePiece]) -> list[dict[str, list[str]]]:
    """Few scopes that together hold exactly these pieces, parts that are ALL left out; always the same ones."""
    by_vector: dict[str, list[str]] = {}
    for unit, vector in sorted(pieces):
        by_vector.setdefault(vector, []).append(unit)
    by_units: dict[tuple[str, ...], list[str]] = {}
    for vector, units in by_vector.items():
        by_units.setdefault(tuple(units), []).append(vector)
    return [written(units, tuple(vectors)) for units, vectors in sorted(by_units.items())]


def written(units: Sequence[str], vectors: Sequence[str]) -> dict[str, list[str]]:
    """As the corpus writes a scope."""
    parts = (("units", units), ("vectors", vectors))
    return {key: list(values) for key, values in parts if ALL not in values}
