"""One finding with every fact that it rests on, for a person."""

import json
from collections.abc import Iterator, Mapping

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number, standing
from uts_policy.model.answers import Fact, Grounds
from uts_policy.model.document import Source
from uts_policy.render.common.terminal import Paint, beside, excerpt, split_lines
from uts_policy.render.interface import Style

_INDENT = "  "
_GUTTER = 9
MOST = 10
"""How many facts a person is shown, the nearest ones."""


def as_text(grounds: Grounds, style: Style) -> str:
    """What was found, what was written that makes it so, each with its line, and what to do."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(grounds, style, Paint(style)))


def _lines(grounds: Grounds, style: Style, paint: Paint) -> Iterator[str]:
    finding = grounds.finding
    yield f"{paint.file(finding.identity)}  {paint.level(finding.level, finding)}  {paint.rule(visible(finding.rule))}"
    yield from wrap(visible(grounds.title), style.width)
    yield ""
    yield from indented(f"{finding.message}.", style)
    yield ""
    yield paint.file("What it rests on")
    for fact in grounds.facts[:MOST]:
        yield from fact_lines(fact, grounds.sources, style, paint)
    left = len(grounds.facts) - MOST
    if left > 0:
        yield from indented(f"({number(left, 'more place')}; --format json has them all)", style)
    yield from indented(f"The day: {grounds.as_of} (UTC)", style)
    for name, value in sorted(grounds.parameters.items()):
        yield from indented(f"The rule's `{name}`: {json.dumps(value, ensure_ascii=False)}", style)
    if finding.key:
        yield from indented(f"Its key, which a waiver can name: {finding.key}", style)
    if finding.waiver is not None:
        yield from ("", paint.file("Why it has no effect"))
        yield from indented(standing(finding.waiver), style)
    yield ""
    yield paint.file("What to do")
    yield from indented(finding.remediation, style)


def fact_lines(fact: Fact, sources: Mapping[str, Source], style: Style, paint: Paint) -> Iterator[str]:
    """A fact with its place, and the line that is written there."""
    place = fact.location
    where = None if place is None else {"file": place.file, "line": place.span.line}
    words = f"{fact.entry}: {fact.why}" if fact.entry else fact.why
    yield from beside(words, where, style, lead=_INDENT)
    source = None if place is None else sources.get(place.file)
    if place is None or source is None:
        return
    found = excerpt(split_lines(source), place.span, style.width - _GUTTER, paint.ellipsis)
    if found is not None:
        yield paint.gutter(str(found.number)) + found.text


def indented(text: str, style: Style) -> Iterator[str]:
    """Text of users as indented lines."""
    for line in wrap(visible(" ".join(text.split())), style.width - len(_INDENT)):
        yield _INDENT + line
