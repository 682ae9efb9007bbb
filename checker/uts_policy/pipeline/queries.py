"""Questions put to the corpus: who, matrix, graph, explain, forecast, scorecard."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from uts_policy.common.nearest import nearest
from uts_policy.common.tabulation import RULES, VACANT, MatrixQuestion, judged
from uts_policy.common.tabulation import VIEW as MATRIX
from uts_policy.common.words import number
from uts_policy.corpus.build import build, with_rules, with_views
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.interface import Engine
from uts_policy.judge.report import CRITICALITY, Assessment, report_assessed, report_invalid
from uts_policy.load.configuration import fault, read_questions, single_document
from uts_policy.model.answers import Coverage, Fact, Forecast, Grounds, Question, QuestionSet, Scorecard, Structure, Who
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.finding import Finding
from uts_policy.model.matrix import Matrix
from uts_policy.model.place import Route
from uts_policy.model.report import Report
from uts_policy.pipeline.inputs import known_identities, read_declarations
from uts_policy.pipeline.prepare import complete, corpus_of, facts_of, placeholders, prepare
from uts_policy.pipeline.redaction import judged_twice, report_knowing, true_identity
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request
from uts_policy.redact.declarations import Redaction
from uts_policy.schema.validate import check_document
from uts_policy.view import scorecard as view
from uts_policy.view.answers import (
    STRUCTURE,
    WHO,
    answers_of,
    matrix_of,
    question_for,
    staffing,
    structure_of,
)
from uts_policy.view.coverage import coverage as coverage_of
from uts_policy.view.forecast import OWNERS, beginnings, days_of_change, later, starts
from uts_policy.view.grounds import facts
from uts_policy.view.subjects import MANDATE, RESPONSIBILITIES, SUBJECTS, matches, meant, subjects_of


def who(request: Request, policies: Policies, engine: Engine, question: Question) -> Who | Report:
    """Who answers, and for what, or the report that says why there is no corpus to ask.

    Raises UsageError for a question about what is not declared, or about more than was asked.
    """
    corpus = corpus_of(request, policies, refuse=False)
    if isinstance(corpus, Report):
        return corpus
    request.notify("asking who answers")
    judging = staffed(corpus)
    found = meant(corpus.data, hidden_name(request, corpus, question.subject), _sections(question))
    if not found.answerable:
        return Who(as_of=request.as_of, question=question, answers=(), matches=matches(corpus, found))
    duties = found.ids.get(RESPONSIBILITIES, ())
    others = {section: ids for section, ids in found.ids.items() if section != RESPONSIBILITIES}
    asked = {**question_for(corpus, question, duties, staffed=judging), **others}
    views = [*([WHO] if duties else []), *([MANDATE] if any(others.values()) else [])]
    said = engine.evaluate(with_views(corpus, *views, question=asked, rules={}), policies.rule_set).views
    return Who(
        as_of=request.as_of,
        question=question,
        answers=answers_of(corpus, said[WHO]) if WHO in said else (),
        subjects=subjects_of(corpus, others, said[MANDATE]) if MANDATE in said else (),
        unjudged=() if judging else (VACANT,),
    )


def _sections(question: Question) -> tuple[str, ...]:
    """What a question can be about: a unit or a vector narrows the answer about a responsibility only."""
    narrowed = question.unit is not None or question.vector is not None
    return (RESPONSIBILITIES,) if narrowed else SUBJECTS


def hidden_name(request: Request, corpus: Corpus, subject: str) -> str:
    """The subject as redacted declarations spell it: the pseudonym of a person that it names."""
    hidden = subject if request.redaction is None else request.redaction.person(subject)
    return hidden if hidden in corpus.data["people"] else subject


def matrix(request: Request, policies: Policies, engine: Engine, question: MatrixQuestion) -> Matrix | Report:
    """The responsibility matrix, or the report that says why there is no corpus to ask.

    Raises UsageError for a question about what is not declared.
    """
    corpus = corpus_of(request, policies, refuse=False)
    return corpus if isinstance(corpus, Report) else matrix_in(corpus, request, policies, engine, question)


def matrix_in(corpus: Corpus, request: Request, policies: Policies, engine: Engine, question: MatrixQuestion) -> Matrix:
    """The responsibility matrix of a corpus. Raises as `matrix`."""
    request.notify("asking who has what")
    judging = staffed(corpus)
    marking = {rule: {"level": "error", "parameters": {}} for rule in RULES if judging or rule != VACANT}
    evaluation = engine.evaluate(with_views(corpus, MATRIX, rules=marking), policies.rule_set)
    return matrix_of(corpus, judged(evaluation.views[MATRIX], evaluation.evaluated), question)


def structure(request: Request, policies: Policies, engine: Engine, unit: str | None) -> Structure | Report:
    """What a drawing shows, of one unit and below or of all; or the report that says why there is no corpus.

    Raises UsageError for a unit that is not declared.
    """
    corpus = corpus_of(request, policies, refuse=False)
    if isinstance(corpus, Report):
        return corpus
    asked = with_views(corpus, STRUCTURE, question=staffing(staffed=staffed(corpus)), rules={})
    return structure_of(corpus, engine.evaluate(asked, policies.rule_set).views[STRUCTURE], unit)


def staffed(corpus: Corpus) -> bool:
    """Whether anybody stated who holds what."""
    return len(corpus.data["not_stated"]["holders"]) < corpus.facts["holders"].count


def explain(request: Request, policies: Policies, engine: Engine, identity: str) -> Grounds:
    """The finding whose identity is, or begins with, `identity`.

    Raises UsageError where there is none, or more than one that begins so.
    """
    declared = read_declarations(request)
    prepared = prepare(request, policies, declared, refuse=False)
    stated = facts_of(request, policies, declared)
    if not isinstance(prepared, Prepared):
        report = report_invalid(stated, prepared)
        finding = _meant(report, identity, None)
        rests = (Fact(why="what the finding is about", entry="", location=finding.location),)
        return _grounds(report, finding, rests, {})
    request.notify(f"evaluating {number(len(prepared.selection.rules), 'rule')}")
    evaluation = engine.evaluate(with_views(prepared.corpus, CRITICALITY), policies.rule_set)
    assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=evaluation)
    report = report_assessed(stated, assessment, frozenset())
    finding = _meant(report, identity, request.redaction)
    parameters = prepared.corpus.data["rules"].get(finding.rule, {}).get("parameters", {})
    return _grounds(report, finding, facts(prepared.corpus, finding), parameters)


def _grounds(report: Report, finding: Finding, rests: tuple[Fact, ...], parameters: dict[str, object]) -> Grounds:
    return Grounds(
        as_of=report.as_of,
        title=next(rule.title for rule in report.rules if rule.id == finding.rule),
        finding=finding,
        facts=rests,
        parameters=parameters,
        sources=report.sources,
    )


def _meant(report: Report, identity: str, redaction: Redaction | None) -> Finding:
    """Of a redacted finding the true identity is good as well: it is what other runs have shown."""
    found = [
        finding
        for finding in report.findings
        if finding.identity.startswith(identity)
        or (redaction is not None and true_identity(finding, report.corpus, redaction).startswith(identity))
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f'no finding has the identity "{identity}" on {report.as_of}',
            "`uts-policy check --format json` lists them; the same PATHs, day and rules are needed here",
        )
    raise UsageError(f'{len(found)} findings have identities that begin with "{identity}"', "give more of it")


_AT_ONCE = 16
"""Days that one worker evaluates: more would only hold more corpora in memory, fewer compile the rules more often."""


def forecast(request: Request, policies: Policies, engine: EmbeddedEngine, days: int) -> Forecast | Report:
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
    data = prepared.corpus.data
    evaluated = days_of_change(data, request.as_of, days, policies.catalogue)
    reports = _reports(request, policies, engine, (declared, prepared), (request.as_of, *evaluated))
    today = next(reports)
    found = beginnings(chain([today], reports))
    roles = today[1].views[OWNERS]
    return Forecast(
        as_of=request.as_of,
        until=until,
        evaluated=evaluated,
        starts=starts(found, roles, data),
        titles={rule.id: rule.title for rule in policies.catalogue},
        organisation=today[1].organisation,
    )


def _reports(
    request: Request,
    policies: Policies,
    engine: EmbeddedEngine,
    read: tuple[Declared, Prepared],
    days: Sequence[str],
) -> Iterator[tuple[str, Report]]:
    """The report of each day; that of the first has the view of who has to act."""
    declared, prepared = read
    known = known_identities(request.settings)
    words = placeholders(policies, request.settings)
    facts = facts_of(request, policies, declared)
    for start in range(0, len(days), _AT_ONCE):
        some = days[start : start + _AT_ONCE]
        request.notify(f"judging {some[0]}, day {start + 1} of {len(days)} on which something changes")
        corpora = [_corpus(declared, prepared, day, words, complete(request.settings)) for day in some]
        corpora = [
            with_views(corpus, CRITICALITY, *([OWNERS] if start + index == 0 else []))
            for index, corpus in enumerate(corpora)
        ]
        for day, corpus, evaluation in zip(
            some, corpora, engine.evaluate_each(corpora, policies.rule_set), strict=True
        ):
            assessment = Assessment(corpus=corpus, selection=prepared.selection, evaluation=evaluation)
            yield day, report_knowing(request, replace(facts, as_of=day), assessment, known)


def _corpus(declared: Declared, prepared: Prepared, day: str, words: Sequence[str], facts: Sequence[str]) -> Corpus:
    """The same declarations on another day."""
    built = build(declared.files.documents, as_of=day, placeholders=words, complete=facts)
    if built.corpus is None or built.problems:
        raise NoVerdictError(f"the declarations are valid today and not on {day}", "this is a defect of uts-policy")
    return with_rules(built.corpus, prepared.selection)


BUILT_IN = Path(view.__file__).with_name("audit-25-065.yaml")
"""The questions that are asked where the user names none."""


def read_question_set(file: Path | None, policies: Policies) -> QuestionSet:
    """The questions in `file`, else the built-in ones.

    Raises UsageError, with file, line and column, where the file holds what it must not, or a rule that there is not.
    """
    source = read_questions(file or BUILT_IN, str(file or BUILT_IN.name))
    document = single_document(source, "a set of questions")
    problems = check_document("scorecard", document, source)
    if problems:
        raise fault(problems[0])
    _refuse_unknown(document, policies)
    return view.question_set(document.data)


def scorecard(request: Request, policies: Policies, engine: Engine, questions: QuestionSet) -> Scorecard | Report:
    """The answers; or the report that says why the declarations have none.

    Raises UtsPolicyError where there can be no verdict.
    """
    report = judged_twice(request, lambda each: _report(each, policies, engine))
    return scorecard_of(report, questions) if report.corpus is not None else report


def _report(request: Request, policies: Policies, engine: Engine) -> Report:
    declared = read_declarations(request)
    facts = facts_of(request, policies, declared)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    request.notify(f"evaluating {number(len(prepared.selection.rules), 'rule')}")
    found = engine.evaluate(with_views(prepared.corpus, CRITICALITY, view.VIEW), policies.rule_set)
    return report_assessed(facts, Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=found))


def coverage(request: Request, policies: Policies, engine: Engine) -> Coverage | Report:
    """How far the organisation is described; or the report that says why the declarations cannot be assessed.

    Raises UtsPolicyError where there can be no verdict.
    """
    report = judged_twice(request, lambda each: _report(each, policies, engine))
    return coverage_of(report) if report.corpus is not None else report


def scorecard_of(report: Report, questions: QuestionSet) -> Scorecard:
    """The answers that follow from a report with the view of the scorecard.

    Where no rule was evaluated: that nothing was assessed. Raises NoVerdictError where the view is not of this version.
    """
    if report.corpus is None:
        return view.unanswered(questions, report, "the declarations are invalid, so no rule was evaluated")
    return view.score(questions, report, view.populations(report.views[view.VIEW]))


def _refuse_unknown(document: Document, policies: Policies) -> None:
    """Raises UsageError for a rule that there is not, and for a question that is there twice."""
    known = {rule.id for rule in policies.catalogue}
    seen: set[str] = set()
    for index, question in enumerate(document.data["questions"]):
        route: Route = ("questions", index)
        if question["id"] in seen:
            raise _error(document, (*route, "id"), f'a question "{question["id"]}" stands above', "Give it another id.")
        seen.add(question["id"])
        for place, each in enumerate(question["rules"]):
            rule = each if isinstance(each, str) else each["rule"]
            if rule not in known:
                near = nearest(rule, known)
                hint = f'did you mean "{near}"?' if near else "`uts-policy rules` lists them all"
                raise _error(document, (*route, "rules", place), f'there is no rule "{rule}"', hint)


def _error(document: Document, route: Route, message: str, hint: str) -> UsageError:
    place = document.locate(route)
    return UsageError(f"{place.file}:{place.span.line}:{place.span.column}: {message}", hint)
