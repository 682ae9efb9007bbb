"""Scopes as sets of (unit, vector) pairs, and assignments: in force, standing, effective, answered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.oracle.in_force import InForce

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tests.oracle.corpus import Entry

Pairs = frozenset[tuple[str | None, str | None]]


class Scoped(InForce):
    """One corpus on one day: who is assigned to what, and where."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.answered = cache(self._answered)

    # --- scopes

    def path(self, unit: str) -> list[str]:
        """From the root to the unit; the walk up stops before a unit repeats and at an unknown parent."""
        walked = [unit]
        while True:
            parent = self.units[walked[-1]].get("parent")
            if parent is None or parent not in self.units or parent in walked:
                return walked[::-1]
            walked.append(parent)

    def reaches_root(self, unit: str) -> bool:
        """The unit at the top of its path has no parent: none that is unknown, and none in a loop."""
        return "parent" not in self.units[self.path(unit)[0]]

    def unit_part(self, scope: Entry) -> set[str | None]:
        if "units" not in scope:
            return {unit for unit in self.units if not self.archived(unit)} if self.units else {None}
        named = {unit for unit in scope["units"] if unit in self.units and not self.archived(unit)}
        return {unit for unit in self.units if not self.archived(unit) and named & set(self.path(unit))}

    def vector_part(self, scope: Entry) -> set[str | None]:
        if "vectors" not in scope:
            return set(self.vectors) if self.vectors else {None}
        return {vector for vector in scope["vectors"] if vector in self.vectors}

    def pairs(self, scope: Entry | None) -> Pairs:
        """The set of (unit, vector) pairs that a scope means."""
        scope = scope or {}
        return frozenset((unit, vector) for unit in self.unit_part(scope) for vector in self.vector_part(scope))

    def bad(self, scope: Entry | None) -> bool:
        """Whether a scope names an unknown or archived id."""
        scope = scope or {}
        return any(unit not in self.units or self.archived(unit) for unit in scope.get("units", [])) or any(
            vector not in self.vectors for vector in scope.get("vectors", [])
        )

    def everything(self) -> Pairs:
        return self.pairs({})

    # --- assignments

    def in_force(self, assignment: str) -> bool:
        entry = self.assignments[assignment]
        return self.term(entry) and self.active(entry["responsibility"])

    def standing(self, assignment: str) -> bool:
        return self.in_force(assignment) and self.living(self.assignments[assignment]["role"])

    def of_duty(self, duty: str, codes: Collection[str]) -> list[str]:
        return [
            assignment
            for assignment, entry in self.assignments.items()
            if entry["responsibility"] == duty and entry["code"] in codes
        ]

    def current(self, duty: str, codes: Collection[str]) -> list[str]:
        return [assignment for assignment in self.of_duty(duty, codes) if self.in_force(assignment)]

    def standing_of(self, duty: str, codes: Collection[str]) -> list[str]:
        return [assignment for assignment in self.of_duty(duty, codes) if self.standing(assignment)]

    def role_of(self, assignment: str) -> str:
        role: str = self.assignments[assignment]["role"]
        return role

    def effective(self, assignment: str) -> Pairs:
        """Its scope inside its responsibility's."""
        entry = self.assignments[assignment]
        duty_scope = self.pairs(self.duties[entry["responsibility"]].get("scope"))
        return self.pairs(entry["scope"]) & duty_scope if "scope" in entry else duty_scope

    def _answered(self, assignment: str) -> Pairs:
        """What is left of its effective scope where overriding assignments within it have replaced it."""
        entry = self.assignments[assignment]
        whole = self.effective(assignment)
        left = set(whole)
        for other in self.current(entry["responsibility"], entry["code"]):
            if self.assignments[other].get("overrides") and self.effective(other) < whole:
                left -= self.effective(other)
        return frozenset(left)

    def accountable_roles(self) -> set[str]:
        return {
            entry["role"]
            for assignment, entry in self.assignments.items()
            if entry["code"] == "A" and self.standing(assignment)
        }

    def duties_in_force(self) -> Iterator[tuple[str, Entry]]:
        for duty, entry in self.duties.items():
            if self.active(duty):
                yield duty, entry
