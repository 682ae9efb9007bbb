"""What a letter is limited to (units, vectors, days), as the text of a footnote, and back."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from uts_policy.exchange.raci.codes import SEPARATORS, Vocabulary, read_cell, without_marks

_UNITS: Final = "only for units "
_VECTORS: Final = "only for vectors "
_OVERRIDES: Final = "in place of the wider assignment"
_ID: Final = r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?"
_IDS: Final = re.compile(rf"{_ID}(?:, {_ID})*")
_DAY: Final = re.compile(r"(from|to) (\d{4}-\d{2}-\d{2})")


def limits_text(limits: Mapping[str, Any]) -> str:
    """The words for `scope`, `from`, `to` and `overrides` of an assignment; empty if there is none of them."""
    scope = limits.get("scope", {})
    parts = [f"{_UNITS}{', '.join(scope['units'])}"] if scope.get("units") else []
    parts += [f"{_VECTORS}{', '.join(scope['vectors'])}"] if scope.get("vectors") else []
    parts += [f"{key} {limits[key]}" for key in ("from", "to") if limits.get(key)]
    parts += [_OVERRIDES] if limits.get("overrides") else []
    return "; ".join(parts)


def limits_of(text: str) -> Mapping[str, Any] | None:
    """The fields that a footnote of ours stands for; None for any other text."""
    scope: dict[str, list[str]] = {}
    found: dict[str, Any] = {}
    for part in text.split("; "):
        day = _DAY.fullmatch(part)
        if day:
            found[day[1]] = day[2]
        elif part == _OVERRIDES:
            found["overrides"] = True
        else:
            key, rest = ("units", part.removeprefix(_UNITS)) if part.startswith(_UNITS) else ("vectors", "")
            rest = part.removeprefix(_VECTORS) if part.startswith(_VECTORS) else rest
            if not _IDS.fullmatch(rest):
                return None
            scope[key] = rest.split(", ")
    return {**({"scope": scope} if scope else {}), **found}


def limited_letters(
    text: str, vocabulary: Vocabulary, note: Callable[[str], str]
) -> tuple[tuple[tuple[str, Mapping[str, Any]], ...], frozenset[str]]:
    """The letters of a cell that are limited, each with each of its limits, and the marks that say so.

    `note` gives the text of a mark, empty if it has none.
    """
    found: list[tuple[str, Mapping[str, Any]]] = []
    used = set()
    for part in SEPARATORS.split(text):
        plain, marks = without_marks(part)
        for mark in marks:
            limits = limits_of(note(mark)) if note(mark) else None
            if limits:
                used.add(mark)
                found += [(code, limits) for code in read_cell(plain, vocabulary).codes]
    return tuple(found), frozenset(used)
