"""What became of the entries that each rule looked at: passed, failed, waived, not judged."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uts_policy.common.outcome import entries_of, failing, outcome
from uts_policy.common.words import reason
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import Evaluation, NotJudged
from uts_policy.model.finding import Finding
from uts_policy.model.report import Outcome, Report
from uts_policy.model.rule import NotAssessed, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """By rule: the counts, and the entries (`section/id`) that it has judged and could not judge, sorted.

    `judged` holds rules with needs only: any other judges all entries of its subjects.

    `blocked` counts, by fact and rule, the entries that the rule could not judge for want of it.
    """

    counts: Mapping[str, Outcome]
    judged: Mapping[str, tuple[str, ...]]
    not_judged: Mapping[str, tuple[str, ...]]
    blocked: Mapping[str, Mapping[str, int]]


def unassessed(evaluation: Evaluation) -> tuple[NotAssessed, ...]:
    """The rules that looked at entries and judged none of them, each with the reason, sorted by rule."""
    spoke = {violation.rule for violation in evaluation.violations}
    lacks: dict[str, list[NotJudged]] = defaultdict(list)
    for lack in evaluation.not_judged:
        lacks[lack.rule].append(lack)
    return tuple(
        NotAssessed(rule=rule, reason=reason({lack.fact for lack in each}, len({lack.entry for lack in each})))
        for rule, each in sorted(lacks.items())
        if rule not in spoke and not evaluation.judged.get(rule)
    )


def idle(report: Report) -> Mapping[str, tuple[str, ...]]:
    """The rules with needs that looked at no entry and found nothing, each with the sections of its subjects."""
    found = {finding.rule for finding in report.findings}
    return {
        rule.id: rule.subjects
        for rule in report.rules
        if rule.id in report.judged
        and rule.id not in found
        and not report.judged[rule.id]
        and not report.not_judged.get(rule.id)
    }


def outcomes(rules: Iterable[Rule], corpus: Corpus, evaluation: Evaluation, findings: Iterable[Finding]) -> Outcomes:
    """The outcomes of `rules`, all of which were evaluated. A finding on what is no entry of its rule counts nowhere.

    Raises NoVerdictError for a rule that needs facts and does not say which entries it judged.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule].append(finding)
    lacks: dict[str, list[NotJudged]] = defaultdict(list)
    for lack in evaluation.not_judged:
        lacks[lack.rule].append(lack)
    counts: dict[str, Outcome] = {}
    judged: dict[str, tuple[str, ...]] = {}
    not_judged: dict[str, tuple[str, ...]] = {}
    blocked: dict[str, dict[str, int]] = {}
    for rule in rules:
        if rule.needs and rule.id not in evaluation.judged:
            raise NoVerdictError(
                f"{rule.id} needs facts, and does not say which entries it has judged",
                "Give it the sets `judged` and `not_judged`; docs/guide/writing-rules.md says what they hold.",
            )
        failed = failing(rule, corpus, found[rule.id])
        open_ = {lack.entry for lack in lacks[rule.id]} - failed.keys()
        if rule.id in evaluation.judged:
            judged[rule.id] = tuple(sorted((evaluation.judged[rule.id] | failed.keys()) - open_))
            entries = len(judged[rule.id]) + len(open_)
        else:
            entries = entries_of(rule, corpus)
        counts[rule.id] = outcome(entries, failed, len(open_))
        if open_:
            not_judged[rule.id] = tuple(sorted(open_))
        waiting = {(lack.fact, lack.entry) for lack in lacks[rule.id] if lack.entry in open_}
        for fact, count in Counter(fact for fact, _ in waiting).items():
            blocked.setdefault(fact, {})[rule.id] = count
    return Outcomes(
        counts=counts,
        judged=judged,
        not_judged=not_judged,
        blocked=blocked,
    )
