"""Workbooks (XLSX). The one module that knows `xlsxwriter`.

The same sheets give the same bytes, and no cell of ours becomes a formula, a link or a number.
"""

import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

LONGEST = 32_767
"""UTF-16 units that a cell holds at most; Excel repairs, that is cuts, a file with longer ones."""
ROWS, COLUMNS = 1_048_576, 16_384
"""What a sheet holds at most, its head included."""
_LINE = 15
"""Points of one line."""
_HIGHEST = 409
"""Points that a row has at most."""
_A4, _A3 = 9, 8
"""Paper, as the format numbers it."""
_ACROSS = {_A4: 150, _A3: 330}
"""Characters across one sheet of paper that can still be read."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_OVERLAPPING = re.compile("(_x[0-9A-Fa-f]{4})_(?=x[0-9A-Fa-f]{4}_)")
_NOTHING = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a head, then rows of text or whole numbers.

    `widths` are in characters, of the first columns; `narrow` is the width of the rest. The head is frozen with the
    first `frozen` columns, and filters where `filter` says so. `turned` turns the heads of the columns from there on.
    `colours` says how cells in `coloured_from` to `coloured_to` look whose text begins with one of these: see `_LOOKS`.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    widths: Sequence[int]
    narrow: int = 4
    frozen: int = 0
    filter: bool = True
    turned: int | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    coloured_from: int = 0
    coloured_to: int | None = None
    choices: Sequence[str] = ()
    """What a cell beyond `widths` offers to choose from; anything else can be typed as well."""


_LINES: Mapping[str, object] = {"border": 1, "border_color": "#D0D0D0"}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "strong": {"bg_color": "#1F4E79", "font_color": "#FFFFFF", "bold": True},
    "plain": {"bg_color": "#DDEBF7"},
    "faint": {"bg_color": "#F2F2F2"},
    "bad": {"bg_color": "#F8CBAD", "font_color": "#7F1D00", "bold": True},
    "doubtful": {"bg_color": "#FFE699", "bold": True},
}
"""Looks by name. Each says what a letter says already: a reader who sees no colour misses nothing."""


def workbook(sheets: Sequence[Sheet], *, title: str, day: str) -> bytes:
    """The file. `day` is a full date, and stands for when it was made: no clock is read."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and only for who wants a workbook

    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "author": "uts-policy", "created": _moment(day)})
    formats = {
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bg_color": "#D9D9D9"}
        ),
        "turned": book.add_format(
            {"bold": True, "rotation": 90, "align": "center", "valign": "bottom", "bottom": 1, "bg_color": "#D9D9D9"}
        ),
        "cell": book.add_format({"text_wrap": True, "align": "left", "valign": "top", **_LINES}),
        "letter": book.add_format({"align": "center", "valign": "top", **_LINES}),
        **{name: book.add_format(dict(look)) for name, look in _LOOKS.items()},
    }
    for sheet in map(_fitted, sheets):
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return stream.getvalue()


def safe(value: str) -> str:
    """Text as a cell can hold it: what XML forbids is shown by number, and what is too long is cut, with a mark."""
    text = _FORBIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", value)
    # NOTE: Excel reads _x000A_ as a line break; the library escapes that, but for the second of two that share a "_".
    text = _OVERLAPPING.sub(rf"\1_{_NOTHING}", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += _NOTHING  # NOTE: else the library takes it for its own markup, and writes it as it is
    if len(text) * 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return f"{units[: 2 * (LONGEST - 1)].decode('utf-16-le', 'ignore')}…"  # half a pair is left out


def _fitted(sheet: Sheet) -> Sheet:
    """The sheet, or as much as fits with a last row or column that says how much does not."""
    rows, head = sheet.rows, sheet.head
    if len(rows) >= ROWS:
        over = len(rows) - (ROWS - 2)
        rows = [*rows[: ROWS - 2], [f"{over} more rows do not fit; the other formats have them"]]
    if len(head) > COLUMNS:
        over = len(head) - (COLUMNS - 1)
        head = [*head[: COLUMNS - 1], f"{over} more columns do not fit; the other formats have them"]
        rows = [row[: COLUMNS - 1] for row in rows]
    return replace(sheet, rows=rows, head=head)


def _height(row: Sequence[str | int], widths: Sequence[int]) -> float:
    """Points that a row takes once its cells are broken into lines: only Excel works that out by itself."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if isinstance(value, str):
            # Lines end at spaces, so that some of each is lost.
            lines = max(
                lines,
                sum(1 if len(part) <= width else math.ceil(len(part) * 1.1 / width) for part in value.split("\n")),
            )
    return min(_LINE * lines, _HIGHEST)


def _moment(day: str) -> datetime:
    year, month, date = map(int, day.split("-"))
    # NOTE: a ZIP entry cannot be older than 1980, and xlsxwriter writes none of these dates into the archive itself.
    return datetime(year, month, date, tzinfo=UTC).replace(tzinfo=None)


def _write(page, sheet: Sheet, formats) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - xlsxwriter's own types
    last = max(len(sheet.head), 1) - 1
    _write_head(page, sheet, formats)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            look = formats["letter" if column >= len(sheet.widths) else "cell"]
            if isinstance(value, int):
                page.write_number(number, column, value, look)
            elif value:
                page.write_string(number, column, safe(value), look)
        page.set_row(number, _height(row, sheet.widths))
    page.freeze_panes(1, sheet.frozen)
    if sheet.filter and sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), last)
    to = last if sheet.coloured_to is None else sheet.coloured_to
    for text, look in sheet.colours.items() if sheet.rows else ():
        rule = {"type": "text", "criteria": "begins with", "value": text, "format": formats[look]}
        page.conditional_format(1, sheet.coloured_from, len(sheet.rows), to, rule)
    if sheet.choices and len(sheet.head) > len(sheet.widths):
        offer = {"validate": "list", "source": list(sheet.choices), "show_error": False}
        page.data_validation(1, len(sheet.widths), len(sheet.rows) + _SPARE_ROWS, last, offer)
    _lay_out(page, sheet)


_SPARE_ROWS = 200
"""Rows below the last one that offer the same choices."""


def _write_head(page, sheet: Sheet, formats) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - likewise
    for column, text in enumerate(sheet.head):
        turned = sheet.turned is not None and column >= sheet.turned
        page.write_string(0, column, safe(text), formats["turned" if turned else "head"])
        width = sheet.widths[column] if column < len(sheet.widths) else sheet.narrow
        # NOTE: lines come with the column, not with cells: a large matrix is nearly all empty, and has none there.
        page.set_column(column, column, width, formats["letter" if column >= len(sheet.widths) else "cell"])
    if sheet.turned is not None:
        # NOTE: a turned head needs as much height as its text is long.
        longest = max((len(text) for text in sheet.head[sheet.turned :]), default=0)
        page.set_row(0, min(400, 20 + longest * 6.6))


def _lay_out(page, sheet: Sheet) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - likewise
    """For paper: as many sheets across as can still be read, each with the head and what names the row."""
    across = sum(sheet.widths[: len(sheet.head)]) + sheet.narrow * max(len(sheet.head) - len(sheet.widths), 0)
    paper = _A4 if across <= _ACROSS[_A4] else _A3
    page.print_area(0, 0, len(sheet.rows), max(len(sheet.head), 1) - 1)
    page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(math.ceil(across / _ACROSS[paper]), 0)
    page.repeat_rows(0)
    if sheet.frozen:
        page.repeat_columns(0, sheet.frozen - 1)
    page.set_footer("&L&A&R&P / &N")
