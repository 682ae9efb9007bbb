"""Workbooks (XLSX). The one module that knows `xlsxwriter`.

The same sheets give the same bytes, and no cell of ours becomes a formula, a link or a number.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

LONGEST = 32_767
"""Characters that a cell holds at most; Excel repairs, that is cuts, a file with longer ones."""
_LINE = 15
"""Points of one line."""
_HIGHEST = 409
"""Points that a row has at most."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("(?=_x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a head, then rows of text or whole numbers.

    `widths` are in characters, of the first columns; `narrow` is the width of the rest. The head is frozen with the
    first `frozen` columns, and filters where `filter` says so. `turned` turns the heads of the columns from there on.
    `colours` says how a cell from that column on looks whose text is, or begins with, a letter: see `_LOOKS`.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    widths: Sequence[int]
    narrow: int = 5
    frozen: int = 0
    filter: bool = True
    turned: int | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    coloured_from: int = 0


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
            {"bold": True, "rotation": 90, "valign": "bottom", "bottom": 1, "bg_color": "#D9D9D9"}
        ),
        "cell": book.add_format(
            {"text_wrap": True, "align": "left", "valign": "top", "border": 1, "border_color": "#D0D0D0"}
        ),
        "letter": book.add_format({"align": "center", "valign": "top", "border": 1, "border_color": "#D0D0D0"}),
        **{name: book.add_format(dict(look)) for name, look in _LOOKS.items()},
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return stream.getvalue()


def safe(value: str) -> str:
    """Text as a cell can hold it: what XML forbids is shown by number, and what is too long is cut, with a mark."""
    text = _FORBIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", value)
    text = _ESCAPED.sub("_x005F", text)  # Excel reads _x000A_ as a line break
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _height(row: Sequence[str | int], widths: Sequence[int]) -> float:
    """Points that a row takes once its cells are broken into lines: only Excel works that out by itself."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if isinstance(value, str):
            lines = max(lines, sum(1 + len(part) // max(width - 2, 1) for part in value.split("\n")))
    return min(_LINE * lines, _HIGHEST)


def _moment(day: str) -> datetime:
    year, month, date = map(int, day.split("-"))
    # NOTE: a ZIP entry cannot be older than 1980, and xlsxwriter writes none of these dates into the archive itself.
    return datetime(year, month, date, tzinfo=UTC).replace(tzinfo=None)


def _write(page, sheet: Sheet, formats) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - xlsxwriter's own types
    last = max(len(sheet.head), 1) - 1
    for column, text in enumerate(sheet.head):
        turned = sheet.turned is not None and column >= sheet.turned
        page.write_string(0, column, safe(text), formats["turned" if turned else "head"])
        width = sheet.widths[column] if column < len(sheet.widths) else sheet.narrow
        page.set_column(column, column, width)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            look = formats["letter" if column >= len(sheet.widths) else "cell"]
            if isinstance(value, int):
                page.write_number(number, column, value, look)
            elif value:
                page.write_string(number, column, safe(value), look)
            else:
                page.write_blank(number, column, None, look)
        page.set_row(number, _height(row, sheet.widths))
    if sheet.turned is not None:
        # NOTE: a turned head needs as much height as its text is long.
        longest = max((len(text) for text in sheet.head[sheet.turned :]), default=0)
        page.set_row(0, min(400, 20 + longest * 6))
    page.freeze_panes(1, sheet.frozen)
    if sheet.filter and sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), last)
    if sheet.rows:
        for text, look in sheet.colours.items():
            rule = {"type": "text", "criteria": "begins with", "value": text, "format": formats[look]}
            page.conditional_format(1, sheet.coloured_from, len(sheet.rows), last, rule)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")
