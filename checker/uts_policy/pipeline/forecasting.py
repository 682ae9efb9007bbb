"""What will start to fail: the same declarations judged on the days to come."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from uts_policy.corpus.build import build, with_rules
from uts_policy.judge.report import Assessment, report_assessed, report_invalid
from uts_policy.model.answers import Forecast
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.report import Report
from uts_policy.model.rule import RuleSet
from uts_policy.pipeline.asking import QueryingEngine
from uts_policy.pipeline.inputs import read_declarations, read_known
from uts_policy.pipeline.prepare import facts_of, placeholders, prepare
from uts_policy.pipeline.redacting import known_again
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request
from uts_policy.view.forecast import OWNERS, beginnings, days_of_change, entries_of, later, starts

_AT_ONCE = 16
"""Days that one worker evaluates: more would only hold more corpora in memory, fewer compile the rules more often."""


class ForecastingEngine(QueryingEngine, Protocol):
    """An engine that can judge several corpora, and be asked questions."""

    def evaluate_each(self, corpora: Sequence[Corpus], rule_set: RuleSet) -> Sequence[Evaluation]:
        """What the rules say of each corpus, all with the same rules. Raises NoVerdictError rather than guess."""
        ...


def forecast(request: Request, policies: Policies, engine: ForecastingEngine, days: int) -> Forecast | Report:
    """What will start to count in the next `days` days, or the report that says why the declarations are invalid.

    Raises UsageError where the calendar ends before.
    """
    until = later(request.as_of, days)
    if until is None:
        raise UsageError(f"{days} days after {request.as_of} there is no calendar any more", "ask for fewer --days")
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    corpus = prepared.corpus
    evaluated = days_of_change(corpus.data, request.as_of, days)
    found = beginnings(_reports(request, policies, engine, (declared, prepared), (request.as_of, *evaluated)))
    asked = {**corpus.data, "rules": {}, "question": {"entries": entries_of(found)}}
    roles = engine.query(OWNERS, asked, policies.rule_set)["roles"]
    return Forecast(as_of=request.as_of, until=until, evaluated=evaluated, starts=starts(found, roles, corpus.data))


def _reports(
    request: Request,
    policies: Policies,
    engine: ForecastingEngine,
    read: tuple[Declared, Prepared],
    days: Sequence[str],
) -> Iterator[tuple[str, Report]]:
    """The report of each day."""
    declared, prepared = read
    baseline = read_known(request.settings)
    known = frozenset() if baseline is None else baseline.identities
    words = placeholders(policies, request.settings)
    facts = facts_of(request, policies, declared)
    for start in range(0, len(days), _AT_ONCE):
        some = days[start : start + _AT_ONCE]
        request.notify(f"judging {some[0]}, day {start + 1} of {len(days)} on which something changes")
        corpora = [_corpus(declared, prepared, day, words) for day in some]
        for day, corpus, evaluation in zip(
            some, corpora, engine.evaluate_each(corpora, policies.rule_set), strict=True
        ):
            assessment = Assessment(corpus=corpus, selection=prepared.selection, evaluation=evaluation)
            report = report_assessed(replace(facts, as_of=day), assessment, known)
            yield day, report if request.redaction is None else known_again(report, known, request.redaction)


def _corpus(declared: Declared, prepared: Prepared, day: str, words: Sequence[str]) -> Corpus:
    """The same declarations on another day."""
    built = build(declared.files.documents, as_of=day, placeholders=words)
    if built.corpus is None or built.problems:
        raise NoVerdictError(f"the declarations are valid today and not on {day}", "this is a defect of uts-policy")
    return with_rules(built.corpus, prepared.selection)
