"""The rules of `reference`, and the list of all references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.oracle.corpus import END, Entry, as_list
from tests.oracle.words import Finding, World, loops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Reference(NamedTuple):
    """One id that an entry writes: where, which sections it may name, whether as an owner, whether it depends on it."""

    entry: str
    place: str
    target: str
    sections: tuple[str, ...]
    owner: bool
    depends: bool


def _not_ended(w: World, term: Entry) -> bool:
    return bool(w.today <= term.get("to", END))


def has_ended(w: World, section: str, entry_id: str) -> bool:
    """What has ended gives no finding; what has not begun is not ended."""
    entry = w.corpus.entries[section][entry_id]
    ended: dict[str, Callable[[], bool | None]] = {
        "units": lambda: w.archived(entry_id),
        "people": lambda: w.departed(entry_id),
        "roles": lambda: not w.living(entry_id),
        "delegations": lambda: not _not_ended(w, entry) or w.over(entry, "rescinded_on"),
        "responsibilities": lambda: not w.active(entry_id),
        "assignments": lambda: not _not_ended(w, entry) or w.retired_duty(entry["responsibility"]),
        "directives": lambda: entry.get("status") in {"superseded", "rescinded"} or not _not_ended(w, entry),
        "actions": lambda: entry.get("status", "open") != "open",
        "recommendations": lambda: entry.get("status") == "closed",
        "waivers": lambda: w.waiver_expired(entry),
    }
    return bool(ended.get(section, lambda: False)())


PLAIN = {
    "units": {"parent": "units", "stakeholders": "roles units", "chair": "roles"},
    "roles": {
        "unit": "units",
        "chair": "roles",
        "reports_to": "roles",
        "replaced_by": "roles",
        "exposure": "vectors",
        "successors": "roles",
        "incompatible_with": "roles",
    },
    "delegations": {"delegator": "roles", "delegate": "roles", "authorities": "authorities"},
    "responsibilities": {"requires": "authorities", "reviews": "responsibilities"},
    "assignments": {"responsibility": "responsibilities", "role": "roles"},
    "directives": {"owner": "roles", "supersedes": "directives", "cites": "directives"},
    "obligations": {"directive": "directives", "responsibilities": "responsibilities"},
    "training": {"owner": "roles"},
    "training_records": {"person": "people", "module": "training"},
    "incident_lines": {"declare": "roles", "command": "roles", "escalate_to": "incident_lines", "notify": "roles"},
    "vulnerabilities": {"assessment": "assessments", "vectors": "vectors", "owner": "roles", "actions": "actions"},
    "actions": {"owner": "roles", "requires": "authorities"},
    "recommendations": {"owner": "roles"},
}
OWNERS = {"owner", "chair", "declare", "command"}
INDEPENDENT = {
    "roles/incompatible_with",
    "roles/replaced_by",
    "directives/supersedes",
    "directives/cites",
    "obligations/responsibilities",
    "assignments/responsibility",
}


def references(w: World) -> Iterator[Reference]:
    """Every reference of every entry that has not ended, the nested terms that have ended left out."""
    for section, entries in w.corpus.entries.items():
        for entry_id, entry in entries.items():
            if has_ended(w, section, entry_id):
                continue
            name = f"{section}/{entry_id}"
            for field, target in PLAIN.get(section, {}).items():
                owner = field in OWNERS or (section == "assignments" and field == "role")
                depends = f"{section}/{field}" not in INDEPENDENT
                for written in as_list(entry.get(field)):
                    yield Reference(name, field, written, tuple(target.split()), owner, depends)
            yield from _scope(name, "scope", entry)
            yield from _nested(w, section, name, entry)


def _scope(name: str, place: str, entry: Entry) -> Iterator[Reference]:
    for part in ("units", "vectors"):
        for written in entry.get("scope", {}).get(part, []):
            yield Reference(name, f"{place}/{part}", written, (part,), owner=False, depends=True)


NESTED = {
    "roles": {
        "eligibility/roles": "roles",
        "eligibility/training": "training",
        "authorities/authority": "authorities",
        "authorities/scope/units": "units",
        "authorities/scope/vectors": "vectors",
        "holders/person": "people",
    },
    "responsibilities": {"joint_accountability/approved_by": "roles"},
    "directives": {"assigns/responsibility": "responsibilities", "assigns/role": "roles"},
    "training": {"audience/roles": "roles", "audience/exposure": "vectors"},
}
TERMS = {"holders", "authorities"}


def _nested(w: World, section: str, name: str, entry: Entry) -> Iterator[Reference]:
    for place, target in NESTED.get(section, {}).items():
        for written in _at(w, entry, place.split("/")):
            owner, depends = place == "holders/person", "approved_by" not in place
            yield Reference(name, place, written, (target,), owner=owner, depends=depends)
    if section == "incident_lines" and w.incidents:
        yield Reference(name, "incident", entry["incident"], ("incidents",), owner=False, depends=True)


def _at(w: World, value: Any, steps: list[str]) -> Iterator[str]:
    """What is written at the end of a route through mappings and lists, but for terms that have ended."""
    if isinstance(value, list):
        for one in value:
            yield from _at(w, one, steps)
    elif not steps:
        yield value
    elif isinstance(value, dict) and steps[0] in value:
        inner = value[steps[0]]
        if steps[0] in TERMS:
            inner = [one for one in inner if _not_ended(w, one)]
        yield from _at(w, inner, steps[1:])


def unknown(w: World) -> Iterator[Finding]:
    """A reference that names no entry of its section; placeholders in an owner's place aside."""
    for one in references(w):
        declared = any(one.target in w.corpus.entries[section] for section in one.sections)
        if not declared and not (one.owner and w.placeholder(one.target, one.sections[0])):
            yield one.entry, f"{one.place}/{one.target}"


def _gone(w: World, section: str, target: str) -> bool:
    if target not in w.corpus.entries[section]:
        return False
    if section == "roles":
        return not w.living(target)
    if section == "units":
        return w.archived(target)
    return section == "responsibilities" and not w.active(target)


def retired(w: World) -> Iterator[Finding]:
    """Depends on an abolished role, archived unit or retired responsibility."""
    for one in references(w):
        if one.depends and any(_gone(w, section, one.target) for section in one.sections):
            yield one.entry, f"{one.place}/{one.target}"


def cycle(w: World) -> Iterator[Finding]:
    """A loop of unit parents, of reports_to, of supersedes or of cites, on its smallest id that has not ended."""
    for section, field in (
        ("units", "parent"),
        ("roles", "reports_to"),
        ("directives", "supersedes"),
        ("directives", "cites"),
    ):
        entries = w.corpus.entries[section]
        edges = {one: {to for to in as_list(entry.get(field)) if to in entries} for one, entry in entries.items()}
        for loop in loops(edges):
            order = w.corpus.first(section)
            left = sorted((one for one in loop if not has_ended(w, section, one)), key=order)
            if left:
                written = min((to for to in as_list(entries[left[0]][field]) if to in loop), key=order)
                yield f"{section}/{left[0]}", f"{field}/{written}"
