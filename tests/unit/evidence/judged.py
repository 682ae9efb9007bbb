"""Real checks for what the evidence is made of, and their populations counted another way than ours."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from uts_policy.common import fields
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.load.configuration import settings_from
from uts_policy.model.answers import Scorecard
from uts_policy.model.evidence import Population
from uts_policy.model.report import Report
from uts_policy.pipeline import check, inputs, queries
from uts_policy.pipeline.request import Request

DAY = "2026-11-23"


@cache
def judged(folder: Path) -> tuple[Report, Scorecard]:
    """The report and the scorecard of the declarations in a folder."""
    settings = settings_from({}, root=folder.parent)
    views = ("answerable", "matrix", "scorecard", "seats")
    request = Request(settings=settings, config=None, as_of=DAY, paths=(folder,), views=views)
    policies = inputs.read_policies(settings)
    engine = EmbeddedEngine(timeout=120)
    report = check.check(request, policies, engine)
    questions = queries.read_question_set(None, policies)
    return report, queries.scorecard_of(report, questions)


def counted(report: Report) -> tuple[Population, ...]:
    """The populations of a report, by going through the findings entry by entry."""
    told = {each.rule: each.reason for each in report.not_assessed}
    states: dict[str, dict[str, bool]] = defaultdict(dict)
    for finding in report.findings:
        waived = finding.waiver is not None
        states[finding.rule][finding.entry] = states[finding.rule].get(finding.entry, True) and waived
    populations = []
    for rule in report.rules:
        sections = fields.sections() if "*" in rule.subjects else rule.subjects
        if rule.id not in report.evaluated or report.corpus is None:
            reason = told.get(rule.id, "not among the rules of this run")
            unsaid = len(report.not_judged.get(rule.id, ()))
            populations.append(
                Population(
                    rule=rule.id, entries=unsaid, passed=0, failed=0, waived=0, not_judged=unsaid, not_assessed=reason
                )
            )
            continue
        entries = {f"{section}/{id_}" for section in sections for id_ in report.corpus.data[section]}
        silent = set(report.not_judged.get(rule.id, ()))
        if rule.needs:
            entries = silent.union(report.judged.get(rule.id, ()))
        failed = {entry for entry, excused in states[rule.id].items() if not excused} & entries
        waived = {entry for entry, excused in states[rule.id].items() if excused} & entries
        populations.append(
            Population(
                rule=rule.id,
                entries=len(entries),
                passed=len(entries - silent) - len(failed) - len(waived),
                failed=len(failed),
                waived=len(waived),
                not_judged=len(silent),
                not_assessed=None,
            )
        )
    return tuple(populations)
