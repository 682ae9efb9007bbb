"""OSCAL assessment results: each rule's outcome, and the risks.

A risk is a finding that is open, or whose deviation is approved until a day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from uts_policy.evidence.oscal.observations import finding_uuid, observations, question_uuid, rule_uuid
from uts_policy.evidence.oscal.plans import OBJECTIVE, RULE, reviewed
from uts_policy.evidence.oscal.run import (
    ASSESSMENT_PLAN,
    CATALOG,
    POAM,
    Part,
    Run,
    assessment_assets,
    encoded,
    href,
    metadata,
    moment,
    origins,
    plain,
    props,
    prose,
    token,
    without_empty,
)
from uts_policy.model.answers import ScorecardStanding, Tile
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


_WAIVED = "Every finding is waived until a day: the deviations are approved, the objective is not reached."


def assessment_results(run: Run) -> bytes:
    """The document. Its links lead to the native findings, which are the truth that this was made of."""
    body = {
        "metadata": metadata(run, "What was checked and found", parties=approvers(run)),
        "import-ap": {"href": ASSESSMENT_PLAN},
        "results": [_result(run)],
    }
    return encoded("assessment-results", body)


def _result(run: Run) -> Part:
    report = run.report
    links = [
        {"href": href("results/findings.json"), "rel": "reference", "text": "The findings as uts-policy writes them"},
        {"href": CATALOG, "rel": "reference", "text": "The controls and objectives"},
    ]
    if any(True for _ in run.open()):
        links.append({"href": POAM, "rel": "reference", "text": "What is open"})
    return without_empty(
        {
            "uuid": run.uuid("result"),
            "title": prose(f"The check as of {report.as_of}"),
            "description": f"Verdict: {report.verdict.value}. What was not assessed has no finding here, only an "
            "observation that says why.",
            "start": run.now,
            "end": run.now,
            "props": props(
                verdict=report.verdict.value,
                threshold="never" if report.threshold is None else report.threshold.value,
                findings=len(report.findings),
                errors=report.counts.error,
                warnings=report.counts.warning,
                notes=report.counts.note,
                known=report.counts.known,
                waived=report.counts.waived,
                rules_assessed=len(run.assessed),
                rules_not_assessed=len(report.rules) - len(run.assessed),
                files=len(report.sources),
                inputs_sha256=report.digests.inputs,
                policies_sha256=report.digests.policies,
            ),
            "links": links,
            "local-definitions": {"assessment-assets": assessment_assets(run)},
            "reviewed-controls": reviewed(run),
            "observations": list(observations(run)),
            "risks": risks(run, report.findings),
            "findings": [*_questions(run), *_rules(run)],
        }
    )


def _questions(run: Run) -> Iterator[Part]:
    for tile in () if run.scorecard is None else run.scorecard.tiles:
        if tile.standing is not ScorecardStanding.NOT_ASSESSED:
            yield _of_question(run, tile)


def _of_question(run: Run, tile: Tile) -> Part:
    rules = [rule for rule in dict.fromkeys(each.rule for each in tile.question.rules) if rule in run.assessed]
    return without_empty(
        {
            "uuid": run.uuid("finding", "question", tile.question.id),
            "title": prose(tile.question.question),
            "description": prose(tile.question.source or tile.question.question),
            "props": props(question=tile.question.id, standing=tile.standing.value),
            "origins": origins(),
            "target": _target(token(OBJECTIVE, tile.question.id), tile.findings, tile.waived),
            "related-observations": _related([question_uuid(run, tile), *(rule_uuid(run, each) for each in rules)]),
            "related-risks": _risks(run, (*tile.findings, *tile.waived)),
        }
    )


def _rules(run: Run) -> Iterator[Part]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in run.report.findings:
        found[finding.rule].append(finding)
    for rule in sorted(run.report.rules, key=lambda each: each.id):
        if rule.id in run.assessed:
            findings = found[rule.id]
            open_ = [each for each in findings if each.waiver is None]
            waived = [each for each in findings if each.waiver is not None]
            told = [rule_uuid(run, rule.id), *(finding_uuid(run, each) for each in findings)]
            yield without_empty(
                {
                    "uuid": run.uuid("finding", "rule", rule.id),
                    "title": prose(f"{rule.id}: {rule.title}"),
                    "description": prose(rule.description),
                    "props": props(rule=rule.id, level=rule.level.value, open=len(open_), waived=len(waived)),
                    "origins": origins(),
                    "target": _target(token(RULE, rule.id), open_, waived),
                    "related-observations": _related(told),
                    "related-risks": _risks(run, findings),
                }
            )


def _target(objective: str, open_: Sequence[Finding], waived: Sequence[Finding]) -> Part:
    """Satisfied where nothing was found: what is waived is there all the same."""
    status: Part = {"state": "satisfied", "reason": "pass"}
    if open_:
        status = {"state": "not-satisfied", "reason": "fail"}
    elif waived:
        status = {"state": "not-satisfied", "reason": "other", "remarks": _WAIVED}
    return {"type": "objective-id", "target-id": objective, "status": status}


def _related(uuids: Iterable[str]) -> list[Part]:
    return [{"observation-uuid": each} for each in uuids]


def _risks(run: Run, findings: Iterable[Finding]) -> list[Part]:
    return [{"risk-uuid": risk_uuid(run, each)} for each in findings]
