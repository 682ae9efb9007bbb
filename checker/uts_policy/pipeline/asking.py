"""Questions put to the corpus through the engine."""

from collections.abc import Mapping
from typing import Any, Protocol

from uts_policy.common.tabulation import VACANT, MatrixQuestion
from uts_policy.corpus.stated import stated
from uts_policy.judge.report import report_invalid
from uts_policy.model.answers import Question, Structure, Who
from uts_policy.model.matrix import Matrix
from uts_policy.model.report import Report
from uts_policy.model.rule import RuleSet
from uts_policy.pipeline.inputs import read_declarations
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request
from uts_policy.view.answers import (
    JUDGED_BY,
    MATRIX,
    STRUCTURE,
    WHO,
    answered,
    matrix_of,
    question_for,
    staffing,
    structure_of,
)


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
    staffed = _staffed(policies, declared)
    asked = question_for(corpus, question, staffed=staffed)
    said = engine.query(WHO, {**asked, "rules": {}}, policies.rule_set)
    return answered(corpus, question, said, staffed=staffed)


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
    staffed = _staffed(policies, declared)
    asked = {**corpus.data, "question": staffing(staffed=staffed), "rules": JUDGED_BY}
    return matrix_of(corpus, engine.query(MATRIX, asked, policies.rule_set), question, staffed=staffed)


def structure(request: Request, policies: Policies, engine: QueryingEngine, unit: str | None) -> Structure | Report:
    """What a drawing shows, of one unit and below or of all; or the report that says why there is no corpus.

    Raises UsageError for a unit that is not declared.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared, refuse=False)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts_of(request, policies, declared), prepared)
    corpus = prepared.corpus
    asked = {**corpus.data, "question": staffing(staffed=_staffed(policies, declared)), "rules": {}}
    return structure_of(corpus, engine.query(STRUCTURE, asked, policies.rule_set), unit)


def _staffed(policies: Policies, declared: Declared) -> bool:
    """Whether anybody declared who holds what: what the rule about vacancy needs, on or off."""
    needs = {need for rule in policies.catalogue if rule.id == VACANT for need in rule.needs}
    return bool(stated(declared.files.documents, needs))
