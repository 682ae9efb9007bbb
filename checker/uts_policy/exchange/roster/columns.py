"""Where a staff list begins on a sheet, and what each of its columns is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from uts_policy.exchange.roster.wording import HEADS, RosterUse
from uts_policy.exchange.sheet import SheetView
from uts_policy.exchange.text import words
from uts_policy.model.errors import UsageError
from uts_policy.model.grid import CellArea, column_letters
from uts_policy.model.raci import ColumnGuess
from uts_policy.model.roster import RosterMap, RosterTable

_MOST_ROWS_ABOVE: Final = 30
"""Rows with text among which the header is looked for."""
_LONGEST_HEAD: Final = 60
_WHO: Final = frozenset({RosterUse.PERSON, RosterUse.SURNAME, RosterUse.NUMBER, RosterUse.POST, RosterUse.MANAGER})
"""A header names posts, and one of these."""
_NAMED: Final = {use.value: use for use in RosterUse}
_PRECEDENCE: Final = tuple(HEADS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterColumn:
    """A column: its number, its head, what it is for and why."""

    number: int
    head: str
    use: RosterUse
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLayout:
    """A list on a sheet. `header`: the row that names the columns."""

    sheet: SheetView
    header: int
    columns: tuple[RosterColumn, ...]

    @property
    def at(self) -> str:
        """The address of its first cell: what a map calls it."""
        return self.sheet.address((self.header, min(column.number for column in self.columns)))

    @property
    def body(self) -> tuple[int, ...]:
        """The rows below the header."""
        return tuple(row for row in self.sheet.rows if row > self.header)

    def of(self, use: RosterUse) -> tuple[RosterColumn, ...]:
        """The columns for one use, from the left."""
        return tuple(column for column in self.columns if column.use is use)

    def text(self, row: int, use: RosterUse) -> str:
        """The text of a row in the column for a use; empty if there is no such column."""
        found = self.of(use)
        return self.sheet.text(row, found[0].number) if found else ""

    def where(self, row: int, use: RosterUse) -> str:
        """The address of that cell."""
        return self.sheet.address((row, self.of(use)[0].number))

    def guess(self) -> RosterTable:
        """How it was taken, for a person."""
        numbers = [column.number for column in self.columns]
        area = CellArea(self.header, min(numbers), max(self.body, default=self.header), max(numbers))
        return RosterTable(
            at=self.at,
            area=self.sheet.grid.range(area),
            rows=len(self.body),
            columns=tuple(
                ColumnGuess(letter=column_letters(each.number), title=each.head, use=each.use.value, reason=each.reason)
                for each in self.columns
            ),
        )


def find_list(sheet: SheetView, chosen: RosterMap) -> RosterLayout | None:
    """The list on a sheet; None if no row of it heads posts and who holds them.

    Raises UsageError if the map names a column that the list does not have.
    """
    name = sheet.grid.name
    said = {at: columns for at, columns in chosen.columns.items() if at.rpartition("!")[0] == name}
    forced = [int("".join(filter(str.isdigit, at.rpartition("!")[2])) or 0) for at in said]
    for row in forced or sheet.rows[:_MOST_ROWS_ABOVE]:
        columns = _columns(sheet, row)
        uses = {column.use for column in columns}
        if forced or (RosterUse.TITLE in uses and uses & _WHO):
            return _corrected(RosterLayout(sheet=sheet, header=row, columns=columns), next(iter(said.values()), {}))
    return None


def _columns(sheet: SheetView, row: int) -> tuple[RosterColumn, ...]:
    """What the texts of a row say of the columns below them: the best head for a use has it, levels of units aside."""
    found: dict[int, tuple[RosterUse, int, str]] = {}
    below = {column for other in sheet.rows if other > row for column in sheet.row(other)}
    for column in sorted({*sheet.row(row), *below}):
        head = sheet.text(row, column)
        use, measure, phrase = use_of(head) if len(head) <= _LONGEST_HEAD else (RosterUse.OTHER, 0, "")
        found[column] = (use, measure, phrase)
    columns = []
    for column, (use, measure, phrase) in found.items():
        head = sheet.text(row, column)
        best = max(
            (each for each in found if found[each][0] is use), key=lambda each: (found[each][1], -each), default=column
        )
        if not measure:
            columns.append(RosterColumn(number=column, head=head, use=RosterUse.OTHER, reason="no head that is known"))
        elif use in {RosterUse.UNIT, RosterUse.PERSONAL, RosterUse.OTHER} or column == best:
            reason = f'headed "{phrase}"' if use is not RosterUse.PERSONAL else "personal, and never written"
            columns.append(RosterColumn(number=column, head=head, use=use, reason=reason))
        else:
            other = column_letters(best)
            reason = f"column {other} is taken for the {use.value}"
            columns.append(RosterColumn(number=column, head=head, use=RosterUse.OTHER, reason=reason))
    return tuple(columns)


def use_of(head: str) -> tuple[RosterUse, int, str]:
    """What a column with such a head is for, by the longest phrase in it; what is personal goes first."""
    found = words(head)
    best: tuple[RosterUse, int, str] = (RosterUse.OTHER, 0, "")
    for use in _PRECEDENCE:
        for phrase in HEADS[use]:
            if _holds(found, phrase):
                if use is RosterUse.PERSONAL:
                    return use, len(phrase), " ".join(phrase)
                measure = 2 * len(phrase) + (len(found) == len(phrase))
                if measure > best[1]:
                    best = (use, measure, " ".join(phrase))
    return best


def _holds(found: list[str], phrase: tuple[str, ...]) -> bool:
    width = len(phrase)
    return any(tuple(found[start : start + width]) == phrase for start in range(len(found) - width + 1))


def _corrected(layout: RosterLayout, said: Mapping[str, str]) -> RosterLayout:
    letters = {column_letters(column.number): column for column in layout.columns}
    for letter in said:
        if letter.upper() not in letters:
            raise UsageError(
                f'the map names column "{letter}", which the list at {layout.at} does not have',
                f"Its columns are {', '.join(letters)}.",
            )
    given = {letter.upper(): _NAMED[use] for letter, use in said.items()}
    columns = []
    for letter, column in letters.items():
        use, reason = given.get(letter, column.use), column.reason
        if letter in given:
            reason = "the map says so"
        elif use in given.values() and use not in {RosterUse.UNIT, RosterUse.PERSONAL, RosterUse.OTHER}:
            use, reason = RosterUse.OTHER, "the map names another column"
        columns.append(RosterColumn(number=column.number, head=column.head, use=use, reason=reason))
    return RosterLayout(sheet=layout.sheet, header=layout.header, columns=tuple(columns))
