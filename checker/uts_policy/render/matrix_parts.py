"""A large matrix as several small ones: each shows the responsibilities of one unit and only the roles they need."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from uts_policy.model.matrix import LETTERS, MatrixBlock, MatrixColumn, MatrixRow

TALLEST = 40
"""Rows of a part: of more, the names of the roles are out of sight."""
NOBODY = "Nobody is accountable"
"""The title of what nobody answers for; it stands first."""
Fits: TypeAlias = Callable[[Sequence[MatrixColumn], Sequence[MatrixRow]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows whose accountable roles sit in one unit, and the roles that occur in them.

    Who is accountable comes first, then who is responsible, and so on. `goes_on`: it is not the first of that unit.
    """

    title: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    goes_on: bool = False


def parts(block: MatrixBlock, fits: Fits) -> Iterator[Part]:
    """The rows of a block, those of one unit together, cut where their roles no longer fit side by side.

    A row that does not fit by itself is a part by itself, and the rows beside it that do not fit either are with it.
    """
    columns = {column.role: column for column in block.columns}
    order = {column.role: index for index, column in enumerate(block.columns)}
    groups: dict[str, list[MatrixRow]] = {}
    for row in block.rows:
        groups.setdefault(_unit(row, columns), []).append(row)
    seen: set[str] = set()
    units = {column.unit: index for index, column in reversed(list(enumerate(block.columns)))}
    for title in sorted(groups, key=lambda each: units.get(each, -1)):
        for rows in _cut(groups[title], lambda held: fits(_needed(held, columns, order), held)):
            yield Part(title=title, columns=_needed(rows, columns, order), rows=tuple(rows), goes_on=title in seen)
            seen.add(title)


def _unit(row: MatrixRow, columns: Mapping[str, MatrixColumn]) -> str:
    """The unit of the first role that is accountable for the whole, else for a part."""
    for letter in "Aa":
        found = [role for role in columns if letter in row.cells.get(role, "")]
        if found:
            return columns[found[0]].unit
    return NOBODY


def _needed(
    rows: Sequence[MatrixRow], columns: Mapping[str, MatrixColumn], order: Mapping[str, int]
) -> tuple[MatrixColumn, ...]:
    best: dict[str, int] = {}
    for row in rows:
        for role, letters in row.cells.items():
            best[role] = min(best.get(role, len(LETTERS)), *(LETTERS.index(letter) for letter in letters.upper()))
    return tuple(columns[role] for role in sorted(best, key=lambda role: (best[role], order[role])))


def _cut(rows: Sequence[MatrixRow], fits: Callable[[Sequence[MatrixRow]], bool]) -> Iterator[Sequence[MatrixRow]]:
    held: list[MatrixRow] = []
    for row in rows:
        alone = fits([row])
        if held and len(held) < TALLEST and (fits([*held, row]) if alone else not fits([held[-1]])):
            held.append(row)
            continue
        if held:
            yield held
        held = [row]
    if held:
        yield held
