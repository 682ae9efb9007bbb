"""The main job: from a request to a report."""

from collections.abc import Mapping
from dataclasses import replace

from uts_policy.corpus.build import build
from uts_policy.engine.interface import Engine
from uts_policy.judge.baseline import stale_notice
from uts_policy.judge.report import Assessment, report_assessed, report_invalid
from uts_policy.model.report import Report
from uts_policy.pipeline.base import open_bases, read_base
from uts_policy.pipeline.comparing import compare
from uts_policy.pipeline.facts import facts_of
from uts_policy.pipeline.preparing import prepare
from uts_policy.pipeline.reading import asked_for, read_declarations, read_known
from uts_policy.pipeline.values import Policies, Prepared, ProfilingEngine, Request, Side, Since
from uts_policy.rules.host import host_rules
from uts_policy.rules.ruleset import rule_set


def check(request: Request, policies: Policies, engine: Engine, since: Since | None = None) -> Report:
    """The main job. Findings that the baseline or the base of a change had are known, and do not count.

    Raises UtsPolicyError where there can be no verdict.
    """
    baseline = read_known(request.settings)
    bases = () if since is None else open_bases(since, request)
    declared = read_declarations(request)
    facts = facts_of(request, policies, declared)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    request.notify(f"evaluating {len(prepared.selection.rules)} rules")
    evaluation = engine.evaluate(prepared.corpus, policies.rule_set)
    assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=evaluation)
    known = frozenset() if baseline is None else baseline.identities
    if since is not None:
        head = Side(
            request=request,
            policies=policies,
            declared=declared,
            prepared=prepared,
            paths=tuple(path.absolute() for path in asked_for(request)),
            baseline=baseline,
        )
        comparison = compare(head, evaluation, [read_base(base, since, head) for base in bases], engine)
        known |= comparison.known
        assessment = replace(assessment, compared=comparison.compared)
        facts = replace(facts, notices=(*facts.notices, *comparison.notices))
    report = report_assessed(facts, assessment, known)
    return report if baseline is None else replace(report, notices=(*report.notices, *stale_notice(baseline, report)))


def validate(request: Request) -> Report:
    """The form of the declarations only: YAML, schema, ids that are there twice. No rule is evaluated."""
    policies = Policies(catalogue=host_rules(), rule_set=rule_set(()))
    declared = read_declarations(request)
    problems = declared.problems
    if not problems:
        problems = build(declared.files.documents, as_of=request.as_of, placeholders=()).problems
    return report_invalid(facts_of(request, policies, declared), problems)


def profile_rules(request: Request, policies: Policies, engine: ProfilingEngine) -> Mapping[str, float]:
    """Seconds that each rule takes by itself, by rule; empty where the declarations are invalid."""
    prepared = prepare(request, policies, read_declarations(request))
    return engine.profile_rules(prepared.corpus, policies.rule_set) if isinstance(prepared, Prepared) else {}
