"""A plan of action and milestones: what is open. The milestones are for those to set who act."""

from collections.abc import Sequence

from uts_policy.evidence.oscal.observations import finding_uuid, of_finding
from uts_policy.evidence.oscal.plans import system_id
from uts_policy.evidence.oscal.results import risk_uuid, risks
from uts_policy.evidence.oscal.run import (
    SECURITY_PLAN,
    Part,
    Run,
    assessment_assets,
    encoded,
    metadata,
    origins,
    props,
    prose,
    without_empty,
)
from uts_policy.model.finding import Finding


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
