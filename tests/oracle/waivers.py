"""The rules of `waivers`; all but `expired` are silent once a waiver has expired."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.corpus import Entry
    from tests.oracle.words import Finding, World


def expired(w: World) -> Iterator[Finding]:
    """Past `expires`."""
    for waiver, entry in w.waivers.items():
        if w.waiver_expired(entry):
            yield f"waivers/{waiver}", ""


def too_long(w: World) -> Iterator[Finding]:
    """Runs more than so many days from `approved_on`."""
    days = w.parameter("waivers/too-long", "days")
    for waiver, entry in w.waivers.items():
        if not w.waiver_expired(entry) and entry["expires"] > entry["approved_on"] + days:
            yield f"waivers/{waiver}", ""


def subjects(w: World, waiver: Entry) -> set[str]:
    """The entries that a waiver names, by any of their names; `*` stands for any characters."""
    pattern = re.compile(".*".join(map(re.escape, waiver["subject"].split("*"))), re.DOTALL)
    section = waiver["subject"].partition("/")[0]
    return {
        entry
        for entry, names in w.corpus.names.items()
        if entry.partition("/")[0] == section and any(map(pattern.fullmatch, names))
    }


def _concerned(w: World, subject: str) -> tuple[set[str], set[str]]:
    """The roles and persons that the waived entry names as its own."""
    section, _, entry_id = subject.partition("/")
    entry = w.corpus.entries[section][entry_id]
    fields = ("role", "owner", "delegator", "delegate", "chair", "command")
    roles = {entry[field] for field in fields if field in entry}
    if section == "roles":
        roles.add(entry_id)
    if section == "responsibilities":
        roles |= {w.role_of(one) for one in w.standing_of(entry_id, "A")}
    persons = {entry["person"]} if "person" in entry else set()
    if section == "people":
        persons.add(entry_id)
    for role in roles:
        persons |= w.good_holders(role)
    return roles, persons


def self_approved(w: World) -> Iterator[Finding]:
    """`approved_by` is a role of a waived entry's own, or is held by the same person, or is no role."""
    for waiver, entry in w.waivers.items():
        if w.waiver_expired(entry):
            continue
        approver = entry["approved_by"]
        concerned = [_concerned(w, subject) for subject in subjects(w, entry)]
        own = any(approver in roles or w.good_holders(approver) & persons for roles, persons in concerned)
        if own or approver not in w.roles:
            yield f"waivers/{waiver}", ""
