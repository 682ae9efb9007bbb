"""Footnotes: their texts, wherever they stand, and the marks that lead to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from uts_policy.exchange.raci.codes import mark_key
from uts_policy.exchange.text import clean
from uts_policy.model.grid import ForeignFile, Grid, Spot

_NOTE: Final = re.compile(
    r"^(?P<mark>\(\d{1,2}\)|\[\d{1,2}\]|\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*{1,3}|[†‡§])\s*[:.-]?\s*(?P<text>[^\s\d*].{2,})$",
    re.DOTALL,
)
_MARK: Final = re.compile(r"\[\^[^\]]+\]|\(\d{1,2}\)|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*{1,3}|[†‡§]")
_LOOSE: Final = re.compile(r"\s*(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[†‡§])$")
_SPACE_BEFORE: Final = re.compile(r"\s+(?=[.,)]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnotes:
    """The notes of a file. `texts`: by mark, each text with the number of its block; `cells`: where they stand."""

    texts: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    cells: Mapping[str, frozenset[Spot]] = field(default_factory=dict)

    def text(self, mark: str, block: int) -> str:
        """The note that a mark in this block leads to: the first from there on, else the last before; or empty."""
        found = self.texts.get(mark, ())
        later = [text for number, text in found if number >= block]
        return later[0] if later else found[-1][1] if found else ""

    def split(self, text: str, block: int) -> tuple[str, tuple[str, ...], bool]:
        """The text without marks that lead to a note, those notes, and whether a mark at its end leads to none."""
        notes: list[str] = []

        def take(found: "re.Match[str]") -> str:
            note = self.text(mark_key(found.group()), block)
            if not note:
                return found.group()
            notes.append(note)
            return " "

        plain = _SPACE_BEFORE.sub("", " ".join(_MARK.sub(take, text).split()))
        bare = _LOOSE.sub("", plain)
        return bare, tuple(notes), bare != plain


def find_footnotes(file: ForeignFile) -> Footnotes:
    """The notes of a file: paragraphs and single cells that begin with a mark."""
    texts: dict[str, list[tuple[int, str]]] = {}
    cells: dict[str, frozenset[Spot]] = {}
    for number, block in enumerate(file.blocks):
        if isinstance(block, Grid):
            found = {spot: note for spot in _single(block) if (note := _NOTE.match(clean(block.cells[spot])))}
            cells[block.name] = frozenset(found)
            for note in found.values():
                texts.setdefault(mark_key(note["mark"]), []).append((number, note["text"]))
        elif block.mark:
            texts.setdefault(mark_key(block.mark), []).append((number, clean(block.text)))
        elif note := _NOTE.match(clean(block.text)):
            texts.setdefault(mark_key(note["mark"]), []).append((number, note["text"]))
    return Footnotes(texts=texts, cells=cells)


def _single(grid: Grid) -> list[Spot]:
    """The cells that stand alone in their row, or hold a long text."""
    by_row: dict[int, list[Spot]] = {}
    for spot in sorted(grid.cells):
        by_row.setdefault(spot[0], []).append(spot)
    return [spots[0] for spots in by_row.values() if len(spots) == 1]
