"""Counts, what was assessed, and what was not: the last lines of the text, and rows for every format."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number, unstated
from uts_policy.model.finding import Finding  # noqa: TC001 - with the other values
from uts_policy.model.report import Counts, Report
from uts_policy.model.rule import Level
from uts_policy.render.common.fold import by_urgency, causes
from uts_policy.render.interface import Style

OUTCOMES = ("rule", "passed", "failed", "waived", "not assessed")
"""The heads of `outcome_rows`: how many entries a rule looked at, by what became of them."""
FACTS = ("not stated", "rules that wait for it", "which")
"""The heads of `fact_rows`."""
LISTED = 20
"""How many entries are named before the rest is counted."""


def summary(report: Report, style: Style) -> Iterator[str]:
    """What was passed over, notices, counts, and what was assessed, wrapped to the style's width."""
    as_of = f"As of {report.as_of} (UTC)."
    counts = _counts(report)
    lines = [f"{counts} {as_of}"] if len(counts) + len(as_of) < style.width else [counts, as_of]
    for text in (*passed_over(report.ignored), *report.notices, *lines, *_assessed(report, style)):
        yield from wrap(visible(text), style.width)


def _counts(report: Report) -> str:
    counts = report.counts
    errors = [finding for finding in report.findings if finding.level is Level.ERROR]
    origins = f" ({number(len(causes(errors)), 'cause')})" if counts.error else ""
    parts = [
        f"{number(counts.error, 'error')}{origins}" if counts.error else "",
        number(counts.warning, "warning") if counts.warning else "",
        number(counts.note, "note") if counts.note else "",
        f"{counts.waived} waived" if counts.waived else "",
        f"{counts.known} known" if counts.known else "",
    ]
    return f"{', '.join(part for part in parts if part) or 'No findings'}."


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """How many findings the rules of one category have: those that count by level, the others by why they do not."""

    LEVELS: ClassVar = ("errors", "warnings", "notes")
    COLUMNS: ClassVar = (*LEVELS, "waived", "known")

    category: str
    counts: Counts

    def of(self, column: str) -> int:
        """The number in one of `COLUMNS`."""
        return int(getattr(self.counts, column.removesuffix("s") if column in self.LEVELS else column))


def by_category(report: Report) -> Iterator[LevelRow]:
    """A row for each category with findings, the one with what to fix first before the others."""
    grouped: dict[str, list[Finding]] = {}
    for finding in by_urgency(report.findings):
        grouped.setdefault(finding.rule.partition("/")[0], []).append(finding)
    for category, findings in grouped.items():
        yield LevelRow(category=category, counts=Counts.of(findings))


def _assessed(report: Report, style: Style) -> Iterator[str]:
    if not report.evaluated:
        if report.findings:
            yield "No rule was evaluated: that needs declarations that can be read and are valid."
        else:
            yield f"{number(len(report.sources), 'file')} well formed. No rule was evaluated."
        return
    total = len(report.evaluated) + len(report.not_assessed)
    text = f"Assessed {len(report.evaluated)} of {number(total, 'rule')}."
    unsaid = not_stated(report)
    if style.verbose:
        yield text if not report.not_assessed else f"{text} Not assessed:"
        for each in report.not_assessed:
            yield f"- {each.rule}: {each.reason}"
        if unsaid:
            yield "Not stated:"
            yield from (f"- {each}" for each in unsaid)
        return
    if unsaid:
        more = f" (and {number(len(unsaid) - 1, 'more fact')})" if len(unsaid) > 1 else ""
        text = f"{text} Not stated: {unsaid[0]}{more}."
    yield f"{text} `uts-policy coverage` shows more." if unsaid or report.not_assessed else text


def not_stated(report: Report) -> list[str]:
    """What keeps rules from judging entries, in words: the fact first that most judgements wait for."""
    return [_unsaid(report, fact) for fact in _by_waiting(report, report.blocked)]


def outcome_rows(report: Report) -> Iterator[tuple[str, int, int, int, int]]:
    """A row for each rule that was evaluated, by id."""
    for rule, each in sorted(report.outcomes.items()):
        yield rule, each.passed, each.failed, each.waived, each.not_judged


def fact_rows(report: Report) -> Iterator[tuple[str, str, str]]:
    """A row for each fact that entries do not state, the one first that most judgements wait for."""
    for fact in _by_waiting(report, (fact for fact, each in report.not_stated.items() if each.silent)):
        waiting = ", ".join(sorted(report.blocked.get(fact, {}))) or "none of this run"
        yield _unsaid(report, fact), waiting, _which(report.not_stated[fact].silent)


def _by_waiting(report: Report, facts: Iterable[str]) -> list[str]:
    """Facts, the one first that most judgements of entries wait for."""
    return sorted(facts, key=lambda fact: (-sum(report.blocked.get(fact, {}).values()), fact))


def _unsaid(report: Report, fact: str) -> str:
    asked = report.not_stated[fact]
    return unstated(fact, len(asked.silent), asked.count)


def _which(ids: tuple[str, ...]) -> str:
    more = len(ids) - LISTED
    return f"{', '.join(ids[:LISTED])} and {more} more" if more > 0 else ", ".join(ids)


def grouped(report: Report) -> Iterator[str]:
    """A category for all its rules where one reason keeps it from being assessed, else its rules one by one."""
    assessed = {rule.partition("/")[0] for rule in report.evaluated}
    reasons: dict[str, dict[str, list[str]]] = {}
    for each in report.not_assessed:
        reasons.setdefault(each.rule.partition("/")[0], {}).setdefault(each.reason, []).append(each.rule)
    for category, by_reason in reasons.items():
        if category not in assessed and len(by_reason) == 1:
            yield f"{category} ({next(iter(by_reason))})"
            continue
        for reason, rules in by_reason.items():
            yield f"{', '.join(rules)} ({reason})"


def passed_over(ignored: Mapping[str, int]) -> Iterator[str]:
    """What discovery did not read, counted by reason; nothing where there was nothing."""
    if ignored:
        yield f"Passed over: {', '.join(f'{count} {reason}' for reason, count in sorted(ignored.items()))}."
