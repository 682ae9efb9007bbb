"""How many entries a rule was asked about, and what became of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The entries that a rule is about. `not_assessed` is the reason, and then the four counts are 0."""

    rule: str
    entries: int
    passed: int
    failed: int
    waived: int
    not_assessed: str | None
