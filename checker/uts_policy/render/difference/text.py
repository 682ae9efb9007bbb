"""What a change means, for a person at a terminal."""

from collections.abc import Iterable, Iterator

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number
from uts_policy.model.difference import Difference, OwnerChange, OwnerKind
from uts_policy.model.finding import Finding
from uts_policy.render.common import changes as words
from uts_policy.render.interface import Style

_INDENT = 2


def render(change: Difference, style: Style) -> str:
    """The whole text, ending in a line end."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(change, style))


def _lines(change: Difference, style: Style) -> Iterator[str]:
    yield from wrapped(words.compared(change), style, 0)
    for notice in change.notices:
        yield from wrapped(notice, style, 0)
    for kind in OwnerKind:
        found = [each for each in change.owners if each.kind is kind]
        if found:
            yield ""
            yield from wrapped(f"{words.HEADINGS[kind]} ({len({each.responsibility for each in found})})", style, 0)
            yield from owner_lines(found, style)
    for heading, renames in words.renames(change.renames):
        yield from section(heading, map(words.rename, renames), style)
    yield from section("Holders, parts and powers", words.others(change), style)
    yield from section("Entries", map(words.entry, change.entries), style)
    for title, findings in (("Findings opened", change.opened), ("Findings closed", change.closed)):
        yield from section(title, map(finding_line, findings), style)
    yield ""
    if change.weakens:
        yield f"Weakens the check: yes ({len(change.weakens)})"
        for each in change.weakens:
            yield from wrapped(finding_line(each), style, _INDENT)
    else:
        yield "Weakens the check: no"
    yield from section("Whose yes it needs", map(words.approval, change.approvals), style)
    yield ""
    known = f"; {number(len(change.known), 'finding')} known from before" if change.known else ""
    yield from wrapped(f"{words.headline(change)}{known}.".capitalize(), style, 0)


def owner_lines(found: Iterable[OwnerChange], style: Style) -> Iterator[str]:
    """Changes of owner of one kind, by responsibility."""
    arrow = "→" if style.unicode else "->"
    duty = ""
    for each in found:
        if each.responsibility != duty:
            duty = each.responsibility
            yield from wrapped(f"{duty}  {each.statement}", style, _INDENT)
        before = words.owners(each.before, each.kind, after=False)
        after = words.owners(each.after, each.kind, after=True, instead=each.instead)
        yield from wrapped(f"{words.where(each)}: {before} {arrow} {after}", style, 2 * _INDENT)
        if each.location is not None and each.kind is not OwnerKind.ENDED:
            yield from wrapped(words.place(each.location), style, 2 * _INDENT)


def section(title: str, lines: Iterable[str], style: Style) -> Iterator[str]:
    """A heading with how many there are, and a line each; nothing where there are none."""
    found = list(lines)
    if found:
        yield from ("", f"{title} ({len(found)})")
        for line in found:
            yield from wrapped(line, style, _INDENT)


def finding_line(each: Finding) -> str:
    """A finding on one line."""
    waived = "waived " if each.waiver is not None else ""
    place = f"  {words.place(each.location)}" if each.location is not None else ""
    return f"{waived}{each.level.value}  {each.rule}  {each.message}{place}"


def wrapped(text: str, style: Style, indent: int) -> Iterator[str]:
    """Text of users as lines, indented, the later ones by more."""
    for index, line in enumerate(wrap(visible(text), style.width - indent - _INDENT)):
        yield " " * (indent + (_INDENT if index else 0)) + line
