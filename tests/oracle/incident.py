"""The rules of `incident`; what external roles and classes of people declare or command is good."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tests.oracle.words import Finding, Looked, World, loops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.corpus import Entry


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
            first = min(lines, key=w.corpus.first("incident_lines"), default="")
            yield f"incidents/{incident}" if w.incidents else f"incident_lines/{first}", ""


def ambiguous_line(w: World) -> Iterator[Finding]:
    """Two lines of one incident and severity, neither strictly within the other, with different living commanders."""
    order = w.corpus.first("incident_lines")
    for (one, first), (other, second) in combinations(sorted(w.lines.items(), key=lambda pair: order(pair[0])), 2):
        if first["incident"] != second["incident"] or first.get("severity") != second.get("severity"):
            continue
        these, those = w.pairs(first.get("scope")), w.pairs(second.get("scope"))
        commanders = {first.get("command", ""), second.get("command", "")}
        ambiguous = these & those and not (these < those or those < these)
        if ambiguous and len(commanders) == 2 and all(map(w.living, commanders)):
            yield f"incident_lines/{other}", one


def no_command(w: World) -> Iterator[Looked]:
    """`declare` or `command` absent or vacant, or the declarer has no grant of the authority to declare."""
    authority = w.parameter("incident/no-command", "authority")
    for line, entry in w.lines.items():
        written = {field: entry.get(field) for field in ("declare", "command")}
        keys = [field for field, role in written.items() if role is None or w.vacant(role)]
        stated = all(role is None or w.occupied(role) is not None for role in written.values())
        declarer = entry.get("declare", "")
        if authority in w.authorities and w.ours(declarer):
            if not w.stated("grants", declarer):
                stated = False
            elif w.powerless(declarer, authority):
                keys.append("authority")
        yield Looked(f"incident_lines/{line}", tuple(keys), unstated=not stated)


def broken_escalation(w: World) -> Iterator[Looked]:
    """A loop; or a line that names none above it, whose commander's unit has a parent."""
    above = {line: _above(entry) for line, entry in w.lines.items()}
    speaking = {
        min(loop, key=w.corpus.first("incident_lines"))
        for loop in loops({line: {one for one in many if one in w.lines} for line, many in above.items()})
        if not any(w.living(_commander(w, line)) and w.external(_commander(w, line)) for line in loop)
    }
    for line in w.lines:
        ends_early = not above[line] and _below_another(w, _commander(w, line))
        stated = w.stated("escalation", line)
        if ends_early and stated:
            speaking.add(line)
        yield Looked(f"incident_lines/{line}", ("",) if line in speaking else (), unstated=ends_early and not stated)


def _above(entry: Entry) -> set[str]:
    """The line that it names above it, if it names one."""
    written = entry.get("escalate_to", [])
    return set(written) if isinstance(written, list) else {written}


def _commander(w: World, line: str) -> str:
    commander: str = w.lines[line].get("command", "")
    return commander


def _below_another(w: World, role: str) -> bool:
    """Whether the unit of a role of ours has a parent; False where something on its way up is bad."""
    if not w.ours(role):
        return False
    unit = w.roles[role]["unit"]
    return unit in w.units and not w.archived(unit) and w.reaches_root(unit) and "parent" in w.units[unit]
