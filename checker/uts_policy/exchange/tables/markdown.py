"""Pipe tables and HTML tables of Markdown, by markdown-it."""

import re
from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from uts_policy.exchange.tables.delimited import decoded
from uts_policy.exchange.tables.html import tables
from uts_policy.exchange.tables.refused import CellTally

_FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_FENCE: Final = re.compile(r" {0,3}(?:```|~~~)")
_TABLE: Final = re.compile(r"<(/?)table\b", re.IGNORECASE)
_BREAK: Final = re.compile(r"<(?:br|p|/p|li)\b[^>]*>", re.IGNORECASE)
_NOTE: Final = re.compile(r"^\[\^([^\]]+)\]:[ \t]*(.*)$")


def read(data: bytes) -> dict[str, Any]:
    """The tables of a document and the text around them, as the worker's answer."""
    text, notes = decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _FRONT_MATTER.sub("", text)
    # NOTE: to CommonMark a blank line ends a piece of HTML, and what follows it, indented, is code.
    tokens = MarkdownIt("commonmark").enable("table").parse(_without_blanks_in_tables(text))
    blocks: list[dict[str, Any]] = []
    tally = CellTally()
    count = 0
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "table_open":
            count += 1
            end = _closing(tokens, place, "table_close")
            blocks.append(_table(tokens[place:end], f"table {count}", tally))
            place = end
        elif token.type == "html_block":
            found, count = tables(token.content, count, tally)
            blocks += found
        elif token.type == "inline":
            before = tokens[place - 1]
            level = int(before.tag[1]) if before.type == "heading_open" else 0
            blocks += _paragraphs(_plain(token), level)
        place += 1
    return {"blocks": blocks, "notes": notes}


def _paragraphs(text: str, level: int) -> list[dict[str, Any]]:
    """Paragraphs of one piece of text: a footnote's definition is one of its own."""
    found: list[dict[str, Any]] = []
    for line in text.split("\n"):
        note = _NOTE.match(line)
        if note:
            found.append({"text": note[2], "mark": f"[^{note[1]}]"})
        elif found:
            found[-1]["text"] += f"\n{line}"
        elif line.strip():
            found.append({"text": line, "level": level})
    return [{**each, "text": each["text"].strip()} for each in found if each["text"].strip()]


def _without_blanks_in_tables(text: str) -> str:
    """The text with a comment on each blank line inside of an HTML table; lines keep their numbers."""
    depth = 0
    fenced = False
    lines = []
    for line in text.split("\n"):
        if not depth and _FENCE.match(line):
            fenced = not fenced
        if not fenced:
            for found in _TABLE.finditer(line):
                depth = max(depth + (-1 if found[1] else 1), 0)
        lines.append("<!-- -->" if depth and not line.strip() else line)
    return "\n".join(lines)


def _closing(tokens: Sequence[Token], place: int, kind: str) -> int:
    return next(number for number in range(place, len(tokens)) if tokens[number].type == kind)


def _table(tokens: Sequence[Token], name: str, tally: CellTally) -> dict[str, Any]:
    cells = []
    row = column = 0
    for token in tokens:
        if token.type == "tr_open":
            row, column = row + 1, 0
        elif token.type in {"th_open", "td_open"}:
            column += 1
        elif token.type == "inline":
            text = _plain(token)
            if text:
                tally.add()
                cells.append((row, column, text))
    return {"name": name, "cells": cells, "in_document": True}


def _plain(token: Token) -> str:
    """Text as it is shown: without emphasis, links or HTML; a footnote's mark stays."""
    parts = []
    for each in token.children or ():
        if each.type in {"text", "code_inline"}:
            parts.append(each.content)
        elif each.type in {"softbreak", "hardbreak"} or (each.type == "html_inline" and _BREAK.match(each.content)):
            parts.append("\n")
    return "".join(parts).strip()
