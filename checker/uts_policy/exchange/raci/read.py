"""Files of grids into duties, roles and letters: nothing dropped, nothing guessed in silence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from uts_policy.exchange.raci.cells import read_letters
from uts_policy.exchange.raci.codes import Vocabulary
from uts_policy.exchange.raci.find import find_matrices
from uts_policy.exchange.raci.gather import FoundTable, Gathered, add_role
from uts_policy.exchange.raci.layout import Column, MatrixKind, MatrixLayout, Use
from uts_policy.exchange.raci.legend import Legend, find_legend
from uts_policy.exchange.raci.notes import Footnotes, find_footnotes
from uts_policy.exchange.raci.remarks import (
    USES,
    code_guesses,
    column_name,
    ledger,
    note_legend,
    note_people,
    partial_view,
    table_guess,
)
from uts_policy.exchange.raci.wording import ROLE_HEADS
from uts_policy.exchange.sheet import hidden_parts, sheet_of
from uts_policy.exchange.text import clean, folded, words
from uts_policy.model.errors import UsageError
from uts_policy.model.grid import ForeignFile, Paragraph
from uts_policy.model.raci import (
    MatrixDuty,
    MatrixMap,
    MatrixReading,
    MatrixRole,
    RoleChoice,
    TableChoice,
)


def read_matrices(files: Sequence[ForeignFile], chosen: MatrixMap) -> MatrixReading:
    """Everything that the files state. Raises UsageError, with the next step, if they hold no matrix."""
    legend = find_legend(files)
    vocabulary = legend.vocabulary(chosen.codes)
    notes = {file.file: find_footnotes(file) for file in files}
    tables = [table for file in files for table in _tables(file, legend, vocabulary, notes[file.file], chosen)]
    if not tables:
        names = ", ".join(f'"{file.file}"' for file in files)
        raise UsageError(
            f"no responsibility matrix in {names}: no table has columns or rows of letters such as R, A, C and I",
            "Name a file with a table of duties and roles, one letter or word in each cell.",
        )
    found = Gathered(vocabulary=vocabulary)
    for file in files:
        found.notes += [f'"{file.file}": {note}' for note in file.notes]
        for note in () if chosen.hidden else hidden_parts(file):
            found.note(note)
    unread = [table for table in tables if not chosen.tables.get(table.layout.at, TableChoice()).read]
    tables = [table for table in tables if table not in unread]
    for table in tables:
        _read(table, chosen, _group_parts(table, tables), found)
    if legend.is_rapid and not chosen.codes:
        found.questions.append(
            "the legend has the words of RAPID, which has no accountable role: say in the map, under `codes`, "
            "which of its letters answers for a duty (A), and what the others are"
        )
    note_legend(legend, found)
    partial, reason = partial_view(found, chosen)
    note_people(found)
    return MatrixReading(
        roles=tuple(found.roles.values()),
        duties=tuple(replace(duty, is_partial=partial) for duty in found.duties),
        cells=tuple(ledger(files, legend, notes, found, chosen)),
        tables=tuple(table_guess(table.layout) for table in tables),
        codes=tuple(code_guesses(legend, chosen, found)),
        notes=tuple(found.notes),
        questions=tuple(found.questions),
        partial=partial,
        partial_reason=reason,
    )


def _tables(
    file: ForeignFile, legend: Legend, vocabulary: Vocabulary, notes: Footnotes, chosen: MatrixMap
) -> Iterator[FoundTable]:
    headings: list[tuple[int, str]] = []
    for number, block in enumerate(file.blocks):
        if isinstance(block, Paragraph):
            if block.level:
                headings = [each for each in headings if each[0] < block.level]
                headings.append((block.level, clean(block.text)))
            continue
        if block.hidden and not chosen.hidden:
            continue
        without = legend.cells.get(block.name, frozenset()) | notes.cells.get(block.name, frozenset())
        sheet = sheet_of(block, hidden=chosen.hidden, without=without)
        said = [each.roles_in for at, each in chosen.tables.items() if at.rpartition("!")[0] == block.name]
        for layout in find_matrices(sheet, vocabulary, next((each for each in said if each), "")):
            yield FoundTable(
                layout=_corrected(layout, chosen.tables.get(layout.at)), file=file, block=number,
                headings=tuple(text for _, text in headings), notes=notes,
            )  # fmt: skip


def _corrected(layout: MatrixLayout, choice: TableChoice | None) -> MatrixLayout:
    """The layout with the columns as the map has them. Raises UsageError if no column is left for the duty."""
    if choice is None or not choice.columns:
        return layout
    uses = {name.upper(): use for name, use in choice.columns.items()}
    columns = tuple(
        replace(column, use=USES[uses[column_name(layout.sheet, column.number)]], reason="the map says so")
        if column_name(layout.sheet, column.number) in uses
        else column
        for column in layout.columns
    )
    statements = [column for column in columns if column.use is Use.STATEMENT]
    if len(statements) != 1:
        raise UsageError(
            f"the map leaves {len(statements)} columns for the duty in {layout.at}",
            "Say `duty` for one column, and another use for the others.",
        )
    return replace(layout, columns=columns)


def _group_parts(table: FoundTable, tables: Sequence[FoundTable]) -> tuple[str, ...]:
    """The headings that tell this matrix from the others: those that all share say nothing."""
    if not table.layout.sheet.grid.in_document:
        same_file = [each for each in tables if each.file is table.file]
        sheets = {each.layout.sheet.grid.name for each in same_file}
        return (table.layout.sheet.grid.name,) if len(sheets) > 1 else ()
    first = table.headings
    shared = 0
    others = [each.headings for each in tables if each.file is table.file]
    while len(others) > 1 and len(first) > shared and all(each[: shared + 1] == first[: shared + 1] for each in others):
        shared += 1
    return first[shared:] if len(others) > 1 else ()


def _read(table: FoundTable, chosen: MatrixMap, parts: tuple[str, ...], found: Gathered) -> None:
    layout = table.layout
    for number in layout.header:
        for spot in layout.sheet.row(number):
            found.use(table, (number, spot), "header")
    roles = _roles(table, chosen, found)
    heading = ""
    once: dict[int, str] = {}
    for row in layout.rows:
        if not row.is_duty:
            heading, once = row.text, {}
            for spot in layout.sheet.row(row.number):
                found.use(table, (row.number, spot), "heading")
            continue
        once = _headings(table, row.number, once, found)
        group = " / ".join(dict.fromkeys([*parts, *([heading] if heading else ()), *once.values()]))
        _duty(table, row.number, roles, group, found)


def _headings(table: FoundTable, row: int, before: dict[int, str], found: Gathered) -> dict[int, str]:
    """The headings by column that hold for a row: those written beside it, else those above it."""
    now = before
    for column in table.layout.of(Use.GROUP):
        text = table.layout.sheet.text(row, column.number)
        if text:
            now = {number: each for number, each in now.items() if number < column.number}
            now[column.number] = text
            found.use(table, (row, column.number), "heading")
    return now


def _roles(table: FoundTable, chosen: MatrixMap, found: Gathered) -> Mapping[int, str]:
    """The title of the role of each column; columns that the map skips are left out."""
    layout = table.layout
    if layout.kind is MatrixKind.NAMES:
        return {}
    columns = layout.of(Use.ROLE)
    titles = {column.number: _title(table, column, columns, found) for column in columns}
    several = Counter(folded(title) for title, _ in titles.values())
    roles = {}
    for column in columns:
        title, notes = titles[column.number]
        if layout.kind is MatrixKind.LETTERS and several[folded(title)] > 1 and column.band:
            title = f"{title} ({column.band})"
        choice = chosen.roles.get(folded(title), RoleChoice())
        if choice.skip:
            continue
        title = choice.title or title
        where = layout.sheet.address((layout.header[-1], column.number))
        add_role(found, MatrixRole(title=title, where=where, band=column.band, description=" ".join(notes)))
        roles[column.number] = title
    return roles


def _title(
    table: FoundTable, column: Column, columns: Sequence[Column], found: Gathered
) -> tuple[str, tuple[str, ...]]:
    """The title of a role and its notes: without its mark, and without a word for *role* that all share."""
    text = column.band if table.layout.kind is MatrixKind.TICKS else column.title
    title, notes, is_loose = table.notes.split(text, table.block)
    where = table.layout.sheet.address((table.layout.header[-1], column.number))
    if is_loose:
        found.note(f'{where}: "{text}" has the mark of a note, and no text has that mark.')
    heads = [words(each.title)[:1] for each in columns]
    if len(columns) > 1 and all(head and head[0] in ROLE_HEADS for head in heads) and len(title.split()) > 1:
        title = title.split(maxsplit=1)[1]
        found.posts.add(folded(title))
        return title, notes
    if len(columns) == 1 and set(words(title)) <= ROLE_HEADS:
        return _title_of_sheet(table, where, title, found), notes
    if not title:
        found.questions.append(f"{where}: letters stand below a cell without a name; write the role's title there")
    return title, notes


def _title_of_sheet(table: FoundTable, where: str, title: str, found: Gathered) -> str:
    """The role of a matrix that has one column: the name of the sheet, without the words for a matrix."""
    grid = table.layout.sheet.grid
    name = "" if grid.in_document else " ".join(each for each in grid.name.split() if not set(words(each)) & ROLE_HEADS)
    if not name or folded(name) in {"table", "sheet1", "tabelle1", "feuil1"}:
        found.questions.append(
            f'{where}: "{title}" names no role; say in the map whose letters these are, '
            f"as roles: {{{title}: {{title: …}}}}"
        )
        return title
    found.note(f'{where}: "{title}" names no role; "{name}" is taken from the name of the sheet.')
    return name


def _duty(table: FoundTable, row: int, roles: Mapping[int, str], group: str, found: Gathered) -> None:
    layout = table.layout
    [statement] = layout.of(Use.STATEMENT)
    spot = (row, statement.number)
    text, notes, is_loose = table.notes.split(layout.sheet.text(*spot), table.block)
    if is_loose:
        found.note(f"{layout.sheet.address(spot)}: the duty has the mark of a note, and no text has that mark.")
    found.use(table, spot, "duty")
    descriptions = _texts(table, row, Use.DESCRIPTION, "description", found)
    key = _texts(table, row, Use.NUMBER, "number", found)[:1]
    codes: dict[str, str] = {}
    limits: dict[str, tuple[tuple[str, Mapping[str, Any]], ...]] = {}
    for column in layout.of(Use.ROLE):
        for each in read_letters(table, row, column, roles, found):
            codes[each.title] = _joined(codes.get(each.title, ""), each.letters)
            descriptions += [each.note] if each.note else []
            if each.limits:
                limits[each.title] = each.limits
    for column in layout.of(Use.OTHER):
        if layout.sheet.text(row, column.number):
            use = f'column "{column.title}": neither role nor duty'
            found.use(table, (row, column.number), use, is_read=False)
    found.duties.append(
        MatrixDuty(
            statement=text, where=layout.sheet.address(spot), codes=codes, file=table.file.file,
            table=layout.sheet.grid.name, group=group, key=key[0] if key else "",
            description="\n".join(dict.fromkeys([*descriptions, *notes])), limits=limits,
        )
    )  # fmt: skip


def _texts(table: FoundTable, row: int, use: Use, name: str, found: Gathered) -> list[str]:
    """The texts of a row in the columns of one use."""
    texts = []
    for column in table.layout.of(use):
        if text := table.layout.sheet.text(row, column.number):
            texts.append(text)
            found.use(table, (row, column.number), name)
    return texts


def _joined(one: str, other: str) -> str:
    return "".join(code for code in "ARSCI" if code in one + other)
