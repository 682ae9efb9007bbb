"""One row a target, and the table of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TIMES = "\N{MULTIPLICATION SIGN}"

HEAD = ("what", "measured", "against", "ratio", "target", "met")


@dataclass(frozen=True)
class Row:
    """`met` is None where there is no target."""

    what: str
    measured: str
    against: str
    ratio: str
    target: str
    met: bool | None

    def cells(self) -> tuple[str, ...]:
        met = "" if self.met is None else "yes" if self.met else "**no**"
        return (self.what, self.measured, self.against, self.ratio, self.target, met)


def line(cells: Iterable[str]) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |\n"


def head() -> str:
    """What stands above the rows."""
    return line(HEAD) + line(["---"] * len(HEAD))


def seconds(value: float) -> str:
    """Three digits that matter."""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def at_most(limit: float, value: float, *, unit: str = TIMES) -> tuple[str, str, bool]:
    """Ratio, target, and whether it is met."""
    return f"{value:.2f} {unit}".strip(), f"≤ {limit:g} {unit}".strip(), value <= limit
