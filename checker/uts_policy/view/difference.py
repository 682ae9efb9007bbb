"""What a change means: two judged corpora, laid over each other once likely renames are known."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uts_policy.common.former_names import EntriesBySection, entries_of, first_named
from uts_policy.common.renaming import References, Renames, Renaming
from uts_policy.common.tabulation import Piece
from uts_policy.model.corpus import Corpus
from uts_policy.model.difference import Compared, Difference, OwnerChange, OwnerKind, Rename
from uts_policy.model.finding import Finding
from uts_policy.view.changes import approvals, entry_changes, holder_changes, part_changes, power_changes
from uts_policy.view.owners import Shift, Shifts, space_of
from uts_policy.view.renames import find_renames

VIEW = "owners"
"""The view that is asked of each corpus."""
WEAKENS = "change/weakens-check"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSide:
    """One side: its name, its corpus, what the view answered, and what the rules found."""

    compared: Compared
    corpus: Corpus
    answer: Mapping[str, Any]
    findings: tuple[Finding, ...]


def difference(  # noqa: PLR0913 - two sides, and what is said of both
    base: JudgedSide,
    head: JudgedSide,
    *,
    tool_version: str,
    notices: tuple[str, ...] = (),
    moves: Renames | None = None,
    replaced: Collection[str] = (),
    grown: Collection[str] = (),
) -> Difference:
    """Everything that differs. Both sides are of one day.

    `moves` are the renames that the head records; those of other entries are guessed.
    `replaced` are entries whose id stands for something else in the head: findings on them are not the base's. `grown`
    are the identities of findings that concern more than at the base: they are opened too.
    """
    recorded = moves or {}
    after = entries_of(head.corpus.data)
    guessed = find_renames(Renaming(recorded, entries_of(base.corpus.data)).entries(), after, References())
    renames = {each: {**recorded.get(each, {}), **guessed.get(each, {})} for each in (*recorded, *guessed)}
    swap = _SideSwap(renames, entries_of(base.corpus.data))
    before = swap.entries()
    old, new = swap.answer(base.answer), head.answer
    owners = _owner_changes(before, after, (old, new), (base.corpus, head.corpus), swap)
    parts = part_changes(old["owners"], new["owners"])
    told = {("A", each.responsibility) for each in owners} | {(each.code, each.responsibility) for each in parts}
    entries = [
        each
        for each in entry_changes(before, after, (base.corpus, head.corpus), renames)
        if each.section != "assignments" or each.fields or _duty(each.id, before, after) not in told
    ]
    powers = power_changes(swap.grants(base.corpus.data["links"]["grants"]), head.corpus.data["links"]["grants"])
    opened, closed, known = _findings(base.findings, head, swap, (replaced, grown))
    return Difference(
        tool_version=tool_version,
        as_of=head.corpus.data["as_of"],
        base=base.compared,
        head=head.compared,
        owners=tuple(owners),
        parts=tuple(parts),
        holders=tuple(holder_changes(old["holders"], new["holders"])),
        powers=tuple(powers),
        entries=tuple(entries),
        renames=tuple(
            Rename(
                section=section,
                before=one,
                after=two,
                location=head.corpus.locate((section, two)),
                recorded=recorded.get(section, {}).get(one) == two,
            )
            for section, pairs in renames.items()
            for one, two in sorted(pairs.items())
        ),
        opened=tuple(each for each in opened if each.rule != WEAKENS),
        closed=tuple(closed),
        known=tuple(known),
        weakens=tuple(each for each in head.findings if each.rule == WEAKENS),
        approvals=tuple(approvals(owners, parts, powers, entries, (before, after))),
        titles={
            id_: str(entry["title"]) for roles in (before["roles"], after["roles"]) for id_, entry in roles.items()
        },
        notices=notices,
    )


class _SideSwap(Renaming):
    """Puts new ids for old ones into what hangs on the base."""

    def __init__(self, renames: Renames, sections: EntriesBySection) -> None:
        super().__init__(renames, sections)
        self._old_duties = {new: old for old, new in renames.get("responsibilities", {}).items()}

    def ids(self, section: str, ids: Iterable[str]) -> list[str]:
        """The same of several, sorted."""
        return sorted(self.id(section, each) for each in ids)

    def old_duty(self, duty: str) -> str:
        """The id that a responsibility had in the base."""
        return self._old_duties.get(duty, duty)

    def answer(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The engine's answer about the base."""
        if not self.renames:
            return answer
        return {
            "owners": {
                self.id("responsibilities", duty): {
                    code: [
                        {
                            "units": self.ids("units", piece["units"]),
                            "vectors": self.ids("vectors", piece["vectors"]),
                            "roles": self.ids("roles", piece["roles"]),
                        }
                        for piece in pieces
                    ]
                    for code, pieces in codes.items()
                }
                for duty, codes in answer["owners"].items()
            },
            "unsound": {self.id("responsibilities", duty): pieces for duty, pieces in answer["unsound"].items()},
            "holders": {
                self.id("roles", role): self.ids("people", persons) for role, persons in answer["holders"].items()
            },
        }

    def grants(self, grants: Mapping[str, Any]) -> Mapping[str, Any]:
        """`links.grants` of the base."""
        if not self.renames:
            return grants
        return {
            self.id("roles", role): {
                self.id("authorities", authority): [
                    {**each, **{part: self.ids(part, each[part]) for part in ("units", "vectors") if part in each}}
                    for each in every
                ]
                for authority, every in authorities.items()
            }
            for role, authorities in grants.items()
        }

    def identity(self, finding: Finding, head: Corpus) -> tuple[str, str, str]:
        """Rule, entry and key of a finding of the base, by the ids of the head; `head` knows first names."""
        return finding.rule, self.entry(finding.entry), first_named(head.data, "", self.key(finding.key))[1]


