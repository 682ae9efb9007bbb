"""The main job: from a request to a report."""

from collections.abc import Collection, Mapping

from uts_policy.corpus.build import build
from uts_policy.engine.interface import Engine
from uts_policy.judge.report import Assessment, report_assessed, report_invalid
from uts_policy.model.report import Report
from uts_policy.pipeline.facts import facts_of
from uts_policy.pipeline.preparing import prepare
from uts_policy.pipeline.reading import read_declarations
from uts_policy.pipeline.values import Policies, Prepared, ProfilingEngine, Request
from uts_policy.rules.host import host_rules
from uts_policy.rules.ruleset import rule_set


def check(request: Request, policies: Policies, engine: Engine, known: Collection[str] = frozenset()) -> Report:
    """The main job. `known` are the identities of findings that were there before.

    Raises UtsPolicyError where there can be no verdict.
    """
    declared = read_declarations(request)
    facts = facts_of(request, policies, declared)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    request.notify(f"evaluating {len(prepared.selection.rules)} rules")
    evaluation = engine.evaluate(prepared.corpus, policies.rule_set)
    assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=evaluation)
    return report_assessed(facts, assessment, known)


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
