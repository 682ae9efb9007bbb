"""Cards for re-performance by hand, as Markdown to print or to fill in. Nothing that a user wrote is markup in it."""

import json
from collections.abc import Iterator

from uts_policy.common.words import number, standing
from uts_policy.model.evidence import Card, Sample
from uts_policy.model.place import Location
from uts_policy.render.common.markdown import escaped
from uts_policy.render.interface import Style


def render(sample: Sample, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The whole text, ending in a line end."""
    return "".join(f"{line}\n" for line in _lines(sample))


def _lines(sample: Sample) -> Iterator[str]:
    yield f"# {number(len(sample.cards), 'card')} for re-performance"
    yield ""
    yield f"Bag `{sample.bag}`, as of {sample.as_of} (UTC), seed {sample.seed}, size {sample.size}. Files are named as"
    yield "they lie below `data/` in the bag. The facts are where to begin, not all there is."
    yield ""
    yield "| category | conclusion | drawn | of |"
    yield "|---|---|---|---|"
    for each in sample.strata:
        yield f"| {escaped(each.category)} | {each.conclusion.value} | {each.drawn} | {each.population} |"
    for position, card in enumerate(sample.cards, start=1):
        yield ""
        yield from _card(card, f"Card {position} of {len(sample.cards)}")


def _card(card: Card, name: str) -> Iterator[str]:
    yield f"## {name}: {escaped(card.rule)}, {escaped(card.entry)}"
    yield ""
    yield f"{escaped(card.title)}. {escaped(card.about)}"
    for parameter, value in sorted(card.parameters.items()):
        yield f"\nThe rule's {escaped(parameter)}: {escaped(json.dumps(value, ensure_ascii=False))}"
    yield ""
    yield "| fact | where |"
    yield "|---|---|"
    for fact in card.facts:
        words = f"{fact.entry}: {fact.why}" if fact.entry else fact.why
        yield f"| {escaped(words)} | {escaped(_place(fact.location))} |"
    if card.more:
        yield f"| and {number(card.more, 'more place')} | |"
    yield ""
    yield f"Concluded: **{card.conclusion.value}**"
    yield ""
    for finding in card.findings:
        excuse = "" if finding.waiver is None else f" ({standing(finding.waiver)})"
        yield f"- {finding.level.value}: {escaped(f'{finding.message}{excuse}')}"
    if card.findings:
        yield ""
    yield "- [ ] the same"
    yield "- [ ] another:"
    yield ""
    yield "By: ____________________ On: ____________________"


def _place(location: Location | None) -> str:
    return "" if location is None else f"{location.file}:{location.span.line}"
