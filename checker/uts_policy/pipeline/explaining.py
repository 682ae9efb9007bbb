"""One finding, and everything that it rests on."""

from uts_policy.engine.interface import Engine
from uts_policy.judge.report import Assessment, report_assessed, report_invalid
from uts_policy.model.answers import Fact, Grounds
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.pipeline.inputs import read_declarations
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.redacting import true_identity
from uts_policy.pipeline.request import Policies, Prepared, Request
from uts_policy.redact.declarations import Redaction
from uts_policy.view.grounds import facts


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
    request.notify(f"evaluating {len(prepared.selection.rules)} rules")
    evaluation = engine.evaluate(prepared.corpus, policies.rule_set)
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
        or (redaction is not None and true_identity(finding, redaction).startswith(identity))
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f'no finding has the identity "{identity}" on {report.as_of}',
            "`uts-policy check --format json` lists them; the same PATHs, day and rules are needed here",
        )
    raise UsageError(f'{len(found)} findings have identities that begin with "{identity}"', "give more of it")
