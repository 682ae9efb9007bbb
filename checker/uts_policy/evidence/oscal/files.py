"""The OSCAL files of a bag, and the plan of action and milestones among them: what is open.

The milestones are for those to set who act.
"""

from collections.abc import Mapping, Sequence

from uts_policy.evidence.oscal.observations import finding_uuid, of_finding
from uts_policy.evidence.oscal.plans import assessment_plan, catalog, profile, security_plan, system_id
from uts_policy.evidence.oscal.results import assessment_results, risk_uuid, risks
from uts_policy.evidence.oscal.run import (
    ASSESSMENT_PLAN,
    CATALOG,
    POAM,
    PROFILE,
    RESULTS,
    SECURITY_PLAN,
    Part,
    Run,
    assessment_assets,
    encoded,
    metadata,
    origins,
    props,
    prose,
    run_of,
    without_empty,
)
from uts_policy.model.answers import Scorecard
from uts_policy.model.evidence import Population
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report


def plan_of_action(run: Run, findings: Sequence[Finding]) -> bytes:
    """An item, an observation and a risk for each of `findings`, of which there is at least one.

    Observations and risks are those of the assessment results, under the same UUIDs.
    """
    assets = assessment_assets(run)
    body = {
        "metadata": metadata(run, "What is open"),
        "import-ssp": {"href": SECURITY_PLAN},
        "system-id": system_id(run),
        "local-definitions": {"components": assets["components"]},
        "observations": [of_finding(run, each) for each in findings],
        "risks": risks(run, findings),
        "poam-items": [_item(run, each) for each in findings],
    }
    return encoded("plan-of-action-and-milestones", body)


def _item(run: Run, finding: Finding) -> Part:
    return without_empty(
        {
            "uuid": run.lasting("poam-item", finding.identity),
            "title": prose(f"{finding.rule}: {finding.entry or finding.message}"),
            "description": prose(finding.message),
            "props": props(rule=finding.rule, finding=finding.identity, level=finding.level.value, entry=finding.entry),
            "origins": origins(),
            "related-observations": [{"observation-uuid": finding_uuid(run, finding)}],
            "related-risks": [{"risk-uuid": risk_uuid(run, finding)}],
        }
    )


def oscal_files(
    report: Report,
    populations: Sequence[Population],
    scorecard: Scorecard | None = None,
    names: Mapping[str, str] | None = None,
) -> Mapping[str, bytes]:
    """Every file below `oscal/`, sorted by path: the same bytes for the same arguments.

    `names` are the paths below `inputs/` of those files of the report that the bag has under another name. Where
    nothing is open there is no `poam.json`: OSCAL knows no empty plan, and an item that says so would count as open.
    """
    run = run_of(report, populations, scorecard, names or {})
    files = {
        CATALOG: catalog(run),
        PROFILE: profile(run),
        SECURITY_PLAN: security_plan(run),
        ASSESSMENT_PLAN: assessment_plan(run),
        RESULTS: assessment_results(run),
    }
    findings = tuple(run.open())
    if findings:
        files[POAM] = plan_of_action(run, findings)
    return {f"oscal/{name}": files[name] for name in sorted(files)}
