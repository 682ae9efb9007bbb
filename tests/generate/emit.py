"""Writes declarations as YAML text, in the styles that authors use, split over files and shuffled where asked."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

    from tests.generate.repair import Declarations

PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9])?\Z")
"""What needs no quotes, unless it would resolve to something that is no string."""

RESOLVED = frozenset({"true", "false", "null", "~", ".inf", ".nan"})
WIDTH = 100
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def scalar(value: Any) -> str:
    """One scalar in flow style, safe in every place: strings plain where harmless, else double-quoted."""
    if isinstance(value, str):
        return value if PLAIN.match(value) and value.lower() not in RESOLVED else quoted(value)
    return json.dumps(value)


def quoted(text: str) -> str:
    """A double-quoted YAML string; what YAML 1.1 or 1.2 do not print is escaped."""
    return '"' + "".join(ESCAPES.get(char) or (char if _printable(char) else _escape(char)) for char in text) + '"'


def _printable(char: str) -> bool:
    point = ord(char)
    return (
        0x20 <= point < 0x7F
        or 0xA0 <= point < 0x2028
        or 0x2029 < point < 0xD800
        or 0xE000 <= point < 0xFEFF
        or 0xFEFF < point < 0xFFFE
        or point >= 0x10000
    )


def _escape(char: str) -> str:
    point = ord(char)
    return f"\\x{point:02X}" if point < 0x100 else f"\\u{point:04X}"


def flow(value: Any) -> str:
    """Any value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def block(value: Any, indent: int, rng: Random | None) -> list[str]:
    """The lines of a mapping or list in block style; what is short or empty may stand in flow style."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, one in value.items():
            head = f"{pad}{scalar(key)}:"
            if _inline(one, rng):
                lines.append(f"{head} {flow(one)}")
            else:
                lines += [head, *block(one, indent + 2, rng)]
        return lines
    for one in value:
        if _inline(one, rng):
            lines.append(f"{pad}- {flow(one)}")
        else:
            first, *rest = block(one, indent + 2, rng)
            lines += [f"{pad}- {first.lstrip(' ')}", *rest]
    return lines


def _inline(value: Any, rng: Random | None) -> bool:
    if not isinstance(value, dict | list) or not value:
        return True
    return rng is not None and rng.random() < 0.4


def dump_compact(declarations: Declarations) -> str:
    """One YAML document as a careful author lays it out: entries in block style, short values in one line."""
    lines: list[str] = []
    for section, entries in declarations.items():
        lines.append(f"{section}:")
        for entry in entries:
            for number, (key, value) in enumerate(entry.items()):
                head = f"{'    ' if number else '  - '}{scalar(key)}:"
                one_line = f"{head} {flow(value)}"
                dicts = isinstance(value, list) and value and isinstance(value[0], dict)
                if dicts or (len(one_line) > WIDTH and isinstance(value, dict | list)):
                    lines.append(head)
                    lines += [f"      - {flow(one)}" for one in value] if dicts else block(value, 6, None)
                else:
                    lines.append(one_line)
    return "\n".join(lines) + "\n" if lines else ""


def dump(declarations: Declarations, rng: Random | None = None) -> str:
    """One YAML document. With a random source the style varies; without, everything is in block style."""
    return "\n".join(block(declarations, 0, rng)) + "\n" if declarations else ""


def dump_files(declarations: Declarations, rng: Random, files: int = 3) -> dict[str, str]:
    """The same declarations over several files and documents, entries and sections in random order."""
    documents: list[Declarations] = [{} for _ in range(files + 1)]
    sections = list(declarations)
    rng.shuffle(sections)
    for section in sections:
        entries = list(declarations[section])
        rng.shuffle(entries)
        for entry in entries:
            documents[rng.randrange(len(documents))].setdefault(section, []).append(entry)
    texts = [dump(document, rng) for document in documents]
    named = {f"part-{number}.yaml": text for number, text in enumerate(texts[:-1])}
    named["part-0.yaml"] = "---\n".join((named["part-0.yaml"], texts[-1]))
    return named
