"""Whose yes a change needs: who gains by it, who loses, and who is said to have agreed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from uts_policy.common.fields import label
from uts_policy.common.former_names import EntriesBySection
from uts_policy.common.renaming import Renames
from uts_policy.model.corpus import Corpus
from uts_policy.model.difference import (
    Approval,
    EntryChange,
    EntryKind,
    FieldChange,
    HolderChange,
    OwnerChange,
    PartChange,
    PowerChange,
    Reason,
)

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
    sections: tuple[EntriesBySection, EntriesBySection],
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


def _of_entries(
    changes: Iterable[EntryChange], before: EntriesBySection, after: EntriesBySection
) -> Iterator[tuple[str, Reason]]:
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


_DERIVED = frozenset({"id", "path"})
_OTHER_PARTS = ("R", "S", "C", "I")


def entry_changes(
    before: EntriesBySection, after: EntriesBySection, corpora: tuple[Corpus, Corpus], renames: Renames
) -> list[EntryChange]:
    """Every entry that is new, gone or says something else; `before` has the renamed ids already.

    What `moved` records shows in the renames.
    """
    # An assignment without a scope of its own has its duty's: that it changes is told of the duty.
    own_scopes = {id_ for corpus in corpora for id_ in corpus.data["links"]["own_scope"]}
    old_names = {section: {new: old for old, new in pairs.items()} for section, pairs in renames.items()}
    found = []
    for section in (each for each in after if each != "moved"):
        old, new = before[section], after[section]
        for id_ in sorted(old.keys() | new.keys()):
            one, two = old.get(id_), new.get(id_)
            if one == two:
                continue
            inherited = section == "assignments" and id_ not in own_scopes
            fields = tuple(_fields(one, two, inherited)) if one is not None and two is not None else ()
            if one is not None and two is not None and not fields:
                continue
            if two is None:
                kind, place = EntryKind.REMOVED, corpora[0].locate((section, old_names.get(section, {}).get(id_, id_)))
            elif one is None:
                kind, place = EntryKind.ADDED, corpora[1].locate((section, id_))
            else:
                kind, place = EntryKind.CHANGED, corpora[1].locate((section, id_, fields[0].field))
            title = (two or one or {}).get(label(section), "")
            found.append(
                EntryChange(section=section, id=id_, title=str(title), kind=kind, fields=fields, location=place)
            )
    return found


def holder_changes(before: Mapping[str, Collection[str]], after: Mapping[str, Collection[str]]) -> list[HolderChange]:
    """Who comes to hold a living role, and who no longer does."""
    found = []
    for role in sorted(before.keys() | after.keys()):
        one, two = set(before.get(role, ())), set(after.get(role, ()))
        if one != two:
            found.append(HolderChange(role=role, gained=tuple(sorted(two - one)), lost=tuple(sorted(one - two))))
    return found


def power_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[PowerChange]:
    """Which role gains, loses or has otherwise which authority: `links.grants` of both corpora."""
    found = []
    for role in sorted(before.keys() | after.keys()):
        one, two = before.get(role, {}), after.get(role, {})
        for authority in sorted(one.keys() | two.keys()):
            old, new = _reach(one.get(authority, ())), _reach(two.get(authority, ()))
            if old != new:
                kind = EntryKind.ADDED if not old else EntryKind.REMOVED if not new else EntryKind.CHANGED
                found.append(PowerChange(role=role, authority=authority, kind=kind))
    return found


def part_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[PartChange]:
    """Roles that take or give up another part than answering: in a duty that comes or goes, all who have one."""
    found = []
    for duty in sorted(before.keys() | after.keys()):
        for code in _OTHER_PARTS:
            one, two = (_roles(side.get(duty, {}).get(code, ())) for side in (before, after))
            if one != two:
                gained, lost = tuple(sorted(two - one)), tuple(sorted(one - two))
                found.append(PartChange(responsibility=duty, code=code, gained=gained, lost=lost))
    return found


def _fields(before: Mapping[str, Any], after: Mapping[str, Any], inherited: bool) -> Iterator[FieldChange]:  # noqa: FBT001 - whether it has a scope of its own
    ignored = _DERIVED | {"scope"} if inherited else _DERIVED
    for field in sorted((before.keys() | after.keys()) - ignored):
        if before.get(field) != after.get(field):
            yield FieldChange(field=field, before=before.get(field), after=after.get(field))


def _reach(grants: Collection[Mapping[str, Any]]) -> frozenset[tuple[Any, ...]]:
    """Where and when grants give an authority, whichever way they come."""
    return frozenset(
        (
            None if grant.get("units") is None else tuple(sorted(grant["units"])),
            None if grant.get("vectors") is None else tuple(sorted(grant["vectors"])),
            grant["from"],
            grant["to"],
        )
        for grant in grants
    )


def _roles(pieces: Collection[Mapping[str, Any]]) -> set[str]:
    return {role for piece in pieces for role in piece["roles"]}
