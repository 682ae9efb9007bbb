"""The rules of `ownership`, each reading like its row of the catalogue."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING

from tests.oracle.corpus import END

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.words import Finding, World


def _nobody(w: World, code: str) -> Iterator[Finding]:
    for duty, entry in w.duties_in_force():
        assigned = w.current(duty, code)
        silent = any(w.bad(w.assignments[one].get("scope")) for one in assigned) or (
            bool(assigned) and w.bad(entry.get("scope"))
        )
        if not silent and not any(w.effective(one) for one in assigned):
            yield f"responsibilities/{duty}", ""


def unassigned(w: World) -> Iterator[Finding]:
    """No A in force whose effective scope is non-empty."""
    return _nobody(w, "A")


def no_performer(w: World) -> Iterator[Finding]:
    """The same for R."""
    return _nobody(w, "R")


def multiple_accountable(w: World) -> Iterator[Finding]:
    """Two standing A's of different roles whose answered scopes intersect, without complete `joint_accountability`."""
    for duty, entry in w.duties_in_force():
        joint = entry.get("joint_accountability", {})
        if "reason" in joint and "approved_by" in joint:
            continue
        pairs = combinations(w.standing_of(duty, "A"), 2)
        if any(w.role_of(a) != w.role_of(b) and w.answered(a) & w.answered(b) for a, b in pairs):
            yield f"responsibilities/{duty}", ""


def scope_gap(w: World) -> Iterator[Finding]:
    """Some A covers part of the scope and some pair is covered by none."""
    speaks = {entry for entry, _ in unassigned(w)}
    for duty, entry in w.duties_in_force():
        accountable = w.current(duty, "A")
        if f"responsibilities/{duty}" in speaks or any(w.bad(w.assignments[a].get("scope")) for a in accountable):
            continue
        covered = {pair for a in accountable for pair in w.effective(a)}
        if covered and w.pairs(entry.get("scope")) - covered:
            yield f"responsibilities/{duty}", ""


def _plain(statement: str) -> str:
    folded = unicodedata.normalize("NFKC", statement).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded))


def scope_overlap(w: World) -> Iterator[Finding]:
    """Two active responsibilities with one statement whose standing A's are different roles in intersecting scopes."""
    for (one, first), (two, second) in combinations(sorted(w.duties_in_force()), 2):
        if _plain(first["statement"]) == _plain(second["statement"]) and any(
            w.role_of(a) != w.role_of(b) and w.answered(a) & w.answered(b)
            for a in w.standing_of(one, "A")
            for b in w.standing_of(two, "A")
        ):
            yield f"responsibilities/{two}", one


def term_gap(w: World) -> Iterator[Finding]:
    """An A ends within the horizon, and a pair of it has no A on the next day and has one again later."""
    horizon = w.parameter("ownership/term-gap", "horizon_days")
    for duty, _ in w.duties_in_force():
        accountable = [(w.assignments[a], w.effective(a)) for a in w.of_duty(duty, "A")]
        for ending, pairs in accountable:
            last = ending.get("to", END)
            if not w.today <= last < w.today + horizon:
                continue
            on_next = {p for e, ps in accountable for p in ps if e.get("from", 0) <= last + 1 <= e.get("to", END)}
            later = {p for e, ps in accountable for p in ps if e.get("from", 0) > last + 1}
            if (pairs - on_next) & later:
                yield f"responsibilities/{duty}", ""


def placeholder_owner(w: World) -> Iterator[Finding]:
    """A placeholder in an owner's place, in force."""
    for assignment in w.assignments:
        if w.in_force(assignment) and w.placeholder(w.role_of(assignment)):
            yield f"assignments/{assignment}", ""
    for role in w.roles:
        persons = [holder["person"] for holder in w.holdings(role)]
        if w.living(role) and not w.external(role) and any(w.placeholder(one, "people") for one in persons):
            yield f"roles/{role}", ""
    places = {
        "units": ("chair", lambda unit: not w.archived(unit)),
        "directives": ("owner", w.directive_in_force),
        "training": ("owner", lambda _: True),
        "vulnerabilities": ("owner", lambda _: True),
        "actions": ("owner", lambda action: w.actions[action].get("status", "open") == "open"),
        "recommendations": ("owner", lambda one: w.recommendations[one].get("status") != "closed"),
    }
    for section, (field, in_force) in places.items():
        for entry_id, entry in w.corpus.entries[section].items():
            if in_force(entry_id) and w.placeholder(entry.get(field, "")):
                yield f"{section}/{entry_id}", ""
    for line, entry in w.lines.items():
        if w.placeholder(entry.get("declare", "")) or w.placeholder(entry.get("command", "")):
            yield f"incident_lines/{line}", ""


def collective_owner(w: World) -> Iterator[Finding]:
    """A standing A of a collective role whose unit declares no `chair`."""
    for assignment, entry in w.assignments.items():
        if entry["code"] != "A" or not w.standing(assignment) or w.external(entry["role"]):
            continue
        role = w.roles[entry["role"]]
        known = role["unit"] in w.units and not w.archived(role["unit"])
        if role.get("collective") and known and "chair" not in w.units[role["unit"]]:
            yield f"assignments/{assignment}", ""


def unacknowledged(w: World) -> Iterator[Finding]:
    """Standing A or R with `from` later than so many days ago, not acknowledged."""
    days = w.parameter("ownership/unacknowledged", "days")
    for assignment, entry in w.assignments.items():
        acknowledged = "acknowledged_on" in entry and entry["acknowledged_on"] <= w.today
        late = "from" in entry and w.today > entry["from"] + days
        if entry["code"] in "AR" and w.standing(assignment) and late and not acknowledged:
            yield f"assignments/{assignment}", ""


def review_overdue(w: World) -> Iterator[Finding]:
    """Standing, with `reviewed_on` later than so many days ago."""
    days = w.parameter("ownership/review-overdue", "days")
    for assignment, entry in w.assignments.items():
        if w.standing(assignment) and "reviewed_on" in entry and w.today > entry["reviewed_on"] + days:
            yield f"assignments/{assignment}", ""
