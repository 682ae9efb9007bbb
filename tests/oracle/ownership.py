"""The rules of `ownership`, each reading like its row of the catalogue."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING

from tests.oracle.corpus import END
from tests.oracle.words import Looked

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


def no_performer(w: World) -> Iterator[Looked]:
    """The same for R. Looks at active responsibilities."""
    without = {entry for entry, _ in _nobody(w, "R")}
    for duty, _ in w.duties_in_force():
        entry, stated = f"responsibilities/{duty}", w.stated("responsible", duty)
        yield Looked(entry, ("",) if stated and entry in without else (), unstated=not stated)


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


def _same_statement(w: World) -> Iterator[tuple[str, str]]:
    """Two active responsibilities of one group with the same statement, the one with the greater first id last."""
    order = w.corpus.first("responsibilities")
    for (one, first), (two, second) in combinations(sorted(w.duties_in_force(), key=lambda pair: order(pair[0])), 2):
        plain = _plain(first["statement"])
        if plain and plain == _plain(second["statement"]) and first.get("group") == second.get("group"):
            yield one, two


def _roles(w: World, duty: str) -> set[str]:
    return {w.role_of(one) for one in w.standing_of(duty, "A")}


def scope_overlap(w: World) -> Iterator[Finding]:
    """Their standing A's are not the same roles, and two of different roles answer for the same; with the first."""
    told = set()
    for one, two in _same_statement(w):
        if (
            two not in told
            and _roles(w, one) != _roles(w, two)
            and any(
                w.role_of(a) != w.role_of(b) and w.answered(a) & w.answered(b)
                for a in w.standing_of(one, "A")
                for b in w.standing_of(two, "A")
            )
        ):
            told.add(two)
            yield f"responsibilities/{two}", one


def duplicate_duty(w: World) -> Iterator[Finding]:
    """The standing A's are the same roles, at least one, and answered scopes intersect; with the first."""
    told = set()
    for one, two in _same_statement(w):
        if (
            two not in told
            and _roles(w, one) == _roles(w, two)
            and any(w.answered(a) & w.answered(b) for a in w.standing_of(one, "A") for b in w.standing_of(two, "A"))
        ):
            told.add(two)
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
        chair = w.roles[role].get("chair", "")
        if w.ours(role) and (w.placeholder(chair) or any(w.placeholder(one, "people") for one in persons)):
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
    """A collective role with a standing A and no `chair`, neither its own nor its unit's."""
    for role in w.accountable_roles():
        if w.ours(role) and w.collective(role) and not w.chaired(role):
            yield f"roles/{role}", ""


def unacknowledged(w: World) -> Iterator[Looked]:
    """Not acknowledged. Looks at standing A's and R's with `from` later than so many days ago."""
    days = w.parameter("ownership/unacknowledged", "days")
    for assignment, entry in w.assignments.items():
        late = "from" in entry and w.today > entry["from"] + days
        if entry["code"] in "AR" and w.standing(assignment) and late and not w.everyone(entry["role"]):
            acknowledged = "acknowledged_on" in entry and entry["acknowledged_on"] <= w.today
            stated = w.stated("acknowledged", assignment)
            keys = ("",) if stated and not acknowledged else ()
            yield Looked(f"assignments/{assignment}", keys, unstated=not stated)


def review_overdue(w: World) -> Iterator[Finding]:
    """Standing, with `reviewed_on` later than so many days ago."""
    days = w.parameter("ownership/review-overdue", "days")
    for assignment, entry in w.assignments.items():
        if w.standing(assignment) and "reviewed_on" in entry and w.today > entry["reviewed_on"] + days:
            yield f"assignments/{assignment}", ""
