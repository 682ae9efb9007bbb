"""Completeness: for every rule of the catalogue, how many entries it was asked about and what became of each.

An entry is counted once a rule, however many findings it has: `passed + failed + waived == entries` always. A finding
on what is no entry of the rule's subjects (a file, a baseline, an entry of another section) changes none of the four
counts; `outside` counts those, so that the findings of every format add up all the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from uts_policy.model.corpus import SECTIONS, Corpus
from uts_policy.model.evidence import Population
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.model.rule import Rule, from_loader

INVALID = "the declarations are invalid, so no rule was evaluated"
INCOMPLETE = "the declarations are invalid, so this could not be judged of all of them"
NOT_CHOSEN = "not among the rules of this run: profile, configuration or command line leave it out"
NOT_COMPARED = {
    "change/weakens-check": "judged only against the base of a change",
    "baseline/fixed": "judged only with a baseline",
}
"""Why a rule was not judged that no profile leaves out."""


def populations(report: Report) -> tuple[Population, ...]:
    """The population of every rule of the catalogue, in the order of the report."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.rule].append(finding)
    reasons = {each.rule: each.reason for each in report.not_assessed}
    evaluated = frozenset(report.evaluated)
    return tuple(_population(rule, report, evaluated, reasons, found[rule.id]) for rule in report.rules)


def outside(report: Report, rule: Rule, findings: Iterable[Finding]) -> int:
    """How many of the rule's findings are on nothing that its population counts."""
    return sum(not _inside(report.corpus, rule, finding.entry) for finding in findings)


def _population(
    rule: Rule, report: Report, evaluated: frozenset[str], reasons: Mapping[str, str], findings: list[Finding]
) -> Population:
    reason = _reason(rule, report, evaluated, reasons, findings)
    if reason is not None or report.corpus is None:
        return Population(rule=rule.id, entries=0, passed=0, failed=0, waived=0, not_assessed=reason)
    waived: dict[str, bool] = {}
    for finding in findings:
        if _inside(report.corpus, rule, finding.entry):
            waived[finding.entry] = waived.get(finding.entry, True) and finding.waiver is not None
    entries = sum(len(report.corpus.data[section]) for section in _sections(rule))
    excused = sum(waived.values())
    return Population(
        rule=rule.id,
        entries=entries,
        passed=entries - len(waived),
        failed=len(waived) - excused,
        waived=excused,
        not_assessed=None,
    )


def _reason(
    rule: Rule, report: Report, evaluated: frozenset[str], reasons: Mapping[str, str], findings: list[Finding]
) -> str | None:
    """Why the rule was not judged; None where it was.

    The loader's own are judged in every run; where something is invalid, one that found nothing may not have seen all.
    """
    if rule.id in evaluated or findings:
        return None
    if from_loader(rule.id):
        return None if report.corpus is not None else INCOMPLETE
    if rule.id in reasons:
        return reasons[rule.id]
    if not report.evaluated:
        return INVALID
    return NOT_COMPARED.get(rule.id, NOT_CHOSEN)


def _sections(rule: Rule) -> tuple[str, ...]:
    return SECTIONS if "*" in rule.subjects else tuple(dict.fromkeys(rule.subjects))


def _inside(corpus: Corpus | None, rule: Rule, entry: str) -> bool:
    section, _, name = entry.partition("/")
    return corpus is not None and section in _sections(rule) and name in corpus.data[section]
