"""Changes to render, made by hand."""

from typing import Any

from tests.unit.render.reports import KNOWN, WAIVED, finding, location
from uts_policy.model.difference import (
    Approval,
    Compared,
    Difference,
    EntryChange,
    EntryKind,
    FieldChange,
    HolderChange,
    OwnerChange,
    OwnerKind,
    PartChange,
    PowerChange,
    Reason,
    Rename,
)
from uts_policy.model.rule import Level

__all__ = ["FULL", "NOTHING", "difference", "owner"]


def owner(responsibility: str = "brief", kind: OwnerKind = OwnerKind.LOST, **parts: Any) -> OwnerChange:
    parts = {
        "statement": "Brief travellers",
        "units": (),
        "vectors": (),
        "before": ("lead",),
        "after": (),
        "instead": (),
        "location": location(4, 5, "duties.yaml"),
    } | parts
    return OwnerChange(responsibility=responsibility, kind=kind, **parts)


def difference(**parts: Any) -> Difference:
    lists = (
        "owners parts holders powers entries renames opened closed known weakens approvals".split()  # noqa: SIM905 - names
    )
    parts = dict.fromkeys(lists, ()) | {"titles": {}} | parts
    return Difference(
        tool_version="0.1.0",
        as_of="2026-11-23",
        base=Compared(name="main", commit="1c683b9644b84cc36df0f7c79c0a2db58ef6ab03"),
        head=Compared(name="the work tree"),
        **parts,
    )


NOTHING = difference()
FULL = difference(
    owners=(
        owner(instead=("TBD",)),
        owner("drive", units=("field", "sea"), vectors=("travel",)),
        owner("guard", OwnerKind.MOVED, statement="Guard", after=("chief", "deputy")),
        owner("learn", OwnerKind.GAINED, statement="Learn", before=(), after=("lead",)),
        owner("pay", OwnerKind.NEW, statement="Pay", before=(), after=("lead",), units=("sea",)),
        owner("rest", OwnerKind.ENDED, statement="Rest"),
    ),
    parts=(
        PartChange(responsibility="brief", code="R", gained=("desk",), lost=("watch",)),
        PartChange(responsibility="guard", code="C", gained=("desk",), lost=()),
        PartChange(responsibility="learn", code="I", gained=(), lost=("desk",)),
    ),
    holders=(
        HolderChange(role="chief", gained=("p-2",), lost=("p-1",)),
        HolderChange(role="desk", gained=("p-3",), lost=()),
        HolderChange(role="lead", gained=(), lost=("p-4",)),
    ),
    powers=(
        PowerChange(role="chief", authority="spend", kind=EntryKind.ADDED),
        PowerChange(role="desk", authority="spend", kind=EntryKind.CHANGED),
        PowerChange(role="lead", authority="spend", kind=EntryKind.REMOVED),
    ),
    entries=(
        EntryChange(
            section="roles",
            id="chief",
            title="Chief",
            kind=EntryKind.CHANGED,
            fields=(
                FieldChange(field="holders", before=[{"person": "p-1"}], after=[{"person": "p-2"}]),
                FieldChange(field="seniority", before=None, after=50),
            ),
            location=location(3, 5),
        ),
        EntryChange(
            section="delegations", id="do-1", title="", kind=EntryKind.ADDED, fields=(), location=location(9, 5)
        ),
        EntryChange(section="people", id="p-1", title="p-1", kind=EntryKind.REMOVED, fields=(), location=None),
    ),
    renames=(Rename(section="units", before="sea", after="coast", location=location(2, 5, "units.yaml")),),
    opened=(
        finding(rule="ownership/unassigned", message='nobody is accountable for "brief"', cause="", level=Level.ERROR),
    ),
    closed=(finding(line=9, level=Level.NOTE, rule="staffing/ends-soon", message="ends soon", location=None),),
    known=(KNOWN, WAIVED),
    weakens=(
        finding(rule="change/weakens-check", level=Level.WARNING, message='a waiver is new: "own"', cause="", line=7),
    ),
    approvals=(
        Approval(
            role="chief",
            title="Chief",
            gone=False,
            superior="",
            reasons=(
                Reason(change="gains", what="accountable", entry="responsibilities/guard"),
                Reason(change="gains", what="authority", entry="authorities/spend"),
                Reason(change="adds", what="waiver", entry="waivers/own"),
            ),
        ),
        Approval(
            role="lead",
            title="Lead",
            gone=True,
            superior="chief",
            reasons=(
                Reason(change="loses", what="accountable", entry="responsibilities/brief"),
                Reason(change="loses", what="accountable", entry="responsibilities/drive"),
            ),
        ),
        Approval(role="old", title="old", gone=True, superior="", reasons=(
            Reason(change="removes", what="delegation", entry="delegations/do-2"),
        )),
    ),
    titles={"lead": "Lead", "chief": "Chief of the field", "deputy": "deputy"},
    notices=('The submodule "x" is not checked out: what it declares was read on neither side.',),
)  # fmt: skip
