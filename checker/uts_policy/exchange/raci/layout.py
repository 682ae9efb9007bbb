"""What a matrix is made of, once it is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from uts_policy.exchange.raci.codes import CellCodes
from uts_policy.exchange.sheet import SheetView
from uts_policy.model.grid import Spot


class Use(Enum):
    """What a column is for."""

    ROLE = "a role"
    STATEMENT = "the duty"
    GROUP = "the heading"
    NUMBER = "a number"
    DESCRIPTION = "the description"
    OTHER = "not read"


class MatrixKind(Enum):
    """How a matrix says who does what."""

    LETTERS = "letters in the cells"
    NAMES = "roles in the cells, below letters"
    TICKS = "ticks below letters, below roles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a matrix. `reason`: why it is taken for that. `letter`: the code over it, in kinds that have one."""

    number: int
    use: Use
    title: str
    reason: str
    letter: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A duty's row, or, without `is_duty`, a heading."""

    number: int
    is_duty: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixLayout:
    """One matrix. Rows and columns are those of `sheet`. `reasons`: why it is read in this way, as sentences."""

    sheet: SheetView
    kind: MatrixKind
    header: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    reasons: tuple[str, ...] = ()
    codes: Mapping[Spot, CellCodes] = field(default_factory=dict)

    def of(self, use: Use) -> tuple[Column, ...]:
        """The columns for one use, from the left."""
        return tuple(column for column in self.columns if column.use is use)

    @property
    def at(self) -> str:
        """The address of its first cell: what a map calls it."""
        return self.sheet.address((self.header[0], self.columns[0].number))
