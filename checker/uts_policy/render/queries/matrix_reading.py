"""What an import read, for a person: each matrix, how it was taken, and the sum that adds up."""

from collections import Counter
from collections.abc import Iterator

from uts_policy.common.sanitise import visible, width
from uts_policy.common.words import number
from uts_policy.model.matrix import LETTERS
from uts_policy.model.raci import MatrixReading

_LONGEST = 44
_MOST_LISTED = 10


def as_table(reading: MatrixReading) -> str:
    """The whole reading: a line for each duty, with the letters of each role by its number."""
    return "".join(f"{visible(line)}\n" for line in (*_table(reading), "", *_summary(reading)))


def as_summary(reading: MatrixReading) -> str:
    """How many there are of what, what each column was taken for, and the sum."""
    return "".join(f"{visible(line)}\n" for line in _summary(reading))


def _table(reading: MatrixReading) -> Iterator[str]:
    titles = [role.title for role in reading.roles]
    for place, title in enumerate(titles, 1):
        yield f"{place:>4}  {title}"
    yield ""
    rows = [
        (duty.where, _cut(duty.statement), *("/".join(duty.codes.get(title, "")) for title in titles))
        for duty in reading.duties
    ]
    head = ("", "", *map(str, range(1, len(titles) + 1)))
    widths = [max(width(row[place]) for row in (head, *rows)) for place in range(len(head))]
    for row in (head, *rows):
        cells = (text + " " * (wide - width(text)) for text, wide in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _summary(reading: MatrixReading) -> Iterator[str]:
    for table in reading.tables:
        columns = ", ".join(f"{column.letter} {column.use}" for column in table.columns if column.use != "role")
        yield f"{table.area}: {_duties(table.duties)}; roles in {table.roles_in}; {columns}"
    letters = reading.letters
    listed = ", ".join(f"{letters[code]} {code}" for code in LETTERS if letters[code])
    counts = f"{number(len(reading.roles), 'role')}, {number(sum(letters.values()), 'letter')}"
    yield f"{_duties(len(reading.duties))}, {counts} ({listed})"
    read = Counter(cell.use for cell in reading.cells if cell.is_read)
    rejects = [cell for cell in reading.cells if not cell.is_read]
    parts = " + ".join(
        _counted(count, use) for use, count in sorted(read.items(), key=lambda each: (-each[1], each[0]))
    )
    yield f"{number(len(reading.cells), 'cell')} with text = {parts} + {len(rejects)} not read"
    by_use: dict[str, list[str]] = {}
    for cell in rejects:
        by_use.setdefault(cell.use, []).append(cell.where)
    for use, places in by_use.items():
        shown = ", ".join(places[:_MOST_LISTED])
        more = f" and {len(places) - _MOST_LISTED} more" if len(places) > _MOST_LISTED else ""
        yield f"  {use}: {shown}{more}"
    yield from reading.notes


def _counted(count: int, use: str) -> str:
    """`1 duty`, `2 duties`, `3 marks for none`."""
    noun, _, rest = use.partition(" ")
    several = "duties" if noun == "duty" else f"{noun}s"
    return f"{count} {noun if count == 1 else several}{' ' if rest else ''}{rest}"


def _duties(count: int) -> str:
    return "1 duty" if count == 1 else f"{count} duties"
