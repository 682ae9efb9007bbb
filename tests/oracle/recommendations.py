"""The rules of `recommendations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.corpus import END, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def _in(w: World, *statuses: str) -> Iterator[tuple[str, Entry]]:
    for recommendation, entry in w.recommendations.items():
        if entry.get("status", "unresolved") in statuses:
            yield recommendation, entry


def no_action_official(w: World) -> Iterator[Finding]:
    """Not closed, no `owner`."""
    for recommendation, entry in _in(w, "unresolved", "resolved"):
        if "owner" not in entry:
            yield f"recommendations/{recommendation}", ""


def unresolved_overdue(w: World) -> Iterator[Finding]:
    """Unresolved, `issued` later than so many days ago."""
    days = w.parameter("recommendations/unresolved-overdue", "days")
    for recommendation, entry in _in(w, "unresolved"):
        if "issued" in entry and w.today > entry["issued"] + days:
            yield f"recommendations/{recommendation}", ""


def action_overdue(w: World) -> Iterator[Finding]:
    """Resolved, past `due`."""
    for recommendation, entry in _in(w, "resolved"):
        if w.today > entry.get("due", END):
            yield f"recommendations/{recommendation}", ""


def closed_without_evidence(w: World) -> Iterator[Finding]:
    """Closed, `evidence` absent or empty."""
    for recommendation, entry in _in(w, "closed"):
        if not entry.get("evidence"):
            yield f"recommendations/{recommendation}", ""
