"""The last lines of the text: counts, what was assessed, and what was not."""

from collections.abc import Iterator, Mapping

from uts_policy.common.facts import words
from uts_policy.common.sanitise import visible, wrap
from uts_policy.common.words import number
from uts_policy.model.report import Report
from uts_policy.model.rule import Level
from uts_policy.render.common.fold import causes
from uts_policy.render.interface import Style


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
    origins = f" from {number(len(causes(errors)), 'cause')}" if counts.error else ""
    return (
        f"{number(counts.error, 'error')}{origins}; "
        f"{number(counts.warning, 'warning')}, {number(counts.note, 'note')}; "
        f"{counts.waived} waived, {counts.known} known."
    )


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
    ordered = sorted(report.blocked, key=lambda fact: (-sum(report.blocked[fact].values()), fact))
    return [words(fact, len(report.not_stated[fact].silent), report.not_stated[fact].count) for fact in ordered]


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
