"""The organisation as a drawing shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """What can be drawn."""

    UNITS = "units"
    ROLES = "roles"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Units in force, living roles and incident lines, by id, as `uts.view.structure` gives them."""

    as_of: str
    units: Mapping[str, Mapping[str, Any]]
    roles: Mapping[str, Mapping[str, Any]]
    lines: Mapping[str, Mapping[str, Any]]
