"""Whose yes a change needs: who gains by it, who loses, and who is said to have agreed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from uts_policy.model.difference import (
    Approval,
    EntryChange,
    EntryKind,
    OwnerChange,
    PartChange,
    PowerChange,
    Reason,
)
from uts_policy.view.references import Sections

_SIGNERS = {
    "delegations": ("delegator", "delegate"),
    "directives": ("owner",),
    "waivers": ("approved_by",),
}
"""The fields of an entry that name who has to agree when it changes."""
_WORDS = {EntryKind.ADDED: "adds", EntryKind.REMOVED: "removes", EntryKind.CHANGED: "changes"}


def approvals(
    owners: Sequence[OwnerChange],
    parts: Sequence[PartChange],
    powers: Sequence[PowerChange],
    entries: Sequence[EntryChange],
    sections: tuple[Sections, Sections],
) -> list[Approval]:
    """The roles to ask, sorted, each with every reason once; what stands there and is no declared role is left out."""
    before, after = sections
    reasons: dict[str, dict[Reason, None]] = {}
    for role, reason in (
        *_of_owners(owners),
        *_of_parts(parts),
        *_of_powers(powers),
        *_of_entries(entries, before, after),
    ):
        if role in before["roles"] or role in after["roles"]:
            reasons.setdefault(role, {})[reason] = None
    return [_approval(role, tuple(found), before["roles"], after["roles"]) for role, found in sorted(reasons.items())]


def _approval(role: str, reasons: tuple[Reason, ...], before: Mapping[str, Any], after: Mapping[str, Any]) -> Approval:
    entry = after.get(role) or before[role]
    gone = role not in after
    return Approval(
        role=role,
        title=str(entry.get("title", "")),
        gone=gone,
        superior=str(entry.get("reports_to", "")) if gone else "",
        reasons=reasons,
    )


def _of_owners(changes: Iterable[OwnerChange]) -> Iterator[tuple[str, Reason]]:
    for each in changes:
        entry = f"responsibilities/{each.responsibility}"
        for role in sorted({*each.before} - {*each.after}):
            yield role, Reason(change="loses", what="accountable", entry=entry)
        for role in sorted({*each.after} - {*each.before}):
            yield role, Reason(change="gains", what="accountable", entry=entry)


def _of_parts(changes: Iterable[PartChange]) -> Iterator[tuple[str, Reason]]:
    for each in changes:
        if each.code != "R":  # to be told or heard needs nobody's yes
            continue
        entry = f"responsibilities/{each.responsibility}"
        for role in each.lost:
            yield role, Reason(change="loses", what="responsible", entry=entry)
        for role in each.gained:
            yield role, Reason(change="gains", what="responsible", entry=entry)


def _of_powers(changes: Iterable[PowerChange]) -> Iterator[tuple[str, Reason]]:
    words = {EntryKind.ADDED: "gains", EntryKind.REMOVED: "loses", EntryKind.CHANGED: "changes"}
    for each in changes:
        yield each.role, Reason(change=words[each.kind], what="authority", entry=f"authorities/{each.authority}")


def _of_entries(changes: Iterable[EntryChange], before: Sections, after: Sections) -> Iterator[tuple[str, Reason]]:
    for each in changes:
        named = {
            entry[field]
            for sections in (before, after)
            if (entry := sections[each.section].get(each.id)) is not None
            for field in _SIGNERS.get(each.section, ())
            if field in entry
        }
        for role in sorted(named):
            what = each.section.removesuffix("s")
            yield role, Reason(change=_WORDS[each.kind], what=what, entry=f"{each.section}/{each.id}")
