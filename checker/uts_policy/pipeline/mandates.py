"""The sheets that holders of roles sign, or a reminder of what is open."""

from collections.abc import Sequence

from uts_policy.corpus.build import with_views
from uts_policy.engine.interface import Engine
from uts_policy.judge.report import CRITICALITY, Assessment, report_invalid
from uts_policy.model.finding import Finding
from uts_policy.model.mandate import Mandates, MandateSheet
from uts_policy.model.report import Report
from uts_policy.pipeline.inputs import known_identities, read_declarations
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.redaction import report_knowing
from uts_policy.pipeline.request import Policies, Prepared, Request
from uts_policy.view.answers import located
from uts_policy.view.forecast import OWNERS
from uts_policy.view.subjects import MANDATE, mandate_of, titled_entry


def mandates(
    request: Request, policies: Policies, engine: Engine, roles: Sequence[str], *, open_only: bool
) -> Mandates | Report:
    """The sheets of these roles, by default of all that answer for something or do it; or why there are none.

    With `open_only` only those of roles that a finding concerns. Raises UsageError for a role that is not declared.
    """
    declared = read_declarations(request)
    facts = facts_of(request, policies, declared)
    prepared = prepare(request, policies, declared, refuse=False)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    data = prepared.corpus.data
    wanted = [titled_entry(data, each, "roles") for each in roles]
    request.notify("asking what each role answers for")
    asked = with_views(
        prepared.corpus, CRITICALITY, OWNERS, MANDATE, question={"roles": wanted or sorted(data["roles"])}
    )
    evaluation = engine.evaluate(asked, policies.rule_set)
    assessment = Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=evaluation)
    report = report_knowing(request, facts, assessment, known_identities(request.settings))
    said = located(evaluation.views[MANDATE]["roles"], prepared.corpus)
    sheets = [
        MandateSheet(role=role, mandate=mandate_of(prepared.corpus, said[role]), findings=_concerning(report, role))
        for role in wanted or [name for name in data["roles"] if _acts(said[name])]
    ]
    return Mandates(
        as_of=request.as_of,
        organisation=report.organisation,
        sheets=tuple(each for each in sheets if each.findings or not open_only),
        open_only=open_only,
    )


def _acts(mandate: dict[str, object]) -> bool:
    """Whether a living role answers for something, or does it."""
    duties = mandate["duties"]
    return mandate["state"] == "living" and isinstance(duties, list) and any(each["code"] in "AR" for each in duties)


def _concerning(report: Report, role: str) -> tuple[Finding, ...]:
    answerable = report.views[OWNERS]
    found = []
    for finding in report.findings:
        section, _, name = finding.entry.partition("/")
        if finding.counts and role in answerable.get(section, {}).get(name, ()):
            found.append(finding)
    return tuple(found)
