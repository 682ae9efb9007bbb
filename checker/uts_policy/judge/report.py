"""From what loader, schemas and engine found to the report: places, levels, waivers, counts, order."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from uts_policy.common.invisible import named
from uts_policy.judge.baseline import FIXED, fixed_findings, standing
from uts_policy.judge.identity import entry_of, in_corpus, of_problem
from uts_policy.judge.outcomes import outcomes, unassessed
from uts_policy.judge.waivers import UNUSED, applied, to_come, unused
from uts_policy.judge.weakening.stance import WEAKENS, Weakening
from uts_policy.model.baseline import Baseline
from uts_policy.model.corpus import Asked, Corpus
from uts_policy.model.document import Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation
from uts_policy.model.finding import Criticality, Finding, Problem, RelatedPath, RelatedPlace, Status, Violation
from uts_policy.model.report import Counts, Digests, Report
from uts_policy.model.rule import Level, Rule, Selection

NO_ENGINE = EngineInfo(name="none", version="")
"""What answered where nothing was evaluated."""
CRITICALITY = "criticality"
"""The view of the duties that entries concern. Where the evaluation did not answer it, findings have no criticality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a report states without judging it. `rules` is the whole catalogue, host rules included."""

    tool_version: str
    as_of: str
    threshold: Level | None
    digests: Digests
    sources: Mapping[str, Source]
    rules: tuple[Rule, ...]
    ignored: Mapping[str, int] = field(default_factory=dict)
    passed_over: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    name: str = ""
    organisation: str = ""
    steering: Mapping[str, Source] = field(default_factory=dict)
    fail_on_weakening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithBase:
    """What a comparison with the base of a change gave. `level` is that of `change/weakens-check`, None for off.

    `void` are the ids of waivers that hide nothing in this change.
    """

    weakenings: tuple[Weakening, ...]
    level: Level | None
    base: Corpus | None
    void: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the selected rules said about declarations that are whole.

    `compared` where there is a base, `baseline` where there is a list of what is known; `unread` are the identities in
    it of which something was not read.
    """

    corpus: Corpus
    selection: Selection
    evaluation: Evaluation
    compared: WithBase | None = None
    baseline: Baseline | None = None
    unread: frozenset[str] = frozenset()


def report_invalid(facts: Facts, problems: Iterable[Problem]) -> Report:
    """The report on declarations of which some cannot be read or are invalid, or of which only the form was asked.

    No rule is evaluated: half a corpus accuses the innocent. None of these findings is ever known from before, for
    a base that was as broken would otherwise turn "nothing was evaluated" into a pass.
    """
    return _report(facts, facts.rules, _from_problems(problems), evaluated=(), assessment=None)


def report_assessed(facts: Facts, assessment: Assessment, known: Collection[str] = frozenset()) -> Report:
    """The report on what the rules found. `known` are the identities that were there before.

    Raises NoVerdictError where two findings have one identity: then neither could be followed, waived or closed.
    """
    selection, corpus, compared = assessment.selection, assessment.corpus, assessment.compared
    levels = {rule.id: rule.level for rule in (*selection.rules, *selection.host)}
    violations = list(assessment.evaluation.violations)
    none_judged = unassessed(assessment.evaluation)
    evaluated = set(assessment.evaluation.evaluated) - {each.rule for each in none_judged}
    changes: tuple[Weakening, ...] = ()
    if compared is not None and compared.level is not None:
        levels[WEAKENS] = compared.level
        evaluated.add(WEAKENS)
        changes = compared.weakenings
    if assessment.baseline is not None and FIXED in levels:
        evaluated.add(FIXED)
    if UNUSED in levels:
        evaluated.add(UNUSED)
        found = [*violations, *(change.violation for change in changes)]
        unjudged = {(lack.rule, lack.entry) for lack in assessment.evaluation.not_judged}
        violations += unused(corpus, found, evaluated, {rule.id for rule in facts.rules}, unjudged)
    by_id = {rule.id: rule for rule in facts.rules}
    described = _Described(
        levels=levels,
        rules=by_id,
        void=frozenset() if compared is None else compared.void,
        criticality=assessment.evaluation.views.get(CRITICALITY, {}),
    )
    findings = [_from_violation(violation, corpus, described, known) for violation in violations]
    for change in changes:
        finding = replace(_from_violation(change.violation, corpus, described, ()), location=change.location)
        level = Level.ERROR if change.grave else finding.level
        waiver = finding.waiver if _agreed(change.violation, compared) else None
        findings.append(replace(finding, level=level, waiver=waiver))
    _refuse_twins(findings)
    rules = tuple(replace(rule, level=levels.get(rule.id, rule.level)) for rule in facts.rules)
    looking = evaluated | {each.rule for each in none_judged}
    became = outcomes([rule for rule in rules if rule.id in looking], corpus, assessment.evaluation, findings)
    report = _report(facts, rules, findings, evaluated=sorted(evaluated), assessment=assessment)
    not_assessed = sorted((*report.not_assessed, *none_judged), key=lambda each: each.rule)
    report = replace(
        report,
        not_assessed=tuple(not_assessed),
        outcomes={rule: count for rule, count in became.counts.items() if rule in evaluated},
        judged=became.judged,
        not_judged=became.not_judged,
        blocked=became.blocked,
        not_stated=_not_stated(corpus),
        notices=(*report.notices, *to_come(corpus)),
    )
    return report if assessment.baseline is None else _with_fixed(report, assessment, assessment.baseline, known)


