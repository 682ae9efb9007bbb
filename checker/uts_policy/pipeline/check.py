"""The main job: from a request to a report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from uts_policy.common.words import number
from uts_policy.corpus.build import build, with_views
from uts_policy.engine.embedded import NAME as EMBEDDED
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.interface import Engine
from uts_policy.judge.outcomes import idle
from uts_policy.judge.report import CRITICALITY, Assessment, report_assessed, report_invalid
from uts_policy.judge.weakening.stance import WEAKENS
from uts_policy.load.discover import display_name
from uts_policy.model.baseline import Baseline
from uts_policy.model.document import Source
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.report import Report
from uts_policy.pipeline.base import open_base, read_base
from uts_policy.pipeline.comparison import Comparison, compare
from uts_policy.pipeline.inputs import read_declarations, read_known, unread_entries
from uts_policy.pipeline.prepare import declares_nothing, facts_of, prepare, side_of
from uts_policy.pipeline.redaction import judged_twice
from uts_policy.pipeline.request import Declared, Policies, Prepared, Request, Side, Since
from uts_policy.rules.catalogue import rule_set
from uts_policy.rules.host_rules import host_rules
from uts_policy.rules.selection import refuse_idle, refuse_unassessed


def check(request: Request, policies: Policies, engine: Engine, since: Since | None = None) -> Report:
    """The main job. Findings that the baseline or the base of a change had are known, and do not count.

    What the baseline lists and the base had fixed already is new again: a list that nobody pruned hides no return.

    Raises UtsPolicyError where there can be no verdict.
    """
    return judged_twice(request, lambda each: _check(each, policies, engine, since))


def _check(request: Request, policies: Policies, engine: Engine, since: Since | None) -> Report:
    if since is not None and since.fail_on_weakening:
        _refuse_left_out(request)
    baseline = read_known(request.settings)
    opened = None if since is None else open_base(since, request)
    if since is None:
        _refuse_uncompared(request.settings.require, "no base was named", "Add --since, or take it out of `require`.")
    head = _read(request, policies, baseline)
    if head.prepared is None:
        return report_invalid(facts_of(request, policies, head.declared), head.problems)
    evaluation = _evaluate(head, head.prepared, engine)
    known = frozenset() if baseline is None else baseline.identities
    if since is None or opened is None:
        return _report(head, head.prepared, evaluation, known)
    revision, notices = opened
    request.notify("reading the base")
    base = read_base(revision, since, head)
    if since.fail_on_weakening and (base.side is None or base.side.prepared is None):
        raise NoVerdictError(
            f"whether the change weakens the check is not known: {base.notices[0]}",
            "Repair the base first, or leave --fail-on-weakening out for this change.",
        )
    notices = (*notices, *base.notices)
    comparison = compare(head, evaluation, replace(base, notices=notices), engine, insist=since.fail_on_weakening)
    if comparison.compared.level is None:
        why = "it is off, or the base cannot be judged"
        _refuse_uncompared(request.settings.require, why, "Repair that, or take it out of `require`.")
    comparison = replace(comparison, fail_on_weakening=since.fail_on_weakening)
    return _report(head, head.prepared, evaluation, known - comparison.fixed, comparison)


def check_declared(
    request: Request, policies: Policies, engine: Engine, declared: Declared, baseline: Baseline | None
) -> Report:
    """The main job on what has been read already, from wherever it came; compared with nothing.

    Raises UtsPolicyError where there can be no verdict.
    """
    head = side_of(request, policies, declared, baseline)
    if head.prepared is None:
        return report_invalid(facts_of(request, policies, head.declared), head.problems)
    evaluation = _evaluate(head, head.prepared, engine)
    return _report(head, head.prepared, evaluation, frozenset() if baseline is None else baseline.identities)


def check_all(request: Request, policies: Policies, engine: Engine) -> Report:
    """The same as if nothing were known from before.

    Raises UtsPolicyError where there can be no verdict.
    """
    head = _read(request, policies, None)
    if head.prepared is None:
        return report_invalid(facts_of(request, policies, head.declared), head.problems)
    return _report(head, head.prepared, _evaluate(head, head.prepared, engine), frozenset())


def _refuse_uncompared(required: Sequence[str], why: str, hint: str) -> None:
    """Raises NoVerdictError where the rule that compares is required, for it could not."""
    name = next((name for name in required if name in (WEAKENS, WEAKENS.partition("/")[0])), None)
    if name is not None:
        raise NoVerdictError(f'"{name}" is required, and not assessed: {WEAKENS} ({why})', hint)


def _refuse_left_out(request: Request) -> None:
    """Raises UsageError where the command line leaves the rule out that it wants the check to fail by."""
    pattern = next((each for each in request.exclude if fnmatchcase(WEAKENS, each)), None)
    if pattern is not None:
        raise UsageError(
            f"--fail-on-weakening fails by {WEAKENS}, and --no-rule {pattern} leaves that out", "Drop one of the two."
        )


def _read(request: Request, policies: Policies, baseline: Baseline | None) -> Side:
    declared = read_declarations(request)
    side = side_of(request, policies, declared, baseline)
    return side if baseline is None else replace(side, unread=unread_entries(request, baseline, declared.files.sources))


def _evaluate(side: Side, prepared: Prepared, engine: Engine) -> Evaluation:
    chosen = side.request.settings.engine
    where = "" if chosen == EMBEDDED else f" with engine {chosen}"
    side.request.notify(f"evaluating {number(len(prepared.selection.rules), 'rule')}{where}")
    return engine.evaluate(with_views(prepared.corpus, CRITICALITY, *side.request.views), side.policies.rule_set)


def _report(
    head: Side,
    prepared: Prepared,
    evaluation: Evaluation,
    known: frozenset[str],
    comparison: Comparison | None = None,
) -> Report:
    facts = replace(facts_of(head.request, head.policies, head.declared), steering=_steering(head))
    assessment = Assessment(
        corpus=prepared.corpus,
        selection=prepared.selection,
        evaluation=evaluation,
        baseline=head.baseline,
        unread=head.unread,
    )
    if comparison is not None:
        known = (known | comparison.known) - comparison.taken
        assessment = replace(assessment, compared=comparison.compared)
        facts = replace(
            facts,
            notices=(*facts.notices, *comparison.notices),
            threshold=comparison.threshold,
            fail_on_weakening=comparison.fail_on_weakening,
        )
    report = report_assessed(facts, assessment, known)
    # What was to be judged shows only when the rules have looked at what is stated.
    refuse_unassessed(
        head.policies.catalogue,
        {*report.evaluated, *(each.id for each in prepared.selection.host)},
        report.not_assessed,
        require=head.request.settings.require,
        include=head.request.include,
    )
    refuse_idle(idle(report), head.request.include)
    if report.fails_too and any(each.rule == WEAKENS and each.counts for each in report.findings):
        report = replace(report, notices=(*report.notices, _WEAKENED))
    return report


_WEAKENED = (
    "The change weakens the check, which --fail-on-weakening does not let pass: someone else has to agree first."
)


def _steering(side: Side) -> dict[str, Source]:
    """Configuration and baseline, by what findings call them; none where people get pseudonyms, which they lack."""
    request, found = side.request, {}
    if request.redaction is not None:
        return {}
    if request.config_source is not None and request.settings.config_file is not None:
        root = request.settings.root
        found[display_name(root / request.settings.config_file.name, root)] = request.config_source
    if side.baseline is not None and side.baseline.source is not None:
        found[side.baseline.file] = side.baseline.source
    return found


def validate(request: Request) -> Report:
    """The form of the declarations only: YAML, schema, ids that are there twice. No rule is evaluated."""
    policies = Policies(catalogue=host_rules(), rule_set=rule_set(()))
    declared = read_declarations(request)
    problems = declared.problems
    if not problems:
        problems = build(declared.files.documents, as_of=request.as_of, placeholders=()).problems
    facts = facts_of(request, policies, declared)
    nothing = "" if problems else declares_nothing(declared)
    if nothing:
        facts = replace(facts, notices=(*facts.notices, f"{nothing[0].upper()}{nothing[1:]}."))
    return report_invalid(facts, problems)


def profile_rules(request: Request, policies: Policies, engine: EmbeddedEngine) -> Mapping[str, float]:
    """Seconds that each rule takes by itself, by rule; empty where the declarations are invalid."""
    prepared = prepare(request, policies, read_declarations(request))
    return engine.profile_rules(prepared.corpus, policies.rule_set) if isinstance(prepared, Prepared) else {}