def _owner_changes(
    before: EntriesBySection,
    after: EntriesBySection,
    answers: tuple[Mapping[str, Any], Mapping[str, Any]],
    corpora: tuple[Corpus, Corpus],
    swap: _SideSwap,
) -> list[OwnerChange]:
    shifts = Shifts(space_of(before), space_of(after))
    old, new = answers[0]["owners"], answers[1]["owners"]
    found = []
    for duty in sorted(old.keys() | new.keys()):
        for shift in shifts.of(old.get(duty, {}).get("A", ()), new.get(duty, {}).get("A", ())):
            entry = after["responsibilities"].get(duty) or before["responsibilities"][duty]
            place = corpora[1].locate(("responsibilities", duty))
            found.append(
                OwnerChange(
                    responsibility=duty,
                    statement=str(entry["statement"]),
                    kind=shift.kind,
                    units=shift.units,
                    vectors=shift.vectors,
                    before=shift.before,
                    after=shift.after,
                    instead=_instead(shift, answers[1]["unsound"].get(duty, ())),
                    location=place or corpora[0].locate(("responsibilities", swap.old_duty(duty))),
                )
            )
    order = list(OwnerKind)
    return sorted(found, key=lambda each: (order.index(each.kind), each.responsibility, each.units, each.vectors))


def _instead(shift: Shift, unsound: Iterable[Piece]) -> tuple[str, ...]:
    """The words that stand in the place of a role, where nobody is accountable any more."""
    words = {word for piece in unsound for word in piece["roles"]}
    return () if shift.after or shift.kind is OwnerKind.ENDED else tuple(sorted(words))


def _duty(assignment: str, before: EntriesBySection, after: EntriesBySection) -> tuple[str, str]:
    entry = after["assignments"].get(assignment) or before["assignments"][assignment]
    return entry["code"], entry["responsibility"]


def _findings(
    base: Sequence[Finding], head: JudgedSide, swap: _SideSwap, new: tuple[Collection[str], Collection[str]]
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Those that only the head has, those that only the base has, and those of the head that both have.

    One that a waiver hides in the base only is opened as well: the change has uncovered it. So is one on an entry that
    is replaced, and that of the base is closed, and one that has grown. `new` are these entries and identities.
    """
    replaced, grown = new
    before = {swap.identity(each, head.corpus): each for each in base}
    after: set[tuple[str, str, str]] = set()
    opened: list[Finding] = []
    known: list[Finding] = []
    for each in head.findings:
        identity = each.rule, each.entry, first_named(head.corpus.data, "", each.key)[1]
        there = before.get(identity)
        if each.entry not in replaced:
            after.add(identity)
        uncovered = there is not None and there.waiver is not None and each.waiver is None
        is_new = there is None or uncovered or each.entry in replaced or each.identity in grown
        (opened if is_new else known).append(each)
    return opened, [each for each in base if swap.identity(each, head.corpus) not in after], known
