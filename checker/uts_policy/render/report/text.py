"""The report for a person at a terminal: a working list, what to fix first before the rest, then counts."""

import re
from collections.abc import Iterator

from uts_policy.common.sanitise import visible, width, wrap
from uts_policy.common.words import number, standing
from uts_policy.model.finding import Criticality, Finding, Status
from uts_policy.model.place import Location
from uts_policy.model.report import Report
from uts_policy.model.rule import from_loader
from uts_policy.render.common.fold import Fold, by_urgency, fold, keep_top
from uts_policy.render.common.summary import LevelRow, by_category, summary
from uts_policy.render.common.terminal import Paint, excerpt, split_lines
from uts_policy.render.interface import Style

_GUTTER = 8
"""Columns before the bar that stands left of an excerpt."""
_UNBROKEN = "\N{NO-BREAK SPACE}"
_WORTH_A_TABLE = 2
"""Categories."""
_LEAST_BESIDE = 40
"""Columns beside the caret in which advice may be broken into lines."""
_INDENT = 4
"""Columns before a message that has lines of its own."""
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
        self._given: set[str] = set()
        """Advice that a finding above has shown: it is not repeated, unless everything is asked for."""

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
            yield f"{number(left_out, 'more cause')} not shown (--top {self._style.top}; -v shows everything)."
            yield ""
        yield from self._table()
        yield from summary(self._report, self._style)

    def _shown(self) -> tuple[Finding, ...]:
        """What was there before is only counted, unless asked for."""
        return tuple(
            finding
            for finding in by_urgency(self._report.findings)
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
            advice = _joined(suggestion or visible(self._advice(finding)), more)
            yield from self._excerpt(finding.location, advice)
        if self._style.verbose:
            yield from self._related(finding)
            yield from self._beside(f"id {finding.identity}")
            if finding.key and not from_loader(finding.rule):
                yield from self._beside(f"key {visible(finding.key)}")

    def _head(self, finding: Finding, message: str) -> Iterator[str]:
        place = finding.location
        where = "" if place is None else f"{place.span.line}:{place.span.column}"
        standing = "waived " if finding.waiver is not None else "known " if finding.status is Status.KNOWN else ""
        level = f"{standing}{finding.level}{_criticality(finding)}"
        plain = f"  {where}  {level}  {visible(finding.rule)}  "
        head = f"  {where}  {self._paint.level(level, finding)}  {self._paint.rule(visible(finding.rule))}  "
        if width(plain) + width(message) <= self._style.width:
            yield head + message
            return
        yield head
        for line in wrap(message, self._style.width - _INDENT):
            yield " " * _INDENT + line

    def _advice(self, finding: Finding) -> str:
        """The remediation; empty if a finding above has shown the same, unless everything is asked for."""
        if finding.remediation in self._given and not self._style.verbose:
            return ""
        self._given.add(finding.remediation)
        return finding.remediation

    def _table(self) -> Iterator[str]:
        """Findings by category and level; nothing where one category has all of them: the summary says the same."""
        rows = tuple(by_category(self._report))
        if len(rows) < _WORTH_A_TABLE:
            return
        shown = [name for name in LevelRow.COLUMNS if name in LevelRow.LEVELS or any(row.of(name) for row in rows)]
        wide = max(width(visible(row.category)) for row in rows)
        yield f"{'':{wide}}  {'  '.join(shown)}"
        for row in rows:
            name = visible(row.category)
            cells = (f"{row.of(each) or self._paint.nothing:>{len(each)}}" for each in shown)
            yield f"{name}{' ' * (wide - width(name))}  {'  '.join(cells)}"
        yield ""

    def _excerpt(self, place: Location | None, advice: str) -> Iterator[str]:
        room = self._style.width - _GUTTER - 1
        lines = self._lines_of(place)
        found = None if place is None else excerpt(lines, place.span, room, self._paint.ellipsis)
        if found is None:
            yield from self._beside(advice)
            return
        yield self._paint.gutter(str(found.number)) + found.text
        caret = self._paint.gutter() + " " * found.caret + self._paint.caret("^")
        beside = room - found.caret - 2
        if width(advice) > beside and beside < _LEAST_BESIDE:
            yield caret
            yield from self._beside(advice)
            return
        lines = [line.replace(_UNBROKEN, " ") for line in wrap(advice, beside)] if advice else [""]
        yield f"{caret} {lines[0]}"
        for line in lines[1:]:
            yield f"{self._paint.gutter()}{' ' * (found.caret + 2)}{line}"

    def _lines_of(self, place: Location | None) -> list[str]:
        source = None if place is None else self._report.source(place.file)
        if source is None:
            return []
        if source.path not in self._split:
            self._split[source.path] = split_lines(source)
        return self._split[source.path]

    def _related(self, finding: Finding) -> Iterator[str]:
        for place in finding.related:
            entry = f" ({place.entry})" if place.entry else ""
            yield from self._beside(visible(f"{_position(place.location, finding.location)}{place.message}{entry}"))

    def _beside(self, text: str) -> Iterator[str]:
        for line in wrap(text, self._style.width - _GUTTER - 2) if text else ():
            yield f"{self._paint.gutter()} {line.replace(_UNBROKEN, ' ')}"


def _criticality(finding: Finding) -> str:
    """How critical the duty concerned is, where that changes the order."""
    if finding.criticality in {None, Criticality.NORMAL}:
        return ""
    return f" ({finding.criticality} duty)"


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
