"""A large matrix as several small ones: each shows the responsibilities of one unit and only the roles they need."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from uts_policy.common.sanitise import visible, width, wrap
from uts_policy.common.tabulation import VACANT
from uts_policy.common.words import tally_words
from uts_policy.model.matrix import (
    ABSENCES,
    ABSENT,
    CODES,
    LETTERS,
    MARKS,
    SMALL,
    Matrix,
    MatrixBlock,
    MatrixColumn,
    MatrixRow,
    tally,
)
from uts_policy.render.common.terminal import Paint, listed
from uts_policy.render.interface import Style

TALLEST = 40
"""Rows of a part: of more, the names of the roles are out of sight."""
NOBODY = "Nobody is accountable"
"""The title of what nobody answers for; it stands first."""
Fits: TypeAlias = Callable[[Sequence[MatrixColumn], Sequence[MatrixRow]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """Rows whose accountable roles sit in one unit, and the roles that occur in them.

    Who is accountable comes first, then who is responsible, and so on. `goes_on`: it is not the first of that unit.
    """

    title: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    goes_on: bool = False


def parts(block: MatrixBlock, fits: Fits) -> Iterator[TextPart]:
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
            yield TextPart(title=title, columns=_needed(rows, columns, order), rows=tuple(rows), goes_on=title in seen)
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


LABEL = 40
"""Columns that a responsibility gets at least where its roles stand side by side; half the width of a narrow screen."""
MOST = 14
"""Roles that stand side by side at most: of more the eye loses the column."""
_MARKS = 3
"""Columns of the marks, and the space after them."""
_ABSENT = {**ABSENT, "vacant": "VACANT"}
"""What stands beside the name of a role in which nobody can act."""
_ARM = 2
"""Columns between the name of a role and its line, and the least of that line."""


def render(matrix: Matrix, style: Style) -> str:
    """Tables where the roles of a unit fit side by side, else lists; the signs, what is wrong, counts."""
    drawing = _TextMatrix(style)
    lines: list[str] = []
    for block in matrix.blocks:
        if matrix.by:
            place = f"{matrix.by} {block.place}: {block.title}" if block.place else f"no {matrix.by}: {block.title}"
            lines += [drawing.paint.file(visible(place)), ""]
        for part in parts(block, drawing.fits):
            lines += drawing.table(part) if drawing.fits(part.columns, part.rows) else drawing.lists(part)
    if not matrix.blocks:
        lines += ["No active responsibility is there to be shown.", ""]
    for told in (drawing.legend(matrix), drawing.trouble(matrix)):
        lines += [*told, ""] if told else []
    lines += [*_unjudged(matrix, style), *wrap(tally_words(tally(matrix)), style.width)]
    asked = ", ".join(f"{name} {visible(value)}" for name, value in matrix.filters.items())
    lines.append(f"As of {matrix.as_of} (UTC){f', {asked}' if asked else ''}.")
    return "".join(f"{line.rstrip()}\n" for line in lines)


class _TextMatrix:
    """Draws in one style."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._least = min(LABEL, style.width // 2)
        self.paint = Paint(style)
        self._across, self._down, self._corner = ("─", "│", "┐") if style.unicode else ("-", "|", ".")

    def fits(self, columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]) -> bool:
        """Whether these roles stand beside these responsibilities: each name left of its column, each word whole."""
        room = self._room(columns, rows)
        wide = _wide(rows)
        words = (word for row in rows for word in visible(_label(row)).split(" "))
        return (
            len(columns) <= MOST
            and room >= self._least
            and all(width(word) <= room - _ARM - 1 for word in words)
            and all(width(_head(column)) + _ARM <= _MARKS + room + index * wide for index, column in enumerate(columns))
        )

    def table(self, part: TextPart) -> Iterator[str]:
        """The roles as steps down to their columns, the responsibilities below them."""
        wide, room = _wide(part.rows), self._room(part.columns, part.rows)
        yield self._title(part)
        for index in range(len(part.columns) - 1, -1, -1):
            name = _head(part.columns[index])
            # NOTE: a cell is set to the left, so that its line comes down on the first letter.
            before = min(width(name), _MARKS + room)
            arm = self._across * (_MARKS + room + index * wide - before - 1)
            after = f"{self._down:<{wide}}" * (len(part.columns) - 1 - index)
            shown = f"{name} {arm}{self._corner:<{wide}}{after}"
            yield self.paint.caret(shown) if part.columns[index].vacant else shown
        for row in part.rows:
            words = _named(row, room - 1)
            letters = "".join(f"{row.cells.get(column.role, self.paint.nothing):<{wide}}" for column in part.columns)
            yield f"{self._marked(row)}{words[0]}{' ' * (room - width(words[0]))}{letters}"
            yield from (f"{' ' * _MARKS}  {line}" for line in words[1:])
        yield ""

    def lists(self, part: TextPart) -> Iterator[str]:
        """Each responsibility, its roles on lines below it."""
        absences = {column.role: column.absence for column in part.columns if column.vacant}
        yield self._title(part)
        for row in part.rows:
            words = _named(row, self._style.width - _MARKS - 2)
            yield f"{self._marked(row)}{words[0]}"
            yield from (f"{' ' * _MARKS}  {line}" for line in words[1:])
            for letter in CODES:
                roles = [
                    _listed(row, role, letter, absences) for role in row.cells if letter in row.cells[role].upper()
                ]
                if roles:
                    wrapped = wrap(visible(", ".join(sorted(roles))), self._style.width - _MARKS - 4)
                    yield f"{' ' * (_MARKS + 2)}{letter} {wrapped[0]}"
                    yield from (f"{' ' * (_MARKS + 4)}{line}" for line in wrapped[1:])
        yield ""

    def _title(self, part: TextPart) -> str:
        return self.paint.file(visible(f"{part.title}{', going on' if part.goes_on else ''}"))

    def trouble(self, matrix: Matrix) -> list[str]:
        """Every mark in words, and the roles in which nobody can act: last, where one looks first."""
        told: dict[tuple[str, str, str], list[str]] = {}
        for block in matrix.blocks:
            for row in block.rows:
                for mark, text in _wrong(row):
                    told.setdefault((mark, row.id, text), []).append(block.place)
        lines: list[str] = []
        for mark, name, text in sorted(told, key=lambda each: "GXD".index(each[0])):
            places = ", ".join(filter(None, told[mark, name, text]))
            lines += self._sign(mark, f"{name}{f' ({matrix.by} {places})' if places else ''}: {text}", self.paint.caret)
        for (role, why), count in _vacant(matrix).items():
            text = f"{role}: {ABSENCES[why]}, and it is accountable for {count} of these."
            lines += self._sign("v", text, self.paint.caret)
        return lines

    def legend(self, matrix: Matrix) -> list[str]:
        """What the signs mean that occur."""
        rows = [row for block in matrix.blocks for row in block.rows]
        used = {letter for row in rows for letters in row.cells.values() for letter in letters}
        marks = {mark for row in rows for mark in row.marks}
        told = [f"{letter}  {words}" for letter, words in CODES.items() if {letter, letter.lower()} & used]
        if any(letter.islower() for letter in used):
            told.append(f"a  {SMALL}")
        told += [f"{mark}  {words}" for mark, words in MARKS.items() if mark in marks]
        return [line for each in told for line in self._sign(each[0], each[3:])]

    def _sign(self, sign: str, text: str, paint: Callable[[str], str] = str) -> Iterator[str]:
        """A sign and what is told of it, indented where it goes on."""
        first, *others = wrap(visible(text), self._style.width - _MARKS - 2)
        yield f"{paint(sign)}  {first}"
        yield from (f"{' ' * _MARKS}  {line}" for line in others)

    def _room(self, columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]) -> int:
        """Columns for a responsibility: as much as there is, or as the longest needs with the names of the roles."""
        wide = _wide(rows)
        most = self._style.width - _MARKS - len(columns) * wide + 1
        longest = max((width(visible(_label(row))) + 1 for row in rows), default=0)
        names = max((width(_head(each)) + _ARM - index * wide for index, each in enumerate(columns)), default=0)
        return min(most, max(longest, names - _MARKS, self._least))

    def _marked(self, row: MatrixRow) -> str:
        return self.paint.caret(f"{row.marks:<{_MARKS}}") if row.marks else " " * _MARKS


