"""A list of demands in a workbook or another table: a column with the place, and one with the text."""

from collections.abc import Iterator, Mapping
from typing import Final

from uts_policy.exchange.text import clean, word_set, words
from uts_policy.model.grid import ForeignFile, Grid
from uts_policy.model.obligations import Demand

_REFS: Final = word_set(
    """ref reference id no nr number control clause section article paragraph para chapter requirement-id identifier
    kapitel abschnitt ziffer artikel paragraf article numero clausula seccion capitolo clausola artykul"""
)
_TEXTS: Final = word_set(
    """text requirement requirements obligation obligations statement demand shall description wording provision
    anforderung anforderungen pflicht vorgabe exigence exigences obligation texte requisito requisitos texto
    obligacion requisiti testo wymaganie"""
)


def read_lists(file: ForeignFile) -> tuple[list[Demand], list[tuple[str, str, str]], int]:
    """The demands of every table with such a header, what was left out, and how many rows were looked at."""
    demands: list[Demand] = []
    left: list[tuple[str, str, str]] = []
    count = 0
    for grid in file.grids:
        rows = _rows(grid)
        head = next(((row, found) for row, cells in rows.items() if (found := _columns(cells))), None)
        if head is None or grid.hidden:
            continue
        first, (ref, text) = head
        for row, cells in rows.items():
            if row <= first:
                continue
            count += 1
            where = grid.address((row, text))
            if row in grid.hidden_rows:
                left.append((where, cells.get(text, ""), "hidden"))
            elif cells.get(text):
                demands.append(Demand(ref=cells.get(ref, ""), text=cells[text], where=where, key=cells.get(ref, "")))
            else:
                left.append((where, " ".join(cells.values()), "it has no text"))
    return demands, left, count


def _rows(grid: Grid) -> Mapping[int, Mapping[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for row, column in sorted(grid.cells):
        if text := clean(grid.cells[row, column]):
            rows.setdefault(row, {})[column] = text
    return rows


def _columns(cells: Mapping[int, str]) -> tuple[int, int] | None:
    """The columns of the place and of the text, if a row heads them."""
    refs = list(_headed(cells, _REFS))
    texts = [column for column in _headed(cells, _TEXTS) if column not in refs[:1]]
    return (refs[0], texts[0]) if refs and texts else None


def _headed(cells: Mapping[int, str], heads: frozenset[str]) -> Iterator[int]:
    return (column for column, text in cells.items() if len(text.split()) <= _SHORT and heads & set(words(text)))


_SHORT: Final = 4
