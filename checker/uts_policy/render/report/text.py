"""The report for a person at a terminal: grouped by file, folded by cause, one line of counts at the end."""

import re
from collections.abc import Iterator

from uts_policy.common.sanitise import visible, width, wrap
from uts_policy.common.words import number, standing
from uts_policy.model.finding import Finding, Status
from uts_policy.model.place import Location
from uts_policy.model.report import Report
from uts_policy.model.rule import from_loader
from uts_policy.render.common.fold import Fold, fold, keep_top
from uts_policy.render.common.summary import summary
from uts_policy.render.common.terminal import Paint, excerpt, split_lines
from uts_policy.render.interface import Style

_GUTTER = 8
"""Columns before the bar that stands left of an excerpt."""
_UNBROKEN = "\N{NO-BREAK SPACE}"
_RELATED = 3
"""How many related places are shown without `-v`."""
_SUGGESTION = re.compile(r"^(?P<fact>.+?)[;,.]? +(?P<suggestion>did you mean .+\?)$", re.IGNORECASE | re.DOTALL)


def render(report: Report, style: Style) -> str:
    """The whole text, ending in a line end."""
    text = _Text(report, style)
    return "".join(f"{line.rstrip()}\n" for line in text.lines())


class _Text:
    """One rendering: what every part of it needs, so that it is not passed from hand to hand."""

    def __init__(self, report: Report, style: Style) -> None:
        self._report = report
        self._style = style
        self._paint = Paint(style)
        self._split: dict[str, list[str]] = {}
        self._titles = {rule.id: rule.title for rule in report.rules}

    def lines(self) -> Iterator[str]:
        shown, left_out = keep_top(self._shown(), self._style.top)
        folds = tuple(Fold(first=each, others=()) for each in shown) if self._style.verbose else fold(shown)
        file: str | None = None
        for each in folds:
            place = each.first.location
            name = "(no place in a file)" if place is None else place.file
            if name != file:
                if file is not None:
                    yield ""
                yield self._paint.file(visible(name))
                file = name
            yield from self._finding(each)
        if file is not None:
            yield ""
        if left_out:
            yield f"{number(left_out, 'more cause')} not shown (--top {self._style.top})."
        yield from summary(self._report, self._style)

    def _shown(self) -> tuple[Finding, ...]:
        """What was there before is only counted, unless asked for."""
        return tuple(
            finding
            for finding in self._report.findings
            if self._style.verbose or finding.waiver is not None or finding.status is Status.NEW
        )

    def _finding(self, group: Fold) -> Iterator[str]:
        finding = group.first
        message, suggestion = _parted(visible(group.message(self._titles)))
        yield from self._head(finding, message)
        more = f"({number(len(group.others), 'more place')}, -v)".replace(" ", _UNBROKEN) if group.others else ""
        if finding.waiver is not None:
            yield from self._beside(_joined(visible(standing(finding.waiver)), more))
        else:
            advice = _joined(suggestion or visible(finding.remediation), more)
            yield from self._excerpt(finding.location, advice)
            yield from self._related(finding)
        if self._style.verbose:
            yield from self._beside(f"id {finding.identity}")
            if finding.key and not from_loader(finding.rule):
                yield from self._beside(f"key {visible(finding.key)}")

    def _head(self, finding: Finding, message: str) -> Iterator[str]:
        place = finding.location
        where = "" if place is None else f"{place.span.line}:{place.span.column}"
        standing = "waived " if finding.waiver is not None else "known " if finding.status is Status.KNOWN else ""
        plain = f"  {where}  {standing}{finding.level}  {visible(finding.rule)}  "
        head = (
            f"  {where}  {self._paint.level(standing + finding.level, finding)}  "
            f"{self._paint.rule(visible(finding.rule))}  "
        )
        if width(plain) + width(message) <= self._style.width:
            yield head + message
            return
        yield head
        for line in wrap(message, self._style.width - _GUTTER - 2):
            yield " " * (_GUTTER + 2) + line

    def _excerpt(self, place: Location | None, advice: str) -> Iterator[str]:
        room = self._style.width - _GUTTER - 1
        lines = self._lines_of(place)
        found = None if place is None else excerpt(lines, place.span, room, self._paint.ellipsis)
        if found is None:
            yield from self._beside(advice)
            return
        yield self._paint.gutter(str(found.number)) + found.text
        caret = self._paint.gutter() + " " * found.caret + self._paint.caret("^")
        if found.caret + 2 + width(advice) <= room:
            yield f"{caret} {advice.replace(_UNBROKEN, ' ')}"
        else:
            yield caret
            yield from self._beside(advice)

    def _lines_of(self, place: Location | None) -> list[str]:
        source = None if place is None else self._report.source(place.file)
        if source is None:
            return []
        if source.path not in self._split:
            self._split[source.path] = split_lines(source)
        return self._split[source.path]

    def _related(self, finding: Finding) -> Iterator[str]:
        shown = finding.related if self._style.verbose else finding.related[:_RELATED]
        for place in shown:
            entry = f" ({place.entry})" if place.entry else ""
            yield from self._beside(visible(f"{_position(place.location, finding.location)}{place.message}{entry}"))
        if len(shown) < len(finding.related):
            yield from self._beside(f"({number(len(finding.related) - len(shown), 'more related place')}, -v)")

    def _beside(self, text: str) -> Iterator[str]:
        for line in wrap(text, self._style.width - _GUTTER - 2) if text else ():
            yield f"{self._paint.gutter()} {line.replace(_UNBROKEN, ' ')}"


def _parted(message: str) -> tuple[str, str]:
    """A message and the suggestion at its end, which is shown where the eye is: beside the caret."""
    found = _SUGGESTION.match(message)
    return (found["fact"], found["suggestion"]) if found else (message, "")


def _position(place: Location | None, seen_from: Location | None) -> str:
    """Where a related place is; its file is named only where it is another."""
    if place is None:
        return ""
    near = seen_from is not None and place.file == seen_from.file
    return f"{'' if near else f'{place.file}:'}{place.span.line}:{place.span.column}  "


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
