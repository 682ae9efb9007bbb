"""What was read from a responsibility matrix, before it becomes entries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRole:
    """A role as the file names it. `band`: the heading over it; `where`: its address."""

    title: str
    where: str
    band: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixDuty:
    """A row. `codes`: by the title of a role, its letters in the order of ARSCI. `key`: the number in the file.

    `limits`: by title, the letters among them that hold for a part of the organisation or for a time, each with the
    fields of an assignment that say so.
    """

    statement: str
    where: str
    codes: Mapping[str, str]
    file: str
    table: str
    group: str = ""
    description: str = ""
    key: str = ""
    is_partial: bool = False
    limits: Mapping[str, tuple[tuple[str, Mapping[str, Any]], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedCell:
    """What became of a cell of the file that has text: `use` says as what it was read, or why it was not."""

    where: str
    text: str
    use: str
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """How a column was taken, and why."""

    letter: str
    title: str
    use: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableGuess:
    """A matrix that was found: where, how its columns were taken, and whether roles are in its rows."""

    at: str
    area: str
    duties: int
    roles_in: str
    columns: tuple[ColumnGuess, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGuess:
    """What a letter or word of the cells was taken for, and why; `codes` is None if nothing says."""

    word: str
    codes: str | None
    reason: str
    count: int
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixReading:
    """Everything that was read. `notes` are sentences for a person; `questions` stop the import."""

    roles: tuple[MatrixRole, ...]
    duties: tuple[MatrixDuty, ...]
    cells: tuple[UsedCell, ...]
    tables: tuple[TableGuess, ...]
    codes: tuple[CodeGuess, ...]
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    partial: bool = False
    partial_reason: str = ""

    @property
    def letters(self) -> Mapping[str, int]:
        """How many of each letter were read."""
        return Counter(code for duty in self.duties for codes in duty.codes.values() for code in codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    """What a map says of a role. `skip`: it is none."""

    id: str = ""
    title: str = ""
    unit: str = ""
    skip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """What a map says of a matrix. `columns`: by letter, the use of a column in the words of a map."""

    read: bool = True
    roles_in: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixMap:
    """A person's word on what the file leaves open. `codes` by folded word; `roles` by folded title.

    `shared` is the `joint_accountability` of duties with several A's, `elsewhere` the id and title of an external role
    that is accountable for those of a partial view without an A; empty: nothing is said.
    """

    unit_id: str = ""
    unit_name: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    partial: bool | None = None
    hidden: bool = False
    roles: Mapping[str, RoleChoice] = field(default_factory=dict)
    tables: Mapping[str, TableChoice] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDuty:
    """A row to write. `cells`: by role id, letters such as `A/R`, with the marks of notes behind them."""

    id: str
    statement: str
    group: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedMatrix:
    """A matrix to write: `roles` are titles by id, each once; `notes` are texts by their number.

    `unit`: id and name of the unit that new roles belong to.
    """

    roles: Mapping[str, str]
    duties: tuple[ExportedDuty, ...]
    notes: tuple[str, ...]
    as_of: str
    unit: tuple[str, str] | None = None
