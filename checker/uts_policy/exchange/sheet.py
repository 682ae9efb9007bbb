"""A grid as tables are looked for in it: what is hidden left out, merged areas filled, turned if need be."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from uts_policy.exchange.text import clean
from uts_policy.model.grid import ForeignFile, Grid, Spot, column_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """Texts by row and column. `anchors`: of a cell of a merged area, the one that holds its text.

    `turned`: rows and columns have changed places; `spot` gives the place in the grid.
    """

    grid: Grid
    texts: Mapping[Spot, str]
    anchors: Mapping[Spot, Spot]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    turned: bool = False
    by_row: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, that of its merged area included; empty if it has none."""
        return self.texts.get((row, column), "")

    def row(self, row: int) -> Mapping[int, str]:
        """The cells of a row that have text, by column, from the left."""
        return self.by_row.get(row, {})

    def anchor(self, spot: Spot) -> Spot:
        """The cell that holds the text of this one."""
        return self.anchors.get(spot, spot)

    def spot(self, spot: Spot) -> Spot:
        """The place in the grid."""
        return (spot[1], spot[0]) if self.turned else spot

    def address(self, spot: Spot) -> str:
        """`Sheet!C4`, whichever way it is turned."""
        return self.grid.address(self.spot(spot))


def sheet_of(grid: Grid, *, hidden: bool = False, without: Iterable[Spot] = ()) -> SheetView:
    """The grid without the cells of `without`, and without hidden rows and columns unless `hidden` says so."""
    left_out = frozenset(without)
    texts = {}
    for spot in sorted(grid.cells):
        shown = hidden or (spot[0] not in grid.hidden_rows and spot[1] not in grid.hidden_columns)
        text = clean(grid.cells[spot])
        if shown and text and spot not in left_out:
            texts[spot] = text
    rows = sorted({row for row, _ in texts})
    columns = sorted({column for _, column in texts})
    anchors = {}
    for area in grid.merged:
        anchor = (area.top, area.left)
        if anchor not in texts:
            continue
        # NOTE: an area may cover a whole sheet: only rows and columns in which there is other text are filled.
        for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]:
            for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
                if (row, column) != anchor and (row, column) not in texts:
                    texts[row, column] = texts[anchor]
                    anchors[row, column] = anchor
    return _sheet(grid, texts, anchors, turned=False)


def turned(sheet: SheetView) -> SheetView:
    """The sheet with its rows as columns."""
    texts = {(column, row): text for (row, column), text in sheet.texts.items()}
    anchors = {(c, r): (column, row) for (r, c), (row, column) in sheet.anchors.items()}
    return _sheet(sheet.grid, texts, anchors, turned=not sheet.turned)


def _sheet(grid: Grid, texts: Mapping[Spot, str], anchors: Mapping[Spot, Spot], *, turned: bool) -> SheetView:
    by_row: dict[int, dict[int, str]] = {}
    for row, column in sorted(texts):
        by_row.setdefault(row, {})[column] = texts[row, column]
    return SheetView(
        grid=grid,
        texts=texts,
        anchors=anchors,
        rows=tuple(by_row),
        columns=tuple(sorted({column for _, column in texts})),
        turned=turned,
        by_row=by_row,
    )


def hidden_parts(file: ForeignFile) -> Iterator[str]:
    """A sentence for each sheet with something that is hidden and therefore not read."""
    for grid in file.grids:
        if grid.hidden:
            yield f'"{file.file}": the hidden sheet "{grid.name}" is not read (`hidden: true` in the map reads it).'
            continue
        rows = sorted({row for row, _ in grid.cells} & grid.hidden_rows)
        columns = sorted({column for _, column in grid.cells} & grid.hidden_columns)
        names = [*(f"row {row}" for row in rows), *(f"column {column_letters(column)}" for column in columns)]
        if names:
            cut = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")  # noqa: PLR2004 - a list longer than three is cut
            yield f"{grid.name}: {cut} hidden and not read (`hidden: true` in the map reads it)."
