"""The cells of a duty: which roles have which letters, and what was not understood."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from uts_policy.exchange.raci.codes import CellCodes, Vocabulary, read_cell
from uts_policy.exchange.raci.gather import FoundTable, Gathered, add_role
from uts_policy.exchange.raci.layout import Column, MatrixKind
from uts_policy.exchange.raci.limits import limited_letters
from uts_policy.exchange.text import clean, folded
from uts_policy.model.grid import Spot
from uts_policy.model.raci import CodeGuess, MatrixRole


class ReadLetters(NamedTuple):
    """The letters of a role in a cell. `note`: what its marks explain; `limits`: letters that hold for a part only."""

    title: str
    letters: str
    note: str = ""
    limits: tuple[tuple[str, Mapping[str, Any]], ...] = ()


def read_letters(
    table: FoundTable, row: int, column: Column, roles: Mapping[int, str], found: Gathered
) -> Iterator[ReadLetters]:
    """The roles of a cell, each with its letters."""
    layout = table.layout
    spot = (row, column.number)
    text = layout.sheet.text(*spot)
    if not text:
        return
    if layout.kind is MatrixKind.NAMES:
        yield from _named(table, spot, column, found)
        return
    said = layout.codes[spot] if spot in layout.codes else read_cell(text, found.vocabulary)
    if column.number not in roles:
        found.use(table, spot, f'"{column.title}" is not a role, as the map says', is_read=False)
        return
    if layout.kind is MatrixKind.TICKS and said.is_tick:
        found.use(table, spot, "letter")
        yield ReadLetters(roles[column.number], column.letter)
        return
    if said.unknown:
        _ask(table, spot, said, found)
        return
    found.use(table, spot, "mark for none" if said.is_none or not said.codes else "letter")
    if said.codes:
        _count(table, spot, said, found)
        if not said.marks:
            yield ReadLetters(roles[column.number], said.codes)
            return
        limits, used = limited_letters(text, found.vocabulary, lambda mark: table.notes.text(mark, table.block))
        others = replace(said, marks=tuple(mark for mark in said.marks if mark not in used))
        title = roles[column.number]
        yield ReadLetters(title, said.codes, _note(table, spot, others, title, found), limits)


def _named(table: FoundTable, spot: Spot, column: Column, found: Gathered) -> Iterator[ReadLetters]:
    """The roles that a cell below a letter names."""
    found.use(table, spot, "role")
    raw = table.layout.sheet.grid.cells[table.layout.sheet.spot(table.layout.sheet.anchor(spot))]
    for part in raw.replace(";", "\n").replace(",", "\n").split("\n"):
        title = clean(part).strip(" -•")
        if title and read_cell(title, Vocabulary()).is_none is False:
            add_role(found, MatrixRole(title=title, where=table.layout.sheet.address(spot)))
            yield ReadLetters(found.roles[folded(title)].title, column.letter)


def _note(table: FoundTable, spot: Spot, said: CellCodes, role: str, found: Gathered) -> str:
    texts = []
    for mark in said.marks:
        text = table.notes.text(mark, table.block)
        if text:
            texts.append(f"{role} ({'/'.join(said.codes)}): {text}")
        else:
            found.note(f"{table.layout.sheet.address(spot)}: the letter has the mark of a note, and no text has it.")
    return "\n".join(texts)


def _count(table: FoundTable, spot: Spot, said: CellCodes, found: Gathered) -> None:
    """Counts what the words and letters of the cells mean."""
    for part, codes in said.parts:
        key = folded(part)
        new = CodeGuess(word=part, codes=codes, reason="", count=0, where=table.layout.sheet.address(spot))
        known = found.words.get(key, new)
        found.words[key] = replace(known, count=known.count + 1)


def _ask(table: FoundTable, spot: Spot, said: CellCodes, found: Gathered) -> None:
    where = table.layout.sheet.address(spot)
    found.use(table, spot, "not defined", is_read=False)
    for part in said.unknown:
        key = folded(part)
        known = found.words.get(key)
        if known is None or known.codes is not None:
            found.words[key] = CodeGuess(word=part, codes=None, reason="nothing defines it", count=1, where=where)
        else:
            found.words[key] = replace(known, count=known.count + 1)
