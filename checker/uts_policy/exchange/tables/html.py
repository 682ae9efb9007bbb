"""Tables of HTML, by Beautiful Soup: merged cells, hidden rows, headings and paragraphs between them. Nothing is run.

Its parser is lxml, which knows which end tags may be missing.
"""

import re
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from uts_policy.exchange.tables.delimited import decoded
from uts_policy.exchange.tables.refused import CellTally

_UNSEEN: Final = ["script", "style", "template", "noscript", "head"]
_TEXT: Final = ["p", "li", "dt", "dd", "caption", "figcaption", "blockquote"]
_SEEN: Final = ["table", *_TEXT, *(f"h{level}" for level in range(1, 7))]
_HEADING: Final = re.compile(r"h([1-6])")
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META: Final = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_FARTHEST: Final = 1_000


def read(data: bytes) -> dict[str, Any]:
    """The tables of a page and the text around them, as the worker's answer."""
    charset = _META.search(data[:4096])
    notes: list[str] = []
    try:
        text = data.decode(charset[1].decode() if charset else "utf-8")
    except (LookupError, UnicodeDecodeError):
        text, notes = decoded(data)
    blocks, _ = tables(text.removeprefix("\ufeff"), 0, CellTally())
    return {"blocks": blocks, "notes": notes}


def tables(markup: str, count: int, tally: CellTally) -> tuple[list[dict[str, Any]], int]:
    """The blocks of a piece of HTML; `count` tables came before. The new count stands beside them."""
    soup = BeautifulSoup(markup, "lxml")
    for tag in soup.find_all(_UNSEEN):
        tag.decompose()
    blocks: list[dict[str, Any]] = []
    for tag in soup.find_all(_SEEN):
        if tag.name not in {"table", "caption"} and tag.find_parent("table") is not None:
            continue
        heading = _HEADING.fullmatch(tag.name)
        if tag.name == "table":
            if tag.find_parent("table") is None:
                count += 1
                blocks.append(_table(tag, f"table {count}", tally))
        elif heading:
            blocks += _paragraph(tag, int(heading[1]))
        elif tag.name in _TEXT and tag.find(_TEXT) is None and tag.find("table") is None:
            blocks += _paragraph(tag, 0)
    return blocks, count


def _paragraph(tag: Tag, level: int) -> list[dict[str, Any]]:
    text = _text(tag)
    return [{"text": text, "level": level}] if text else []


def _table(table: Tag, name: str, tally: CellTally) -> dict[str, Any]:
    cells: list[tuple[int, int, str]] = []
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    hidden_rows = []
    number = 0
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        number += 1
        if _is_hidden(row):
            hidden_rows.append(number)
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            column += 1
            while (number, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            text = _text(cell)
            if text and not _is_hidden(cell):
                tally.add()
                cells.append((number, column, text))
            if (down, across) != (1, 1):
                merged.append((number, column, number + down - 1, column + across - 1))
                tally.add(down * across)
                taken |= {(number + one, column + other) for one in range(down) for other in range(across)}
            column += across - 1
    return {"name": name, "cells": cells, "merged": merged, "hidden_rows": hidden_rows, "in_document": True}


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style", ""))) is not None


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return max(1, min(int(value), _FARTHEST)) if value.isdecimal() else 1


def _text(tag: Tag) -> str:
    """The text of a cell; a line break is one, and other white space is one space."""
    parts: list[str] = []
    for each in tag.descendants:
        if type(each) is NavigableString:
            parts.append(_SPACE.sub(" ", each))
        elif isinstance(each, Tag) and each.name in {"br", "p", "li", "div"} and "".join(parts).strip():
            parts.append("\n")
    lines = (" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
