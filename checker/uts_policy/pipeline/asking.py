"""Questions put to the corpus through the engine."""

from collections.abc import Mapping
from typing import Any, Protocol

from uts_policy.judge.report import report_invalid
from uts_policy.model.matrix import Matrix
from uts_policy.model.report import Report
from uts_policy.model.rule import RuleSet
from uts_policy.model.structure import Structure
from uts_policy.model.tabulation import MatrixQuestion
from uts_policy.model.who import Question, Who
from uts_policy.pipeline.facts import facts_of
from uts_policy.pipeline.preparing import prepare
from uts_policy.pipeline.reading import read_declarations
from uts_policy.pipeline.values import Policies, Prepared, Request
from uts_policy.view.matrix import EXPRESSION as MATRIX
from uts_policy.view.matrix import JUDGED_BY, matrix_of
from uts_policy.view.structure import STRUCTURE, structure_of
from uts_policy.view.who import EXPRESSION, answered, question_for


class QueryingEngine(Protocol):
    """An engine that can be asked for more than the rules' findings."""

    def query(self, expression: str, data: Mapping[str, Any], rule_set: RuleSet) -> Any:  # noqa: ANN401 - JSON
        """The value of `expression` with `data` as input. Raises NoVerdictError where it is undefined."""
        ...


def who(request: Request, policies: Policies, engine: QueryingEngine, question: Question) -> Who | Report:
    """Who answers, or the report that says why there is no corpus to ask.

    Raises UsageError for a question about what is not declared.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared, refuse=False)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    corpus = prepared.corpus
    request.notify("asking who answers")
    said = engine.query(EXPRESSION, {**question_for(corpus, question), "rules": {}}, policies.rule_set)
    return answered(corpus, question, said)


def matrix(request: Request, policies: Policies, engine: QueryingEngine, question: MatrixQuestion) -> Matrix | Report:
    """The responsibility matrix, or the report that says why there is no corpus to ask.

    Raises UsageError for a question about what is not declared.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared, refuse=False)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    corpus = prepared.corpus
    request.notify("asking who has what")
    said = engine.query(MATRIX, {**corpus.data, "rules": JUDGED_BY}, policies.rule_set)
    return matrix_of(corpus, said, question)


def structure(request: Request, policies: Policies, engine: QueryingEngine, unit: str | None) -> Structure | Report:
    """What a drawing shows, of one unit and below or of all; or the report that says why there is no corpus.

    Raises UsageError for a unit that is not declared.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared, refuse=False)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    corpus = prepared.corpus
    return structure_of(corpus, engine.query(STRUCTURE, {**corpus.data, "rules": {}}, policies.rule_set), unit)