def _wide(rows: Sequence[MatrixRow]) -> int:
    """Columns of one role: its letters and what keeps them apart."""
    return max((len(letters) for row in rows for letters in row.cells.values()), default=1) + 1 + 1


def _head(column: MatrixColumn) -> str:
    return visible(column.role) + (f" ({_ABSENT[column.absence]})" if column.vacant else "")


def _label(row: MatrixRow) -> str:
    weight = "" if row.criticality == "normal" else f" [{row.criticality}]"
    return f"{row.id}: {row.statement}{weight}"


def _named(row: MatrixRow, room: int) -> list[str]:
    first, *others = wrap(visible(_label(row)), room)
    return [first, *(wrap(" ".join(others), room - 2) if others else ())]


def _listed(row: MatrixRow, role: str, letter: str, absences: Mapping[str, str]) -> str:
    part = " (a part)" if letter not in row.cells[role] else ""
    return f"{role}{part}{f' ({_ABSENT[absences[role]]})' if letter == 'A' and role in absences else ''}"


def _wrong(row: MatrixRow) -> Iterator[tuple[str, str]]:
    if row.gap:
        where = f" in {'; '.join(row.missing)}" if row.missing else ""
        yield "G", f"NOBODY is accountable{where}."
    if row.unsound:
        words = [f'"{word}"' for word in row.unsound]
        yield "X", f"{listed(words)} {'is' if len(words) == 1 else 'are'} no living role."
    if row.double:
        both = len(row.doubled) == 2  # noqa: PLR2004 - both
        who = f"{listed([*row.doubled])} are" if both else f"more than one of {listed([*row.doubled])} is"
        yield "D", f"{who} accountable for the same part."


def _vacant(matrix: Matrix) -> dict[tuple[str, str], int]:
    """The roles in which nobody can act and why, and for how many responsibilities each is accountable."""
    held: dict[tuple[str, str], set[str]] = {}
    for block in matrix.blocks:
        for column in (column for column in block.columns if column.vacant):
            duties = {row.id for row in block.rows if "A" in row.cells.get(column.role, "").upper()}
            held.setdefault((column.role, column.absence), set()).update(duties)
    return {role: len(duties) for role, duties in sorted(held.items()) if duties}


def _unjudged(matrix: Matrix, style: Style) -> Iterator[str]:
    rules = [rule for rule in matrix.unjudged if rule != VACANT]
    if rules:
        yield from wrap(f"Not evaluated, so not marked: {', '.join(rules)}.", style.width)
    if VACANT in matrix.unjudged:
        yield from wrap("No vacancy is marked: nobody declared who holds which role.", style.width)
