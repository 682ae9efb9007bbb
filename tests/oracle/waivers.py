"""The rules of `waivers`; all but `expired` are silent once a waiver has expired."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def _concerned(w: World, subject: str) -> tuple[set[str], set[str]]:
    """The roles and persons that the waived entry names as its own."""
    section, _, entry_id = subject.partition("/")
    entry = w.corpus.entries.get(section, {}).get(entry_id)
    if entry is None:
        return set(), set()
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
    """`approved_by` is a role of the waived entry's own, or is held by the same person, or is no role."""
    for waiver, entry in w.waivers.items():
        if w.waiver_expired(entry):
            continue
        approver = entry["approved_by"]
        roles, persons = _concerned(w, entry["subject"])
        if approver not in w.roles or approver in roles or w.good_holders(approver) & persons:
            yield f"waivers/{waiver}", ""
