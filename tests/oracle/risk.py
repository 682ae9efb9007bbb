"""The rules of `risk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.corpus import END, Entry
from tests.oracle.words import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def dropped_vulnerability(w: World) -> Iterator[Finding]:
    """Has an `assessment`, and no disposition, or `mitigate` without an action that is open or done."""
    for vulnerability, entry in w.vulnerabilities.items():
        if "assessment" not in entry:
            continue
        carried = any(
            action not in w.actions or w.actions[action].get("status", "open") != "cancelled"
            for action in entry.get("actions", [])
        )
        if "disposition" not in entry or (entry["disposition"] == "mitigate" and not carried):
            yield f"vulnerabilities/{vulnerability}", ""


def unowned_vulnerability(w: World) -> Iterator[Finding]:
    """No `owner`."""
    for vulnerability, entry in w.vulnerabilities.items():
        if "owner" not in entry:
            yield f"vulnerabilities/{vulnerability}", ""


def _open(w: World) -> Iterator[tuple[str, Entry]]:
    for action, entry in w.actions.items():
        if entry.get("status", "open") == "open":
            yield action, entry


def unowned_action(w: World) -> Iterator[Looked]:
    """No owner, or a living owner without a grant of something in `requires`. Looks at open actions."""
    for action, entry in _open(w):
        owner = entry.get("owner")
        asked = [one for one in entry.get("requires", []) if one in w.authorities] if w.ours(owner or "") else []
        stated = not asked or w.stated("grants", owner)
        speaks = owner is None or (stated and any(w.powerless(owner, one) for one in asked))
        yield Looked(f"actions/{action}", ("",) if speaks else (), unstated=not stated)


def action_overdue(w: World) -> Iterator[Finding]:
    """Open, past `due`."""
    for action, entry in _open(w):
        if w.today > entry.get("due", END):
            yield f"actions/{action}", ""
