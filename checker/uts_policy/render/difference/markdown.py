"""What a change means, as the comment on a pull request: lost owners first, what was there before folded away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from uts_policy.common.sanitise import disarmed
from uts_policy.common.words import number
from uts_policy.model.difference import NOTHING_TO_TELL, Difference, OwnerChange, OwnerKind, sealed
from uts_policy.model.finding import Finding
from uts_policy.render.common import changes as words
from uts_policy.render.common.fold import Fold, fold
from uts_policy.render.common.markdown import MarkdownPart, escaped, fitted
from uts_policy.render.interface import Style

MOST = 60_000
"""Characters: GitHub refuses a comment of more than 65,536."""
_SEAL = 600
"""Room for the last line, which says that this was written here, and for what `disarmed` adds."""
_OWNERS = "| | duty | where | before | after | where to act |\n|---|---|---|---|---|---|\n"
_FINDINGS = "| level | rule | where | what | to do |\n|---|---|---|---|---|\n"


def render(change: Difference, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """Markdown of at most 60,000 characters, in which nothing that a user wrote is markup or calls somebody."""
    head = f"{NOTHING_TO_TELL}\n" if change.empty else ""
    text = head + fitted(tuple(_parts(change)), MOST - len(head) - _SEAL, size=len)
    return sealed(disarmed(text, "plain"), change.name)


def _parts(change: Difference) -> Iterator[MarkdownPart]:
    of = f" ({escaped(change.name)})" if change.name else ""
    notices = tuple(f"{escaped(each)}\n\n" for each in change.notices)
    yield MarkdownPart(head=f"## uts-policy{of}: {words.headline(change)}\n\n", lines=notices, early=True)
    if change.owners:
        yield MarkdownPart(
            head=_OWNERS, lines=tuple(_owner_row(each, change.titles) for each in change.owners), end="\n"
        )
    for heading, renames in words.renames(change.renames):
        yield _list(f"**{heading}**", (escaped(words.rename(each)) for each in renames), early=False)
    if change.weakens:
        yield _list("**Weakens the check: yes**", map(_finding_line, change.weakens))
    else:
        yield MarkdownPart(head="**Weakens the check: no**\n\n", lines=(), early=True)
    if change.approvals:
        yield _list("**Whose yes it needs**", (escaped(words.approval(each)) for each in change.approvals))
    if change.opened:
        title = f"**{number(len(change.opened), 'finding')} opened**"
        yield MarkdownPart(
            head=f"{title}\n\n{_FINDINGS}", lines=tuple(map(_finding_row, fold(change.opened))), end="\n"
        )
    yield from _folded_parts(change)
    yield MarkdownPart(head=f"{escaped(words.compared(change))}\n", lines=(), early=True)


def _folded_parts(change: Difference) -> Iterator[MarkdownPart]:
    others = [escaped(each) for each in (*words.others(change), *map(words.entry, change.entries))]
    if others:
        yield _folded(f"{number(len(others), 'other change')}", "", [f"- {each}\n" for each in others])
    if change.closed:
        lines = [f"- {_finding_line(each)}\n" for each in change.closed]
        yield _folded(f"{number(len(change.closed), 'finding')} closed", "", lines)
    if change.known:
        rows = [_finding_row(each) for each in fold(change.known)]
        yield _folded(f"{number(len(change.known), 'finding')} known from before", _FINDINGS, rows)


def _list(title: str, lines: Iterable[str], *, early: bool = True) -> MarkdownPart:
    return MarkdownPart(head=f"{title}\n\n", lines=tuple(f"- {line}\n" for line in lines), end="\n", early=early)


def _folded(title: str, head: str, lines: Sequence[str]) -> MarkdownPart:
    opening = f"<details><summary>{title}</summary>\n\n{head}"
    return MarkdownPart(head=opening, lines=tuple(lines), end="\n</details>\n\n")


def _owner_row(each: OwnerChange, titles: Mapping[str, str]) -> str:
    before = words.owners(words.titled(each.before, titles), each.kind, after=False)
    after = words.owners(words.titled(each.after, titles), each.kind, after=True, instead=each.instead)
    gone = each.kind is OwnerKind.LOST or (each.kind is OwnerKind.NEW and not each.after)
    cells = (
        escaped(f"{each.responsibility}: {each.statement}"),
        escaped(words.where(each)),
        escaped(before),
        f"**{escaped(after)}**" if gone else escaped(after),
        escaped(words.place(each.location)),
    )
    return f"| {each.kind.value} | {' | '.join(cells)} |\n"


def _finding_row(group: Fold) -> str:
    finding = group.first
    more = f" ({number(len(group.others), 'more place')})" if group.others else ""
    waived = "waived " if finding.waiver is not None else ""
    where = words.place(finding.location) or finding.entry
    cells = (f"{waived}{finding.level.value}", finding.rule, where + more, finding.message, finding.remediation)
    return f"| {' | '.join(map(escaped, cells))} |\n"


def _finding_line(finding: Finding) -> str:
    place = words.place(finding.location)
    return escaped(f"{finding.rule}: {finding.message}{f' ({place})' if place else ''}")
