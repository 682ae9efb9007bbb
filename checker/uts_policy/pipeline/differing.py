"""What a change means: two sides judged on one day, and laid over each other."""

from typing import Protocol

from uts_policy.corpus.links.references import REFERENCES
from uts_policy.engine.interface import Engine
from uts_policy.judge.report import Assessment, report_assessed
from uts_policy.model.difference import Compared, Difference
from uts_policy.model.errors import NoVerdictError
from uts_policy.pipeline.asking import QueryingEngine
from uts_policy.pipeline.facts import facts_of
from uts_policy.pipeline.values import Side
from uts_policy.view.difference import QUERY, Judged, difference
from uts_policy.view.references import ReferenceField

FIELDS = tuple(ReferenceField(section=each.section, path=each.path, targets=each.targets) for each in REFERENCES)
"""The fields of a corpus that name entries."""


class DifferingEngine(Engine, QueryingEngine, Protocol):
    """An engine that evaluates rules and answers questions."""


def differ(
    base: tuple[Compared, Side], head: tuple[Compared, Side], engine: DifferingEngine, notices: tuple[str, ...] = ()
) -> Difference:
    """What lies between two sides. Raises NoVerdictError where one of them is invalid: half a corpus misleads."""
    return difference(_judged(*base, engine), _judged(*head, engine), FIELDS, notices)


def _judged(compared: Compared, side: Side, engine: DifferingEngine) -> Judged:
    prepared = side.prepared
    if prepared is None:
        raise NoVerdictError(
            f"{compared.name} cannot be compared: what it declares is invalid", "`uts-policy check` there says why"
        )
    side.request.notify(f"judging {compared.name}")
    facts = facts_of(side.request, side.policies, side.declared)
    rule_set = side.policies.rule_set
    evaluation = engine.evaluate(prepared.corpus, rule_set)
    assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=evaluation)
    return Judged(
        compared=compared,
        corpus=prepared.corpus,
        answer=engine.query(QUERY, {**prepared.corpus.data, "rules": {}}, rule_set),
        report=report_assessed(facts, assessment),
    )
