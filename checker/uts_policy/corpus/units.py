"""How units lie within each other."""

from collections.abc import Mapping
from typing import Any

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
