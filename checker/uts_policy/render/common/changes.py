"""What a change means, in words that text and Markdown share. Nothing here is escaped yet."""

from collections.abc import Iterator, Mapping, Sequence

from uts_policy.common.words import number
from uts_policy.model.difference import (
    Approval,
    Compared,
    Difference,
    EntryChange,
    EntryKind,
    OwnerChange,
    OwnerKind,
    PowerChange,
    Rename,
)
from uts_policy.model.matrix import CODE_NAMES
from uts_policy.model.place import Location

NOBODY = "nobody"
HEADINGS = {
    OwnerKind.LOST: "Lost their owner",
    OwnerKind.MOVED: "Have another owner",
    OwnerKind.GAINED: "Got an owner",
    OwnerKind.NEW: "New duties, or new places of a duty",
    OwnerKind.ENDED: "Ended duties, or places that a duty has no more",
}
_SIGNS = {EntryKind.ADDED: "+", EntryKind.REMOVED: "-", EntryKind.CHANGED: "~"}
_POWER = {EntryKind.ADDED: "gains", EntryKind.REMOVED: "loses", EntryKind.CHANGED: "has elsewhere or for another term"}
_REASONS = {
    ("gains", "accountable"): "gains accountability for {}",
    ("loses", "accountable"): "loses accountability for {}",
    ("gains", "responsible"): "gains the work on {}",
    ("loses", "responsible"): "loses the work on {}",
    ("gains", "authority"): "gains the authority {}",
    ("loses", "authority"): "loses the authority {}",
    ("changes", "authority"): "has the authority {} elsewhere or for another term",
    ("adds", "delegation"): "is a party to the new delegation {}",
    ("removes", "delegation"): "was a party to the delegation {}, which is gone",
    ("changes", "delegation"): "is a party to the delegation {}, which changes",
    ("adds", "directive"): "owns the new directive {}",
    ("removes", "directive"): "owned the directive {}, which is gone",
    ("changes", "directive"): "owns the directive {}, which changes",
    ("adds", "waiver"): "is said to approve the new waiver {}",
    ("removes", "waiver"): "was said to approve the waiver {}, which is gone",
    ("changes", "waiver"): "is said to approve the waiver {}, which changes",
}
_COMMIT = 12
_LONG = 200
_SHOWN = 20
"""How many ids or reasons of one list are shown; the rest are counted."""


def compared(change: Difference) -> str:
    """What was compared with what, and for which day."""
    base, head = map(_side, (change.base, change.head))
    return f"From {base} to {head}, as of {change.as_of} (UTC)."


def _side(side: Compared) -> str:
    commit = side.commit[:_COMMIT]
    return f"{side.name} ({commit})" if commit and not side.name.startswith(commit) else side.name[:_LONG]


def where(change: OwnerChange) -> str:
    """The places of a change of owner."""
    units = listed(change.units) if change.units else ""
    vectors = f"for {listed(change.vectors)}" if change.vectors else ""
    return " ".join(part for part in (units, vectors) if part) or "everywhere"


