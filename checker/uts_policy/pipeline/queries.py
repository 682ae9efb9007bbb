"""From a request and questions to a scorecard."""

from pathlib import Path
from typing import Protocol

from uts_policy.common.nearest import nearest
from uts_policy.judge.report import Assessment, report_assessed, report_invalid
from uts_policy.load.configuration import fault, read_questions, single_document
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document
from uts_policy.model.errors import UsageError
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.place import Route
from uts_policy.model.report import Report
from uts_policy.model.rule import RuleSet
from uts_policy.model.scorecard import QuestionSet, Scorecard
from uts_policy.pipeline.asking import QueryingEngine
from uts_policy.pipeline.inputs import read_declarations
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.redacting import judged_twice
from uts_policy.pipeline.request import Policies, Prepared, Request
from uts_policy.schema.validate import check_questions
from uts_policy.view import scorecard as view

BUILT_IN = Path(view.__file__).with_name("audit-25-065.yaml")
"""The questions that are asked where the user names none."""


class AskedEngine(QueryingEngine, Protocol):
    """An engine that evaluates rules and answers single questions."""

    def evaluate(self, corpus: Corpus, rule_set: RuleSet) -> Evaluation:
        """What the rules find."""
        ...


def read_question_set(file: Path | None, policies: Policies) -> QuestionSet:
    """The questions in `file`, else the built-in ones.

    Raises UsageError, with file, line and column, where the file holds what it must not, or a rule that there is not.
    """
    source = read_questions(file or BUILT_IN, str(file or BUILT_IN.name))
    document = single_document(source, "a set of questions")
    problems = check_questions(document, source)
    if problems:
        raise fault(problems[0])
    _refuse_unknown(document, policies)
    return view.question_set(document.data)


def scorecard(request: Request, policies: Policies, engine: AskedEngine, questions: QuestionSet) -> Scorecard | Report:
    """The answers; or the report that says why the declarations have none.

    Raises UtsPolicyError where there can be no verdict.
    """
    report = judged_twice(request, lambda each: _report(each, policies, engine))
    return scorecard_of(report, policies, engine, questions) if report.corpus is not None else report


def _report(request: Request, policies: Policies, engine: AskedEngine) -> Report:
    declared = read_declarations(request)
    facts = facts_of(request, policies, declared)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    request.notify(f"evaluating {len(prepared.selection.rules)} rules")
    found = engine.evaluate(prepared.corpus, policies.rule_set)
    return report_assessed(facts, Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=found))


def scorecard_of(report: Report, policies: Policies, engine: QueryingEngine, questions: QuestionSet) -> Scorecard:
    """The answers that follow from a report; where no rule was evaluated, that nothing was assessed.

    Raises NoVerdictError where the engine cannot say what is to be counted.
    """
    if report.corpus is None:
        return view.unanswered(questions, report, "the declarations are invalid, so no rule was evaluated")
    answer = engine.query(view.QUERY, {**report.corpus.data, "rules": {}}, policies.rule_set)
    return view.score(questions, report, view.populations(answer))


def _refuse_unknown(document: Document, policies: Policies) -> None:
    """Raises UsageError for a rule that there is not, and for a question that is there twice."""
    known = {rule.id for rule in policies.catalogue}
    seen: set[str] = set()
    for number, question in enumerate(document.data["questions"]):
        route: Route = ("questions", number)
        if question["id"] in seen:
            raise _error(document, (*route, "id"), f'a question "{question["id"]}" stands above', "Give it another id.")
        seen.add(question["id"])
        for index, each in enumerate(question["rules"]):
            rule = each if isinstance(each, str) else each["rule"]
            if rule not in known:
                near = nearest(rule, known)
                hint = f'did you mean "{near}"?' if near else "`uts-policy rules` lists them all"
                raise _error(document, (*route, "rules", index), f'there is no rule "{rule}"', hint)


def _error(document: Document, route: Route, message: str, hint: str) -> UsageError:
    place = document.locate(route)
    return UsageError(f"{place.file}:{place.span.line}:{place.span.column}: {message}", hint)
