"""Cards for re-performance by hand: the facts first, what was concluded from them last."""

import json
from collections.abc import Iterator

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number, standing
from uts_policy.model.evidence import Card, Conclusion, Sample
from uts_policy.render.common.terminal import Paint
from uts_policy.render.interface import Style
from uts_policy.render.queries.grounds import fact_lines, indented

_INDENT = "  "
_SAID = {
    Conclusion.VIOLATION: "violation",
    Conclusion.PASS: "pass: the rule found nothing here",
    Conclusion.WAIVED: "waived",
}


def render(sample: Sample, style: Style) -> str:
    """The whole text, ending in a line end."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(sample, style, Paint(style)))


def _lines(sample: Sample, style: Style, paint: Paint) -> Iterator[str]:
    yield paint.file(f"{number(len(sample.cards), 'card')} for re-performance")
    yield from indented(f"Bag: {sample.bag}", style)
    yield from indented(f"The day: {sample.as_of} (UTC). Seed {sample.seed}, size {sample.size}.", style)
    yield from indented(
        "Files are named as they lie below data/ in the bag. Read each file around the line given: the facts are where "
        "to begin, not all there is.",
        style,
    )
    yield ""
    yield "Drawn from"
    for each in sample.strata:
        yield f"{_INDENT}{each.category} {each.conclusion.value}: {each.drawn} of {each.population}"
    for position, card in enumerate(sample.cards, start=1):
        yield ""
        yield from _card(card, f"Card {position} of {len(sample.cards)}", sample, style, paint)


def _card(card: Card, name: str, sample: Sample, style: Style, paint: Paint) -> Iterator[str]:
    yield "-" * style.width
    yield f"{paint.file(name)}  {paint.rule(visible(card.rule))}  {visible(card.entry)}"
    yield from indented(f"{card.title}. {card.about}", style)
    for parameter, value in sorted(card.parameters.items()):
        yield from indented(f"The rule's `{parameter}`: {json.dumps(value, ensure_ascii=False)}", style)
    yield ""
    yield "Facts"
    for fact in card.facts:
        yield from fact_lines(fact, sample.sources, style, paint)
    if card.more:
        yield from indented(f"and {number(card.more, 'more place')}", style)
    yield ""
    yield "Concluded"
    yield from indented(_SAID[card.conclusion], style)
    for finding in card.findings:
        excuse = "" if finding.waiver is None else f" ({standing(finding.waiver)})"
        yield from indented(f"{finding.level.value}: {finding.message}{excuse}", style)
    yield ""
    yield "[ ] the same  [ ] another:"
    yield "By:                         On:"