def titled(roles: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    """Role ids, each with its title where that says more."""
    return [f"{role} ({titles[role]})" if titles.get(role, role) != role else role for role in roles]


def owners(roles: Sequence[str], kind: OwnerKind, *, after: bool, instead: Sequence[str] = ()) -> str:
    """Who answers, or that nobody does and what stands there instead."""
    if roles:
        return listed(roles)
    if kind is (OwnerKind.ENDED if after else OwnerKind.NEW):
        return "no such duty there"
    words = listed([f'"{word}"' for word in instead])
    return f"{NOBODY}, for {words} is no role in office" if instead else NOBODY


def listed(items: Sequence[str]) -> str:
    """Items with commas, the first twenty."""
    shown = ", ".join(items[:_SHOWN])
    return shown if len(items) <= _SHOWN else f"{shown} and {len(items) - _SHOWN} more"


def renames(every: Sequence[Rename]) -> Iterator[tuple[str, Sequence[Rename]]]:
    """The renames that are recorded, and those that are likely, each under its heading; none that is empty."""
    for heading, recorded in (("Renamed", True), ("Most likely renamed", False)):
        found = [each for each in every if each.recorded is recorded]
        if found:
            yield heading, found


def rename(each: Rename) -> str:
    """One rename."""
    return f"{each.section}: {each.before} is now {each.after}"


def entry(each: EntryChange) -> str:
    """An entry that is new, gone or changed, with the fields that are."""
    title = f" ({each.title})" if each.title else ""
    fields = f": {listed([field.field for field in each.fields])}" if each.fields else ""
    return f"{_SIGNS[each.kind]} {each.section}/{each.id}{title}{fields}"


def power(each: PowerChange) -> str:
    """What becomes of a role's authority."""
    return f"{each.role} {_POWER[each.kind]}: {each.authority}"


def others(change: Difference) -> Iterator[str]:
    """Holders, parts in a duty and powers, a line each."""
    for holder in change.holders:
        yield f"{holder.role}: {_came_and_went('held by', holder.gained, holder.lost)}"
    for part in change.parts:
        yield f"{part.responsibility}: {_came_and_went(CODE_NAMES[part.code], part.gained, part.lost)}"
    for each in change.powers:
        yield power(each)


def approval(each: Approval) -> str:
    """A role to be asked, and what happens to it."""
    by_change: dict[tuple[str, str], list[str]] = {}
    for reason in each.reasons:
        by_change.setdefault((reason.change, reason.what), []).append(reason.entry.partition("/")[2])
    reasons = "; ".join(_REASONS[words].format(listed(ids)) for words, ids in by_change.items())
    return f"{each.role}{_title(each)}: {reasons}"


def _title(each: Approval) -> str:
    known = [each.title] if each.title and each.title != each.role else []
    if each.gone:
        known.append(f"gone; ask {each.superior}" if each.superior else "gone")
    return f" ({', '.join(known)})" if known else ""


def place(location: Location | None) -> str:
    """File, line and column."""
    return "" if location is None else f"{location.file}:{location.span.line}:{location.span.column}"


def headline(change: Difference) -> str:
    """The one line for who reads no further."""
    if change.empty:
        return "nothing changes"
    counted = {kind: len({each.responsibility for each in change.owners if each.kind is kind}) for kind in OwnerKind}
    words = [
        f"{_duties(counted[OwnerKind.LOST])} {_s(counted[OwnerKind.LOST], 'loses its', 'lose their')} owner",
        f"{_duties(counted[OwnerKind.MOVED])} {_s(counted[OwnerKind.MOVED], 'has', 'have')} another owner",
        f"{_duties(counted[OwnerKind.GAINED])} {_s(counted[OwnerKind.GAINED], 'gets', 'get')} an owner",
        f"{_duties(counted[OwnerKind.NEW])} {_s(counted[OwnerKind.NEW], 'is', 'are')} new",
        f"{_duties(counted[OwnerKind.ENDED])} {_s(counted[OwnerKind.ENDED], 'ends', 'end')}",
    ]
    told = [words_ for words_, count in zip(words, counted.values(), strict=True) if count]
    if change.weakens:
        told.append("the check is weakened")
    if change.opened:
        told.append(f"{number(len(change.opened), 'finding')} opened")
    return "; ".join(told) or "no duty changes its owner"


def _duties(count: int) -> str:
    return "1 duty" if count == 1 else f"{count} duties"


def _s(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _came_and_went(what: str, gained: Sequence[str], lost: Sequence[str]) -> str:
    if gained and lost:
        return (
            f"{what} {listed(gained)}, no longer by {listed(lost)}"
            if what == "held by"
            else (f"{listed(gained)} {what}, no longer {listed(lost)}")
        )
    if what == "held by":
        return f"now also held by {listed(gained)}" if gained else f"no longer held by {listed(lost)}"
    if gained:
        return f"{listed(gained)} now {what}"
    if lost:
        return f"{listed(lost)} no longer {what}"
    return f"{what} in other places"
