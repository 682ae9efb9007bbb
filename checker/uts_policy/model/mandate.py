"""What the holder of a role signs: duties, powers, deputies, dates, and what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSheet:
    """One role. `mandate` is what `uts.view.mandate` says of it, `findings` those that count and concern the role."""

    role: str
    mandate: Mapping[str, Any]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandates:
    """The sheets, in the order of the declarations. `open_only`: reminders of what is open, and no more."""

    as_of: str
    organisation: str
    sheets: tuple[MandateSheet, ...]
    open_only: bool
