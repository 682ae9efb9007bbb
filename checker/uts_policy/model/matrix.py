"""The responsibility matrix: responsibilities by roles, with the letters R, A, S, C and I."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

LETTERS = "ARSCI"
"""The order in which the letters of one cell stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    """A role. `absence`: why nobody can act in it where it is accountable, a key of ABSENCES; empty if somebody can."""

    role: str
    title: str
    unit: str
    absence: str = ""

    @property
    def vacant(self) -> bool:
        """Nobody can act in it."""
        return bool(self.absence)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A responsibility. `cells` has, by role, its letters in the order of LETTERS; a small letter is for a part only.

    `units` and `vectors` are its scope as it was written; empty: all there are. `gap`: nobody is accountable for it, or
    for the places that `missing` names, in words: `x`, `x except y`, `x for v`; a unit stands for all below it, and for
    all vectors where none is named. `doubled` are the roles that are accountable for the same part, where the rules say
    that one should be. `unsound` are the words that stand in the place of an accountable role and name none that lives;
    `unsound_only`: somewhere nothing else does.
    """

    id: str
    statement: str
    criticality: str
    cells: Mapping[str, str]
    units: tuple[str, ...] = ()
    vectors: tuple[str, ...] = ()
    gap: bool = False
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    unsound: tuple[str, ...] = ()
    unsound_only: bool = False

    @property
    def double(self) -> bool:
        """More than one role is accountable where one should be."""
        return bool(self.doubled)

    @property
    def marks(self) -> str:
        """G for a gap, D for more than one, X for a word that is no living role; empty where all is well."""
        return ("G" if self.gap else "") + ("D" if self.double else "") + ("X" if self.unsound else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixBlock:
    """Rows with the roles that occur in them: the whole, or what holds in one unit or for one vector (`place`)."""

    place: str = ""
    title: str = ""
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One answer. `by` is `unit`, `vector` or empty, `filters` what was asked for, in words, by name.

    `unjudged` are the rules that would have marked something and were not evaluated: their marks are missing, which
    says nothing about whether all is well. `unstated` are accountable roles of which it is not stated who holds them.
    """

    as_of: str
    blocks: tuple[MatrixBlock, ...]
    by: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    unstated: frozenset[str] = frozenset()
    unjudged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixTally:
    """How many there are of what, each responsibility counted once.

    `lacking`: without an accountable role for all or a part; `unsound`: with a word that is no living role; `absent`:
    by the reason, a key of ABSENCES, with an accountable role in which nobody can act; `unstated`: with one of which it
    is not stated who holds it.
    """

    responsibilities: int
    roles: int
    lacking: int
    doubles: int
    unsound: int
    absent: Mapping[str, int]
    unstated: int


def tally(matrix: Matrix) -> MatrixTally:
    """What is in a matrix, and what is wrong in it."""
    rows = [
        (row, {column.role: column.absence for column in block.columns if column.vacant})
        for block in matrix.blocks
        for row in block.rows
    ]
    return MatrixTally(
        responsibilities=len({row.id for row, _ in rows}),
        roles=len({column.role for block in matrix.blocks for column in block.columns}),
        lacking=len({row.id for row, _ in rows if row.gap or row.unsound_only}),
        doubles=len({row.id for row, _ in rows if row.double}),
        unsound=len({row.id for row, _ in rows if row.unsound}),
        absent={
            why: len(
                {row.id for row, absences in rows if _answers(row, [one for one in absences if absences[one] == why])}
            )
            for why in ABSENCES
        },
        unstated=len({row.id for row, _ in rows if _answers(row, matrix.unstated)}),
    )


def _answers(row: MatrixRow, roles: Collection[str]) -> bool:
    """Whether one of the roles is accountable for it, for all or a part."""
    return any("A" in row.cells.get(role, "").upper() for role in roles)


ABSENCES = {
    "vacant": "nobody holds it",
    "vacancy": "it is deliberately vacant",
    "invalid": "it has no valid holder",
}
"""Why nobody can act in a role, as `uts.view.post` has it, in words."""
ABSENT = {"vacant": "vacant", "vacancy": "deliberately vacant", "invalid": "no valid holder"}
"""The same in a word or two, for beside a role's name."""
MARKS = {
    "G": "gap: nobody is accountable, for all of it or for a part",
    "D": "double: more than one role is accountable for the same part",
    "X": "what stands in the accountable role's place is no living role",
}
"""What the marks mean."""
CODE_NAMES = {"A": "accountable", "R": "responsible", "S": "supporting", "C": "consulted", "I": "informed"}
"""What a role with the letter is called."""
CODES = {
    "A": "accountable: answers for it",
    "R": "responsible: does the work",
    "S": "support: helps",
    "C": "consulted before",
    "I": "informed after",
}
"""What the letters mean."""
SMALL = "a small letter: for a part of the responsibility's scope only"
"""What a small letter means."""
_WEIGHT = {"critical": 0, "high": 1, "normal": 2, "low": 3}
_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})


def block_of(  # noqa: PLR0913 - what a block is made of
    roles: Mapping[str, Mapping[str, Any]],
    rows: Sequence[MatrixRow],
    absences: Mapping[str, str],
    *,
    place: str = "",
    title: str = "",
    paths: Mapping[str, Sequence[str]] = _NONE,
) -> MatrixBlock:
    """Rows, the weightiest first, with a column for each role that occurs in them, in the order of the units' tree.

    `roles` are those of the corpus, `paths` its units from the root to themselves, by id.
    """
    columns = [
        MatrixColumn(role=role, title=roles[role]["title"], unit=roles[role]["unit"], absence=absences.get(role, ""))
        for role in {role for row in rows for role in row.cells}
    ]
    return MatrixBlock(
        place=place,
        title=title,
        columns=tuple(sorted(columns, key=lambda each: (paths.get(each.unit, [each.unit]), each.role))),
        rows=tuple(sorted(rows, key=lambda row: (_WEIGHT.get(row.criticality, len(_WEIGHT)), row.id))),
    )
