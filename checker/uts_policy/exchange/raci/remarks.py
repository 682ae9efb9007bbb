"""What a person is told of a reading: what was guessed and why, what is odd, and what became of each cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from uts_policy.exchange.raci.gather import Gathered
from uts_policy.exchange.raci.layout import MatrixLayout, Use
from uts_policy.exchange.raci.legend import Legend
from uts_policy.exchange.raci.notes import Footnotes
from uts_policy.exchange.raci.wording import DACI, LETTERS, ROLE_WORDS
from uts_policy.exchange.sheet import SheetView
from uts_policy.exchange.text import folded, words
from uts_policy.model.grid import CellArea, ForeignFile, Grid, Spot, column_letters
from uts_policy.model.raci import CodeGuess, ColumnGuess, MatrixMap, TableGuess, UsedCell

USES: Final = {
    "duty": Use.STATEMENT,
    "heading": Use.GROUP,
    "number": Use.NUMBER,
    "description": Use.DESCRIPTION,
    "role": Use.ROLE,
    "not read": Use.OTHER,
}
"""What a map calls the uses of columns."""


NAMES: Final = {use: name for name, use in USES.items()}


_MOSTLY: Final = 0.5


_NAME_PARTS: Final = (2, 3)


def note_legend(legend: Legend, found: Gathered) -> None:
    """Says so if the legend is that of DACI."""
    if any(DACI & set(words(entry.text)[:2]) for entry in legend.entries):
        found.note("The legend has words of DACI: its Driver is taken for R, its Approver for A.")


def note_people(found: Gathered) -> None:
    """Names roles that look like people."""
    names = [role for role in found.roles.values() if _is_name(role.title) and folded(role.title) not in found.posts]
    if names:
        first = ", ".join(f'"{role.title}" ({role.where})' for role in names[:3])
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - a list longer than three is cut
        found.note(
            f"{first}{more} may be people: duties belong to posts. Give the post's title in the map, under `roles`."
        )


def _is_name(title: str) -> bool:
    parts = title.split()
    return (
        len(parts) in _NAME_PARTS
        and all(part[:1].isupper() and part[1:].islower() and part.isalpha() for part in parts)
        and not ROLE_WORDS & set(words(title))
    )


def partial_view(found: Gathered, chosen: MatrixMap) -> tuple[bool, str]:
    """Whether the file shows only a part of who has a role, and why that is assumed."""
    if chosen.partial is not None:
        return chosen.partial, "the map says so"
    counts = [sum("A" in codes for codes in duty.codes.values()) for duty in found.duties]
    none, several = counts.count(0), sum(count > 1 for count in counts)
    if len(found.roles) == 1:
        if none and not chosen.elsewhere:
            found.note(
                f"{none} of {len(counts)} duties {'has' if none == 1 else 'have'} no A. If somebody outside this file "
                "is accountable there, say so in the map: "
                "`elsewhere: {id: owner-elsewhere, title: Owner outside this file}`."
            )
        return True, "it has one role only"
    if none + (0 if chosen.shared else several) > len(counts) * _MOSTLY:
        found.note(
            f"Of {len(counts)} duties {none} have no A and {several} have several. "
            "If A does not mean accountable here, say so in the map: `codes: {a: S}`. "
            "If several are meant to answer together: `shared: {reason: …, approved_by: ROLE}`. "
            "If the file shows only a part of the roles: `partial: true`."
        )
    return False, "it has several roles"


def code_guesses(legend: Legend, chosen: MatrixMap, found: Gathered) -> Iterator[CodeGuess]:
    """What each word of the cells was taken for, and why."""
    explained = {folded(entry.key): entry for entry in legend.entries}
    for key, guess in found.words.items():
        entry = explained.get(key)
        if key in chosen.codes:
            yield replace(guess, codes=chosen.codes[key], reason="the map says so")
        elif entry is not None:
            said = f'{entry.where} says "{entry.key}: {entry.text[:60]}"'
            reason = said if guess.codes is not None else f"{said}, which is none of R, A, S, C, I by its words"
            yield replace(guess, reason=reason)
        elif guess.codes is None:
            yield guess
        else:
            is_usual = len(key) == 1 and key.upper() in LETTERS
            yield replace(guess, reason="the usual letter" if is_usual else "the usual meaning")


def table_guess(layout: MatrixLayout) -> TableGuess:
    """How a table was taken."""
    sheet = layout.sheet
    rows = [*layout.header, *(row.number for row in layout.rows)]
    columns = [column.number for column in layout.columns]
    first, last = sheet.spot((min(rows), min(columns))), sheet.spot((max(rows), max(columns)))
    return TableGuess(
        at=layout.at,
        area=sheet.grid.range(CellArea(first[0], first[1], last[0], last[1])),
        duties=sum(row.is_duty for row in layout.rows),
        roles_in="rows" if sheet.turned else "columns",
        columns=tuple(
            ColumnGuess(
                letter=column_name(sheet, column.number),
                title=column.title,
                use=NAMES[column.use],
                reason=column.reason,
            )
            for column in layout.columns
        ),
    )


def column_name(sheet: SheetView, column: int) -> str:
    """What a map calls a column: its letter, or, of a sheet that is turned, the number of the row."""
    return str(column) if sheet.turned else column_letters(column)


def ledger(
    files: Sequence[ForeignFile],
    legend: Legend,
    notes: Mapping[str, Footnotes],
    found: Gathered,
    chosen: MatrixMap,
) -> Iterator[UsedCell]:
    """Every cell that has text, with what became of it: the sum adds up because none is left out."""
    for file in files:
        for grid in file.grids:
            for spot in sorted(grid.cells):
                use, is_read = found.uses.get((file.file, grid.name, spot)) or _other_use(
                    grid, spot, legend, notes[file.file], hidden=chosen.hidden
                )
                yield UsedCell(where=grid.address(spot), text=grid.cells[spot], use=use, is_read=is_read)


def _other_use(grid: Grid, spot: Spot, legend: Legend, notes: Footnotes, *, hidden: bool) -> tuple[str, bool]:
    if spot in legend.cells.get(grid.name, ()):
        return "legend", True
    if spot in notes.cells.get(grid.name, ()):
        return "note", True
    is_hidden = grid.hidden or spot[0] in grid.hidden_rows or spot[1] in grid.hidden_columns
    if is_hidden and not hidden:
        return "hidden", False
    return "outside of every matrix", False
