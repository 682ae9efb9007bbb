"""The rule of `privacy`: clear cases only; what the patterns do at their edges stands on the rule's page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World

HOST = re.compile(r"(?<=//)[^/?#]*")
PATTERNS = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"\b\d{3}-\d{2}-\d{4}\b"),
    re.compile(r"\+\d[\d ().-]{7,}\d"),
    re.compile(r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"),
    re.compile(r"\bpassport\b.{0,12}\b[A-Z]?\d{6,9}\b", re.IGNORECASE),
    re.compile(r"\blicen[cs]e plate\b\W{0,3}(?=[A-Z -]*[0-9])[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,4}\b"),
    re.compile(r"\b\d{1,5} (?:[A-Z][a-z]+ )+(?:Street|Avenue|Road|Lane|Drive)\b"),
)
TEXTS = {
    "name",
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


def personal_identifier(w: World) -> Iterator[Finding]:
    """In any text but ids, references and the host of a URL: what identifies a person."""
    for section, entries in w.corpus.entries.items():
        for entry_id, entry in entries.items():
            texts = [HOST.sub("", text) for text in _texts(entry, text=True)]
            if any(pattern.search(text) for text in texts for pattern in PATTERNS):
                yield f"{section}/{entry_id}", ""
