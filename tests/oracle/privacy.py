"""The rule of `privacy`: which texts it reads; the patterns are those of the rule's page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "privacy" / "personal-identifier.md"
"""Where the catalogue says that the patterns stand."""

HOST = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)[^/?#\s,]*")
"""A scheme, and what stands after it as far as the next `/`, `?`, `#`, white space, comma, or the end."""


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns of the page, read as RE2 reads them.

    `$` is the end of the text, and not before a last newline; classes are those of ASCII; `\\x{a0}` is a code point.
    """
    fenced = re.findall(r"```text\n(.*?)\n```", PAGE.read_text(encoding="utf-8"))
    plain = (re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda code: chr(int(code[1], 16)), one) for one in fenced)
    return tuple(re.compile(one.replace("(?:$|", r"(?:\Z|"), re.ASCII) for one in plain)


TEXTS = {
    "name",
    "tags",
    "title",
    "description",
    "source",
    "statement",
    "evidence",
    "cadence",
    "criteria",
    "instrument",
    "limits",
    "kind",
    "text",
    "ref",
    "url",
    "reason",
    "not_applicable",
    "topic",
    "severity",
    "number",
    "group",
    "report",
    "vacancy",
    "joint_accountability",
    "holders",
    "authorities",
}
"""Fields that hold text, or hold something that does; ids and references are none."""


def _texts(value: Any, *, text: bool) -> Iterator[str]:
    if isinstance(value, str) and text:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, text=text and isinstance(one, str))
            if isinstance(one, dict):
                yield from _texts(one, text=True)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in TEXTS:
                yield from _texts(one, text=name not in {"holders", "authorities"})


PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-"})
"""The page: no-break spaces and hyphens are read as plain ones first."""


def personal_identifier(w: World) -> Iterator[Finding]:
    """In any text but ids, references, `contact` and the host of a URL: what identifies a person."""
    for section, entries in w.corpus.entries.items():
        for entry_id, entry in entries.items():
            texts = [HOST.sub(r"\1", text.translate(PLAIN)) for text in _texts(entry, text=True)]
            if any(pattern.search(text) for text in texts for pattern in patterns()):
                yield f"{section}/{entry_id}", ""
