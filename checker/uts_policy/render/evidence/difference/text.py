"""What changed between two bags, in words. Nothing here is escaped yet."""

from collections.abc import Iterator

from uts_policy.common.words import number, standing
from uts_policy.model.difference import OwnerKind
from uts_policy.model.evidence import BagDifference, BagSide, Circumstance, RuleChange
from uts_policy.render.common import changes as difference_words
from uts_policy.render.difference.text import finding_line, owner_lines, section, wrapped
from uts_policy.render.interface import Style

_DIGEST = 12
_WHOLE_DIGEST = 64


def side(each: BagSide) -> str:
    """A bag: its file, its digest, its day, its verdict."""
    return f"{each.name} (bag {each.digest[:_DIGEST]}, as of {each.as_of}, {each.verdict})"


def circumstance(each: Circumstance, arrow: str) -> str:
    """What differs, before and after; of a digest as much as tells it from others."""
    return f"{each.what}: {_short(each.before)} {arrow} {_short(each.after)}"


def rule(each: RuleChange) -> str:
    """A rule that begins or ceases to have its say."""
    verb = "is judged now, and was not" if each.begins else "was judged, and is not now"
    return f"{each.rule} {verb}{f': {each.reason}' if each.reason else ''}"


def headline(change: BagDifference) -> str:
    """The one line for who reads no further."""
    if change.empty:
        return "nothing changed"
    counts = {
        "opened": len(change.opened),
        "closed": len(change.closed),
        "waived": len(change.waived),
        "no longer waived": len(change.uncovered),
        "no longer judged": len(change.unjudged),
    }
    told = [f"{number(count, 'finding')} {what}" for what, count in counts.items() if count]
    if change.owners is None:
        told.append("owners not compared")
    elif change.owners:
        duties = len({each.responsibility for each in change.owners})
        told.append(f"the owner of {duties} {'duty' if duties == 1 else 'duties'} changed")
    return "; ".join(told) or "no finding and no owner changed"


def _short(value: str) -> str:
    return value[:_DIGEST] if len(value) == _WHOLE_DIGEST else value


_FINDINGS = {
    "opened": "Findings opened",
    "closed": "Findings closed",
    "uncovered": "Findings that a waiver hid and hides no more",
    "unjudged": "Findings that are gone because their rule was not judged",
}


def render(change: BagDifference, style: Style) -> str:
    """The whole text, ending in a line end."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(change, style))


def _lines(change: BagDifference, style: Style) -> Iterator[str]:
    arrow = "→" if style.unicode else "->"
    yield from wrapped(f"From {side(change.before)}", style, 0)
    yield from wrapped(f"to {side(change.after)}.", style, 0)
    for notice in change.notices:
        yield from wrapped(notice, style, 0)
    circumstances = (circumstance(each, arrow) for each in change.circumstances)
    yield from section("What the check was done with", circumstances, style)
    files = (circumstance(each, arrow) for each in change.files)
    yield from section("Files of rules, schemas and configuration", files, style)
    yield from section("Rules", map(rule, change.rules), style)
    for name in ("opened", "closed"):
        yield from section(_FINDINGS[name], map(finding_line, getattr(change, name)), style)
    waived = (f"{finding_line(each)}  {standing(each.waiver)}" for each in change.waived if each.waiver is not None)
    yield from section("Findings waived", waived, style)
    for name in ("uncovered", "unjudged"):
        yield from section(_FINDINGS[name], map(finding_line, getattr(change, name)), style)
    for kind in OwnerKind:
        found = [each for each in change.owners or () if each.kind is kind]
        if found:
            duties = len({each.responsibility for each in found})
            yield ""
            yield from wrapped(f"{difference_words.HEADINGS[kind]} ({duties})", style, 0)
            yield from owner_lines(found, style)
    for heading, renames in difference_words.renames(change.renames):
        yield from section(heading, map(difference_words.rename, renames), style)
    yield ""
    same = f"; {number(change.same, 'finding')} as before" if change.same else ""
    yield from wrapped(f"{headline(change)}{same}.".capitalize(), style, 0)
