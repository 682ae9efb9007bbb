"""The responsibility matrix: a section of the report's page, and a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from uts_policy.common.words import tally_words
from uts_policy.model.matrix import CODES, MARKS, SMALL, Matrix, MatrixBlock, tally
from uts_policy.render.common.terminal import listed
from uts_policy.render.html.environment import rendered
from uts_policy.render.matrix.html import Part, parts

MOST = 1000
"""Responsibilities that are drawn; of more, those with a mark before any other."""
KINDS = {"G": "gap", "D": "double", "X": "unsound"}
"""How a mark looks: what its class is called in the style."""
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One block of a matrix in its parts, and how many rows were left out."""

    block: MatrixBlock
    parts: tuple[Part, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A matrix as a page shows it. The legend has only what occurs. `unjudged`: rules that would mark something."""

    by: str
    drawn: tuple[Drawn, ...]
    codes: Mapping[str, str]
    marks: Mapping[str, str]
    small: str
    vacant: bool
    tally: str
    unjudged: str


def as_html(matrix: Matrix) -> str:
    """A page like the report's. The same matrix gives the same bytes."""
    asked = ", ".join(f"{name} {value}" for name, value in matrix.filters.items())
    return rendered("matrix.html", {"matrix": matrix, "asked": asked, "sheet": sheet(matrix), "kinds": KINDS})


def sheet(matrix: Matrix, names: Mapping[str, str] = _NONE) -> Sheet:
    """What is drawn of a matrix. `names`: of units, by id; where there is none the id stands."""
    every = [row for block in matrix.blocks for row in block.rows]
    letters = {letter for row in every for cell in row.cells.values() for letter in cell}
    marks = {mark for row in every for mark in row.marks}
    return Sheet(
        by=matrix.by,
        drawn=tuple(
            Drawn(block=block, parts=parts(block, names, MOST), left_out=max(0, len(block.rows) - MOST))
            for block in matrix.blocks
        ),
        codes={letter: words for letter, words in CODES.items() if {letter, letter.lower()} & letters},
        marks={mark: words for mark, words in MARKS.items() if mark in marks},
        small=SMALL if any(letter.islower() for letter in letters) else "",
        vacant=any(column.vacant for block in matrix.blocks for column in block.columns),
        tally=tally_words(tally(matrix)),
        unjudged=listed(list(matrix.unjudged)),
    )