def _not_stated(corpus: Corpus) -> Mapping[str, Asked]:
    """The facts as the rules saw them: of one that is complete, nothing is unsaid."""
    seen = corpus.data["not_stated"]
    return {fact: Asked(count=each.count, silent=tuple(seen[fact])) for fact, each in corpus.facts.items()}


def _with_fixed(report: Report, assessment: Assessment, baseline: Baseline, known: Collection[str]) -> Report:
    """The report with a finding for each entry of the baseline that nothing in it stands for any more."""
    unread = standing(baseline, report, assessment.unread).unread
    if unread:
        entries = "1 entry" if len(unread) == 1 else f"{len(unread)} entries"
        notice = f"{entries} of the baseline not judged: a part of what it was made of was not read."
        report = replace(report, notices=(*report.notices, notice), unread=tuple(entry.id for entry in unread))
    fixed = [
        replace(each, status=Status.KNOWN if each.identity in known else Status.NEW)
        for each in fixed_findings(baseline, report, assessment.unread)
    ]
    findings = tuple(sorted((*report.findings, *fixed), key=order))
    return replace(report, findings=findings, counts=Counts.of(findings))


def _agreed(violation: Violation, compared: WithBase | None) -> bool:
    """Whether a waiver of the base excuses a weakening: one that comes with the change would excuse itself."""
    entry = entry_of(violation)
    base = None if compared is None else compared.base
    return base is not None and applied(base, violation.rule, entry, violation.key) is not None


def _report(
    facts: Facts,
    rules: tuple[Rule, ...],
    findings: Iterable[Finding],
    *,
    evaluated: Iterable[str],
    assessment: Assessment | None,
) -> Report:
    ordered = tuple(sorted(findings, key=order))
    return Report(
        tool_version=facts.tool_version,
        as_of=facts.as_of,
        engine=NO_ENGINE if assessment is None else assessment.evaluation.engine,
        threshold=facts.threshold,
        counts=Counts.of(ordered),
        digests=facts.digests,
        sources=facts.sources,
        rules=rules,
        evaluated=tuple(evaluated),
        not_assessed=() if assessment is None else assessment.selection.not_assessed,
        findings=ordered,
        ignored=facts.ignored,
        passed_over=facts.passed_over,
        notices=facts.notices,
        name=facts.name,
        organisation=facts.organisation or ("" if assessment is None else assessment.corpus.root_name),
        corpus=None if assessment is None else assessment.corpus,
        views={} if assessment is None else assessment.evaluation.views,
        steering=facts.steering,
        fails_too=frozenset({WEAKENS}) if facts.fail_on_weakening else frozenset(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    """What a finding takes from its rule, the waivers that hide nothing, and criticality by section and id."""

    levels: Mapping[str, Level]
    rules: Mapping[str, Rule]
    void: frozenset[str]
    criticality: Mapping[str, Mapping[str, str]]


def _from_violation(violation: Violation, corpus: Corpus, described: _Described, known: Collection[str]) -> Finding:
    entry = entry_of(violation)
    identity = in_corpus(corpus, violation)
    section, _, name = entry.partition("/")
    criticality = described.criticality.get(section, {}).get(name)
    return Finding(
        identity=identity,
        rule=violation.rule,
        level=described.levels[violation.rule],
        message=named(violation.message),
        remediation=described.rules[violation.rule].remediation,
        entry=entry,
        path=violation.path,
        key=violation.key,
        cause=violation.cause,
        location=corpus.locate(violation.path),
        related=tuple(_related(corpus, place) for place in violation.related),
        waiver=applied(corpus, violation.rule, entry, violation.key, described.void),
        status=Status.KNOWN if identity in known else Status.NEW,
        criticality=None if criticality is None else Criticality(criticality),
    )


def _related(corpus: Corpus, place: RelatedPath) -> RelatedPlace:
    return RelatedPlace(
        message=named(place.message),
        entry="/".join(str(step) for step in place.path[:2]),
        location=corpus.locate(place.path),
    )


def _from_problems(problems: Iterable[Problem]) -> list[Finding]:
    """Problems as findings. What is left equal is numbered in the order of the file: a key may stand there thrice."""
    seen: Counter[str] = Counter()
    findings = []
    for problem in sorted(problems, key=lambda each: (each.location, each.rule, each.problem, each.message)):
        identity = _identity(problem, problem.problem)
        seen[identity] += 1
        if seen[identity] > 1:
            identity = _identity(problem, f"{problem.problem}#{seen[identity]}")
        findings.append(
            Finding(
                identity=identity,
                rule=problem.rule,
                level=Level.ERROR,
                message=named(problem.message),
                remediation=named(problem.remediation),
                entry="",
                path=problem.route,
                key=problem.problem,
                cause="",
                location=problem.location,
                related=problem.related,
            )
        )
    return findings


def _identity(problem: Problem, what: str) -> str:
    return of_problem(problem.rule, problem.location.file, problem.document, problem.route, what)


def _refuse_twins(findings: Iterable[Finding]) -> None:
    seen: dict[str, Finding] = {}
    for finding in findings:
        twin = seen.setdefault(finding.identity, finding)
        if twin is not finding:
            key = f' with the key "{finding.key}"' if finding.key else ""
            raise NoVerdictError(
                f'rule "{finding.rule}" reported "{finding.entry}" twice{key}',
                "a rule needs a `key` that tells two findings on one entry apart; see the guide on writing rules",
            )


def order(finding: Finding) -> tuple[bool, str, int, int, str, str]:
    """By file, line, column, rule, identity; what has no place comes last."""
    place = finding.location
    if place is None:
        return (True, "", 0, 0, finding.rule, finding.identity)
    return (False, place.file, place.span.line, place.span.column, finding.rule, finding.identity)
