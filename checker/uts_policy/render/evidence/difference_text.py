"""What changed between two bags, for a person at a terminal."""

from collections.abc import Iterator

from uts_policy.common.words import number, standing
from uts_policy.model.difference import OwnerKind
from uts_policy.model.evidence import BagDifference
from uts_policy.render import bags_words as words
from uts_policy.render.difference import words as difference_words
from uts_policy.render.difference.text import finding_line, owner_lines, section, wrapped
from uts_policy.render.interface import Style

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
    yield from wrapped(f"From {words.side(change.before)}", style, 0)
    yield from wrapped(f"to {words.side(change.after)}.", style, 0)
    for notice in change.notices:
        yield from wrapped(notice, style, 0)
    circumstances = (words.circumstance(each, arrow) for each in change.circumstances)
    yield from section("What the check was done with", circumstances, style)
    files = (words.circumstance(each, arrow) for each in change.files)
    yield from section("Files of rules, schemas and configuration", files, style)
    yield from section("Rules", map(words.rule, change.rules), style)
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
    yield from section("Most likely renamed", map(difference_words.rename, change.renames), style)
    yield ""
    same = f"; {number(change.same, 'finding')} as before" if change.same else ""
    yield from wrapped(f"{words.headline(change)}{same}.".capitalize(), style, 0)
