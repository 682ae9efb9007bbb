"""A large matrix as several small ones that fit on a screen and on paper: each shows only the roles that it needs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uts_policy.model.matrix import MatrixBlock, MatrixColumn, MatrixRow

WIDEST = 14
"""Roles of a part: what fits beside a responsibility on a sheet of A4."""
NOBODY = "Nobody is accountable"
"""The group of what nobody answers for, which stands first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows whose accountable roles sit in one unit, and the roles that occur in them; `goes_on`: of the part above."""

    title: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    goes_on: bool = False

    @property
    def listed(self) -> bool:
        """Whether its one row has more roles than there is room for: then it is no table."""
        return len(self.columns) > WIDEST


def parts(block: MatrixBlock, names: Mapping[str, str], most: int) -> tuple[Part, ...]:
    """At most `most` rows of a block, those with a mark before any other. `names` are those of units, by id.

    Rows with the same unit stand together, units in the order of their names, what nobody answers for before all.
    """
    columns = {column.role: column for column in block.columns}
    kept = {row.id for row in sorted(block.rows, key=lambda row: not row.marks)[:most]}
    groups: dict[str, list[MatrixRow]] = {}
    for row in (row for row in block.rows if row.id in kept):
        groups.setdefault(_unit(row, columns, names), []).append(row)
    ordered = sorted(groups, key=lambda title: (title != NOBODY, title))
    return tuple(part for title in ordered for part in _cut(title, groups[title], columns))


def _unit(row: MatrixRow, columns: Mapping[str, MatrixColumn], names: Mapping[str, str]) -> str:
    """The unit of the first role that is accountable for the whole, else for a part."""
    for letter in "Aa":
        for role, letters in row.cells.items():
            if letter in letters:
                unit = columns[role].unit
                return names.get(unit, unit)
    return NOBODY


def _cut(title: str, rows: Iterable[MatrixRow], columns: Mapping[str, MatrixColumn]) -> Iterator[Part]:
    """Parts of one unit, each with as many rows as its roles allow."""
    held: list[MatrixRow] = []
    seen: dict[str, None] = {}
    goes_on = False
    for row in rows:
        together = dict.fromkeys((*seen, *row.cells))
        if held and len(together) > WIDEST:
            yield _part(title, held, seen, columns, goes_on=goes_on)
            goes_on = True
            held, together = [], dict.fromkeys(row.cells)
        held.append(row)
        seen = together
    if held:
        yield _part(title, held, seen, columns, goes_on=goes_on)


def _part(
    title: str, rows: Sequence[MatrixRow], roles: Iterable[str], columns: Mapping[str, MatrixColumn], *, goes_on: bool
) -> Part:
    return Part(title=title, columns=tuple(columns[role] for role in roles), rows=tuple(rows), goes_on=goes_on)
