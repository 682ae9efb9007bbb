"""The rules of `directives`; all but `unowned-obligation` judge directives, and responsibilities, in force."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tests.oracle.corpus import END, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def _in_force(w: World) -> Iterator[tuple[str, Entry]]:
    for directive, entry in w.directives.items():
        if w.directive_in_force(directive):
            yield directive, entry


def no_owner(w: World) -> Iterator[Finding]:
    """No `owner`."""
    for directive, entry in _in_force(w):
        if "owner" not in entry:
            yield f"directives/{directive}", ""


def review_overdue(w: World) -> Iterator[Finding]:
    """Past `review_by`."""
    for directive, entry in _in_force(w):
        if w.today > entry.get("review_by", END):
            yield f"directives/{directive}", ""


def unowned_obligation(w: World) -> Iterator[Finding]:
    """Of a directive in force: names no responsibility, or only retired ones, and has no `not_applicable` reason."""
    for obligation, entry in w.obligations.items():
        if (
            w.directive_in_force(entry["directive"])
            and all(w.retired_duty(duty) for duty in entry.get("responsibilities", []))
            and "not_applicable" not in entry
        ):
            yield f"obligations/{obligation}", ""


def superseded_citation(w: World) -> Iterator[Finding]:
    """Cites, or its criteria name, one that is superseded, rescinded, a draft or past its end."""

    def gone(directive: str) -> bool:
        entry = w.directives.get(directive)
        if entry is None:
            return False
        return entry.get("status") in {"superseded", "rescinded", "draft"} or w.today > entry.get("to", END)

    for directive, entry in _in_force(w):
        for cited in entry.get("cites", []):
            if gone(cited) and cited not in entry.get("supersedes", []):
                yield f"directives/{directive}", cited
    for duty, entry in w.duties_in_force():
        for criterion in entry.get("criteria", []):
            if isinstance(criterion, str) and gone(criterion):
                yield f"responsibilities/{duty}", criterion


def _supersedes(w: World, one: str, other: str) -> bool:
    """Directly or through others."""
    found: set[str] = set()
    todo = [one]
    while todo:
        for older in w.directives.get(todo.pop(), {}).get("supersedes", []):
            if older not in found:
                found.add(older)
                todo.append(older)
    return other in found


def _assigned(w: World, directive: str) -> dict[str, set[str]]:
    """The living roles that a directive assigns for each active responsibility."""
    assigned: dict[str, set[str]] = {}
    for one in w.directives[directive].get("assigns", []):
        if w.active(one["responsibility"]) and w.living(one["role"]):
            assigned.setdefault(one["responsibility"], set()).add(one["role"])
    return assigned


def _in_order(w: World) -> list[tuple[str, Entry]]:
    order = w.corpus.first("directives")
    return sorted(_in_force(w), key=lambda pair: order(pair[0]))


def _pairs(w: World) -> Iterator[tuple[str, str, bool]]:
    """Two on one topic in intersecting scopes, neither superseding nor outranking the other; whether contrary."""
    for (one, first), (other, second) in combinations(_in_order(w), 2):
        if "topic" not in first or first["topic"] != second.get("topic"):
            continue
        if not w.pairs(first.get("scope")) & w.pairs(second.get("scope")):
            continue
        if _supersedes(w, one, other) or _supersedes(w, other, one):
            continue
        if "precedence" in first and "precedence" in second and first["precedence"] != second["precedence"]:
            continue
        these, those = _assigned(w, one), _assigned(w, other)
        yield one, other, any(these[duty] != those[duty] for duty in these if duty in those)


def conflicting(w: World) -> Iterator[Finding]:
    """Such a pair that assigns one active responsibility to different roles."""
    for one, other, contrary in _pairs(w):
        if contrary:
            yield f"directives/{other}", one


def overlapping(w: World) -> Iterator[Finding]:
    """Such pairs without contrary assignments; one finding for each cluster that they connect."""
    clusters: list[set[str]] = []
    for one, other, contrary in _pairs(w):
        if contrary:
            continue
        touching = [cluster for cluster in clusters if cluster & {one, other}]
        clusters = [cluster for cluster in clusters if cluster not in touching]
        clusters.append(set.union({one, other}, *touching))
    for cluster in clusters:
        yield f"directives/{max(cluster, key=w.corpus.first('directives'))}", ""


def owner_drift(w: World) -> Iterator[Finding]:
    """Assigns a responsibility to a living role that is not among its standing A's in the directive's own scope."""
    for directive, entry in _in_force(w):
        scope = w.pairs(entry.get("scope"))
        for duty, roles in _assigned(w, directive).items():
            accountable = {w.role_of(one) for one in w.standing_of(duty, "A") if w.answered(one) & scope}
            for role in roles:
                if accountable and role not in accountable:
                    yield f"directives/{directive}", f"{duty}/{role}"


def both_in_force(w: World) -> Iterator[Finding]:
    """In force together with one that it supersedes directly; silent where that supersedes it too, however far."""
    for directive, entry in _in_force(w):
        for older in entry.get("supersedes", []):
            if w.directive_in_force(older) and not _supersedes(w, older, directive):
                yield f"directives/{directive}", older
