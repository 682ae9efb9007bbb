"""A large matrix as several small ones that fit on a screen and on paper: each shows only the roles that it needs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from uts_policy.common.words import tally_words
from uts_policy.model.matrix import ABSENT, CODES, MARKS, SMALL, Matrix, MatrixBlock, MatrixColumn, MatrixRow, tally
from uts_policy.render.common.terminal import listed
from uts_policy.render.html.environment import rendered
from uts_policy.render.interface import Style

WIDEST = 14
"""Roles of a part: what fits beside a responsibility on a sheet of A4."""
NOBODY = "Nobody is accountable"
"""The group of what nobody answers for, which stands first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """Rows whose accountable roles sit in one unit, and the roles that occur in them; `goes_on`: of the part above."""

    title: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    goes_on: bool = False

    @property
    def listed(self) -> bool:
        """Whether its one row has more roles than there is room for: then it is no table."""
        return len(self.columns) > WIDEST


def parts(block: MatrixBlock, names: Mapping[str, str], most: int) -> tuple[PagePart, ...]:
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


def _cut(title: str, rows: Iterable[MatrixRow], columns: Mapping[str, MatrixColumn]) -> Iterator[PagePart]:
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
) -> PagePart:
    return PagePart(title=title, columns=tuple(columns[role] for role in roles), rows=tuple(rows), goes_on=goes_on)


MOST = 1000
"""Responsibilities that are drawn; of more, those with a mark before any other."""
KINDS = {"G": "gap", "D": "double", "X": "unsound"}
"""How a mark looks: what its class is called in the style."""
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One block of a matrix in its parts, and how many rows were left out."""

    block: MatrixBlock
    parts: tuple[PagePart, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSheet:
    """A matrix as a page shows it. The legend has only what occurs. `vacant`: why nobody can act in some roles.

    `unjudged`: rules that would mark something.
    """

    by: str
    drawn: tuple[Drawn, ...]
    codes: Mapping[str, str]
    marks: Mapping[str, str]
    small: str
    vacant: str
    tally: str
    unjudged: str


def render(matrix: Matrix, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """A page like the report's. The same matrix gives the same bytes."""
    asked = ", ".join(f"{name} {value}" for name, value in matrix.filters.items())
    return rendered("matrix.html", {"matrix": matrix, "asked": asked, "sheet": sheet(matrix), "kinds": KINDS})


def sheet(matrix: Matrix, names: Mapping[str, str] = _NONE) -> MatrixSheet:
    """What is drawn of a matrix. `names`: of units, by id; where there is none the id stands."""
    every = [row for block in matrix.blocks for row in block.rows]
    letters = {letter for row in every for cell in row.cells.values() for letter in cell}
    marks = {mark for row in every for mark in row.marks}
    absences = {column.absence for block in matrix.blocks for column in block.columns}
    return MatrixSheet(
        by=matrix.by,
        drawn=tuple(
            Drawn(block=block, parts=parts(block, names, MOST), left_out=max(0, len(block.rows) - MOST))
            for block in matrix.blocks
        ),
        codes={letter: words for letter, words in CODES.items() if {letter, letter.lower()} & letters},
        marks={mark: words for mark, words in MARKS.items() if mark in marks},
        small=SMALL if any(letter.islower() for letter in letters) else "",
        vacant=", ".join(words for why, words in ABSENT.items() if why in absences),
        tally=tally_words(tally(matrix)),
        unjudged=listed(list(matrix.unjudged)),
    )
