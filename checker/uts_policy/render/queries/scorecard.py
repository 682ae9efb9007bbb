"""A scorecard as text, as Markdown and as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import counted, number
from uts_policy.model.answers import Scorecard, ScorecardStanding, Tile
from uts_policy.model.finding import Finding
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/scorecard/1"
SHOWN = 5
"""How many findings and owners a question shows before it counts the rest."""

_MARKS = {ScorecardStanding.MET: "1;32", ScorecardStanding.NOT_MET: "1;31", ScorecardStanding.NOT_ASSESSED: "1;33"}
_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>|#"} | {"@": "&#64;", "&": "&amp;"})


def as_text(card: Scorecard, style: Style) -> str:
    """For a terminal: each question, how it stands, who owns what, and what was found."""
    lines = [*wrap(visible(card.title), style.width), ""]
    for tile in card.tiles:
        word = f"{tile.standing.value:<12}"
        shown = f"\x1b[{_MARKS[tile.standing]}m{word}\x1b[0m" if style.color else word
        first, *rest = wrap(visible(tile.question.question), style.width - len(word) - 2)
        lines += [f"{shown}  {first}", *(f"{'':14}{line}" for line in rest)]
        for text in _details(tile):
            lines += [f"{'':14}{line}" for line in wrap(visible(text), style.width - 14)]
        lines.append("")
    return "\n".join((*lines, f"{_counts(card)} As of {card.as_of} (UTC).", ""))


def as_markdown(card: Scorecard, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """One table, and below it what was found; nothing in it calls somebody."""
    lines = [f"## {_safe(card.title)}", "", "| question | | members | owners |", "| --- | --- | --- | --- |"]
    for tile in card.tiles:
        cells = (
            tile.question.question,
            tile.standing.value,
            f"{tile.met} of {tile.of} met{not_stated(tile)}",
            _owners(tile),
        )
        lines.append(f"| {' | '.join(map(_safe, cells))} |")
    for tile in card.tiles:
        details = [*tile.reasons, *map(_line, tile.findings), *(f"waived: {_line(each)}" for each in tile.waived)]
        if details:
            lines += ["", f"### {_safe(tile.question.question)}", "", *(f"- {_safe(each)}" for each in details)]
    return "\n".join((*lines, "", f"{_counts(card)} As of {card.as_of} (UTC).", ""))


def as_json(card: Scorecard, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """For programs; keys as docs/guide/scorecard.md lists them."""
    data = {
        "schema": SCHEMA,
        "tool": {"name": "uts-policy", "version": card.tool_version},
        "as_of": card.as_of,
        "title": card.title,
        "questions": [_tile(tile) for tile in card.tiles],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _details(tile: Tile) -> Iterator[str]:
    yield f"{tile.met} of {counted(tile.of, tile.question.population)} met{not_stated(tile)}"
    owners = _owners(tile)
    if owners:
        yield f"owners: {owners}"
    for reason in tile.reasons[:SHOWN]:
        yield f"- {reason}"
    for finding in tile.findings[:SHOWN]:
        yield f"- {_line(finding)}"
    more = max(0, len(tile.findings) - SHOWN) + max(0, len(tile.reasons) - SHOWN)
    if more:
        yield f"- and {more} more; --format json lists them all"
    if tile.waived:
        yield f"{number(len(tile.waived), 'finding')} waived"


def _owners(tile: Tile) -> str:
    """Whoever has something lacking, with how much is met; where nobody has, everyone."""
    chosen = [each for each in tile.owners if each.met < each.of] or list(tile.owners)
    shown = [f"{each.role or 'nobody'} ({each.met} of {each.of})" for each in chosen[:SHOWN]]
    rest = len(chosen) - len(shown)
    return ", ".join((*shown, f"{rest} more") if rest else shown)


def _line(finding: Finding) -> str:
    place = finding.location
    where = f"{place.file}:{place.span.line}: " if place else ""
    return f"{where}{finding.message} ({finding.rule})"


def _counts(card: Scorecard) -> str:
    counted = ((sum(tile.standing is each for tile in card.tiles), each.value) for each in ScorecardStanding)
    return ", ".join(f"{count} {word}" for count, word in counted) + "."


def not_stated(tile: Tile) -> str:
    """`, 2 not stated`, where a rule could not judge so many; else nothing."""
    return f", {tile.not_stated} not stated" if tile.not_stated else ""


def _safe(text: str) -> str:
    return visible(text).translate(_ESCAPED)


def _tile(tile: Tile) -> dict[str, Any]:
    question = tile.question
    return {
        "id": question.id,
        "question": question.question,
        "source": question.source,
        "standing": tile.standing.value,
        "population": question.population,
        "numerator": tile.met,
        "denominator": tile.of,
        "not_stated": tile.not_stated,
        "lacking": list(tile.lacking),
        "owners": [{"role": each.role or None, "numerator": each.met, "denominator": each.of} for each in tile.owners],
        "findings": [_finding(each) for each in tile.findings],
        "waived": [_finding(each) for each in tile.waived],
        "reasons": list(tile.reasons),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "id": finding.identity,
        "rule": finding.rule,
        "level": finding.level.value,
        "message": finding.message,
        "entry": finding.entry,
        "location": None
        if place is None
        else {"file": place.file, "line": place.span.line, "column": place.span.column},
        "waiver": None if finding.waiver is None else finding.waiver.id,
    }


def as_html(card: Scorecard, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """A page like the report's. The same scorecard gives the same bytes."""
    from uts_policy.render.queries.scorecard_html import page  # noqa: PLC0415 - the other formats need no templates

    return page(card)
