"""Risks: a finding is open, or its deviation is approved until a day."""

from collections.abc import Iterable

from uts_policy.evidence.oscal.observations import finding_uuid
from uts_policy.evidence.oscal.run import Part, Run, moment, origins, plain, props, prose, without_empty
from uts_policy.model.finding import AppliedWaiver, Finding


def risk_uuid(run: Run, finding: Finding) -> str:
    """The risk that a finding is: the same in every run that finds it."""
    return run.lasting("risk", finding.identity)


def risks(run: Run, findings: Iterable[Finding]) -> list[Part]:
    """One a finding, in the same order."""
    effects = {rule.id: rule.effect for rule in run.report.rules}
    return [_risk(run, finding, effects[finding.rule]) for finding in findings]


def approvers(run: Run) -> list[Part]:
    """The roles that approved a waiver which hides something, as the parties that OSCAL asks for; sorted by id."""
    roles = {} if run.report.corpus is None else run.report.corpus.data["roles"]
    names = sorted({finding.waiver.approved_by for finding in run.report.findings if finding.waiver is not None})
    return [
        {
            "uuid": _party(run, name),
            "type": "organization",
            "name": plain(str(roles.get(name, {}).get("title", name))),
            "short-name": plain(name),
            "remarks": "A role of the declarations. Who holds it is said there.",
        }
        for name in names
    ]


def _party(run: Run, role: str) -> str:
    return run.lasting("party", role)


def _risk(run: Run, finding: Finding, effect: str) -> Part:
    identity, waiver = finding.identity, finding.waiver
    deviation = {} if waiver is None else _deviation(run, finding, waiver)
    stated = {} if waiver is None else {"waiver": waiver.id, "approved_by": waiver.approved_by}
    return without_empty(
        {
            "uuid": risk_uuid(run, finding),
            "title": prose(f"{finding.rule}: {finding.entry or finding.message}"),
            "description": prose(finding.message),
            "statement": prose(effect),
            "props": props(
                rule=finding.rule, finding=identity, level=finding.level.value, entry=finding.entry, **stated
            ),
            "status": "open" if waiver is None else "deviation-approved",
            "origins": origins(),
            "remediations": [
                {
                    "uuid": run.lasting("remediation", identity),
                    "lifecycle": "recommendation",
                    "title": "What to do",
                    "description": prose(finding.remediation),
                }
            ],
            "related-observations": [{"observation-uuid": finding_uuid(run, finding)}],
            **deviation,
        }
    )


def _deviation(run: Run, finding: Finding, waiver: AppliedWaiver) -> Part:
    entry = {
        "uuid": run.lasting("risk-log", finding.identity, waiver.id),
        "title": prose(f"Waiver {waiver.id}"),
        "description": prose(f"Approved by {waiver.approved_by} until {waiver.expires}: {waiver.reason}"),
        "start": moment(_approved_on(run, waiver)),
        "logged-by": [{"party-uuid": _party(run, waiver.approved_by)}],
        "status-change": "deviation-approved",
    }
    return {"deadline": moment(waiver.expires, last=True), "risk-log": {"entries": [entry]}}


def _approved_on(run: Run, waiver: AppliedWaiver) -> str:
    """The day of approval as declared."""
    corpus = run.report.corpus
    day: str = run.report.as_of if corpus is None else corpus.data["waivers"][waiver.id]["approved_on"]
    return day
