"""Declarations in the making, and the list of mutations that bring rules to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tests.generate.fields import makers, random_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.generate.pools import Context
    from tests.generate.repair import Declarations


class Org:
    """Declarations in the making, with a way to reach an entry that may not be there yet."""

    def __init__(self, declarations: Declarations, context: Context) -> None:
        self.declarations = declarations
        self.c = context

    def add(self, section: str, **entry: Any) -> dict[str, Any]:
        """Puts an entry in front, so that it wins where ids clash."""
        self.declarations.setdefault(section, []).insert(0, entry)
        return entry

    def any(self, section: str) -> dict[str, Any]:
        """A random entry of a section; a random new one where it has none."""
        entries = self.declarations.get(section)
        if entries:
            return self.c.pick(entries)
        return self.add(section, **random_entry(self.c, section))

    def get(self, section: str, entry_id: str) -> dict[str, Any]:
        """The entry of that id; a random new one where there is none."""
        for entry in self.declarations.get(section, ()):
            if entry.get("id") == entry_id:
                return entry
        return self.add(section, **(random_entry(self.c, section, 0.2) | {"id": entry_id}))

    def role(self) -> dict[str, Any]:
        return self.any("roles")

    def duty(self) -> dict[str, Any]:
        return self.any("responsibilities")

    def scope(self) -> dict[str, Any]:
        """A scope of what is declared; now and then any."""
        declared = {part: [one["id"] for one in self.declarations.get(part, ())] for part in ("units", "vectors")}
        parts = [part for part in declared if declared[part]]
        if not parts or self.c.chance(0.1):
            return makers("delegations")["scope"](self.c)
        return {part: self.c.some(declared[part], 2) for part in self.c.some(parts, 2)}

    def accountable(self) -> dict[str, Any]:
        """A role that some short form makes accountable."""
        for duty in self.c.rng.sample(
            self.declarations.get("responsibilities", []), len(self.declarations.get("responsibilities", []))
        ):
            named = duty.get("accountable")
            for role in [named] if isinstance(named, str) else named or ():
                for entry in self.declarations.get("roles", ()):
                    if entry["id"] == role:
                        return entry
        return self.role()


def drop(entry: dict[str, Any], *fields: str) -> None:
    for name in fields:
        entry.pop(name, None)


Mutation: TypeAlias = "Callable[[Org], None]"
"""A change of the declarations in place."""


def put(section: str, entry_field: str) -> Mutation:
    """A mutation that gives one field of a section a random value."""

    def change(o: Org) -> None:
        o.any(section)[entry_field] = makers(section)[entry_field](o.c)

    change.__name__ = f"put_{section}_{entry_field}"
    return change
