"""The rules of `incident`; what external roles declare or command is good."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tests.oracle.words import Finding, World, loops

if TYPE_CHECKING:
    from collections.abc import Iterator


def no_line(w: World) -> Iterator[Finding]:
    """An incident without a line, or units in force for which no line of it exists."""
    by_incident: dict[str, list[str]] = {incident: [] for incident in w.incidents}
    for line, entry in w.lines.items():
        if not w.incidents or entry["incident"] in w.incidents:
            by_incident.setdefault(entry["incident"], []).append(line)
    for incident, lines in by_incident.items():
        scopes = [w.lines[line].get("scope") for line in lines]
        if any(w.bad(scope) for scope in scopes):
            continue
        covered = {unit for scope in scopes for unit in w.unit_part(scope or {})}
        if not lines or w.unit_part({}) - covered:
            yield f"incidents/{incident}" if w.incidents else f"incident_lines/{min(lines)}", ""


def ambiguous_line(w: World) -> Iterator[Finding]:
    """Two lines of one incident and severity, neither strictly within the other, with different living commanders."""
    for (one, first), (other, second) in combinations(sorted(w.lines.items()), 2):
        if first["incident"] != second["incident"] or first.get("severity") != second.get("severity"):
            continue
        these, those = w.pairs(first.get("scope")), w.pairs(second.get("scope"))
        commanders = {first.get("command", ""), second.get("command", "")}
        ambiguous = these & those and not (these < those or those < these)
        if ambiguous and len(commanders) == 2 and all(map(w.living, commanders)):
            yield f"incident_lines/{other}", one


def no_command(w: World) -> Iterator[Finding]:
    """`declare` or `command` absent or vacant, or the declarer has no grant of the authority to declare."""
    authority = w.parameter("incident/no-command", "authority")
    for line, entry in w.lines.items():
        for field in ("declare", "command"):
            role = entry.get(field)
            if role is None or (w.living(role) and not w.external(role) and w.vacant(role)):
                yield f"incident_lines/{line}", field
        declarer = entry.get("declare", "")
        asked = authority in w.authorities and w.living(declarer) and not w.external(declarer)
        if asked and w.powerless(declarer, authority):
            yield f"incident_lines/{line}", "authority"


def broken_escalation(w: World) -> Iterator[Finding]:
    """A loop; or a line without `escalate_to` whose commander's unit has a parent."""
    edges = {
        line: {entry["escalate_to"]} & set(w.lines) if "escalate_to" in entry else set()
        for line, entry in w.lines.items()
    }
    for loop in loops(edges):
        if not any(
            w.living(w.lines[line].get("command", "")) and w.external(w.lines[line]["command"]) for line in loop
        ):
            yield f"incident_lines/{min(loop)}", ""
    for line, entry in w.lines.items():
        commander = entry.get("command", "")
        if "escalate_to" in entry or not w.living(commander) or w.external(commander):
            continue
        unit = w.roles[commander]["unit"]
        if unit in w.units and not w.archived(unit) and w.reaches_root(unit) and "parent" in w.units[unit]:
            yield f"incident_lines/{line}", ""
