"""What a foreign file holds, whatever its format: grids of cells, and the text around them, in document order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Spot: TypeAlias = tuple[int, int]
"""Row and column, from 1."""


class CellArea(NamedTuple):
    """A rectangle of cells, its edges included, from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: Spot) -> bool:
        """Whether a cell lies in it."""
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet of a workbook, or a table of a document.

    `cells` has the text of each cell that has any; a merged area has its text in its first cell. `formats` has the
    number formats that are not "General". `name` is the sheet's name or `table 2`.
    """

    name: str
    cells: Mapping[Spot, str]
    formats: Mapping[Spot, str] = field(default_factory=dict)
    merged: tuple[CellArea, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    in_document: bool = False
    """Whether it stands in the running text of a document; its name is then only a number."""

    def address(self, spot: Spot) -> str:
        """`Sheet!C4`."""
        return f"{self.name}!{column_letters(spot[1])}{spot[0]}"

    def range(self, area: CellArea) -> str:
        """`Sheet!A1:H9`."""
        first, last = column_letters(area.left), column_letters(area.right)
        return f"{self.name}!{first}{area.top}:{last}{area.bottom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Text between grids. `level` is a heading's, from 1, and 0 for any other text; `mark` is a footnote's."""

    text: str
    level: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignFile:
    """A file that was read. `notes` are what its reader decided and a person should know, as sentences."""

    file: str
    sha256: str
    blocks: tuple[Grid | Paragraph, ...]
    notes: tuple[str, ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The grids, in document order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))


def column_letters(column: int) -> str:
    """`A` for 1, `AB` for 28."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
