"""Completeness: for every rule of the catalogue, how many entries it was asked about and what became of each.

An entry is counted once a rule, however many findings it has: `passed + failed + waived + not_judged == entries`
always. A finding on what is no entry of the rule's subjects (a file, a baseline, an entry of another section) changes
none of the four counts; `outside` counts those, so that the findings of every format add up all the same.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from uts_policy.common.fields import sections
from uts_policy.common.outcome import entries_of, failing, is_about, outcome
from uts_policy.evidence.effective import Effective
from uts_policy.model.evidence import Population
from uts_policy.model.finding import Finding, Status
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
    return sum(report.corpus is None or not is_about(rule, report.corpus, finding.entry) for finding in findings)


def _population(
    rule: Rule, report: Report, evaluated: frozenset[str], reasons: Mapping[str, str], findings: list[Finding]
) -> Population:
    reason = _reason(rule, report, evaluated, reasons, findings)
    if reason is not None or report.corpus is None:
        silent = len(report.not_judged.get(rule.id, ()))
        return Population(
            rule=rule.id, entries=silent, passed=0, failed=0, waived=0, not_judged=silent, not_assessed=reason
        )
    counts = report.outcomes.get(rule.id)
    if counts is None:
        counts = outcome(entries_of(rule, report.corpus), failing(rule, report.corpus, findings))
    return Population(
        rule=rule.id,
        entries=counts.entries,
        passed=counts.passed,
        failed=counts.failed,
        waived=counts.waived,
        not_judged=counts.not_judged,
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


SCHEMA = "uts-policy/population/1"


def population_file(report: Report, populations: Sequence[Population], effective: Effective) -> bytes:
    """What was there, what was looked at, and what became of it, in numbers that add up.

    Of each rule: `entries = passed + failed + waived + not_judged`; the reason, where it was not assessed; its
    findings, of which `outside` are on nothing that its entries count. `failed` are the entries with a finding that
    nobody waived, known from before or not. Files: `found = checked + unread + ignored`; a directory that is ignored
    counts as one.
    """
    found = _by_rule(report.findings)
    rules = {rule.id: rule for rule in report.rules}
    value = {
        "schema": SCHEMA,
        "as_of": report.as_of,
        "files": {
            "found": len(report.sources) + len(effective.unread) + len(effective.ignored),
            "checked": len(report.sources),
            "unread": [{"file": each.location.file, "reason": each.message} for each in effective.unread],
            "ignored": [{"path": path, "reason": reason} for path, reason in sorted(effective.ignored.items())],
        },
        "entries": None
        if report.corpus is None
        else {section: len(report.corpus.data[section]) for section in sections()},
        "rules": [_rule(report, rules[each.rule], each, found[each.rule]) for each in populations],
        "totals": {
            "rules": len(populations),
            "assessed": sum(each.not_assessed is None for each in populations),
            "not_assessed": sum(each.not_assessed is not None for each in populations),
            "findings": _counts(report.findings),
        },
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def decisions_file(report: Report, populations: Sequence[Population], names: Mapping[str, str]) -> bytes:
    """JSON Lines: one line per rule, in the order of the catalogue, then one per finding, in that of the report.

    `names` are the names below `inputs/`, by path.
    """
    rules = {rule.id: rule for rule in report.rules}
    found = _by_rule(report.findings)
    lines = [_decision(rules[each.rule], each, found[each.rule]) for each in populations]
    lines += [_finding(report, finding, names) for finding in report.findings]
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    ).encode("utf-8", "backslashreplace")  # fmt: skip


def _by_rule(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule].append(finding)
    return found


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    """`total = open + waived + known`, as in every format."""
    states = [standing(finding) for finding in findings]
    return {"total": len(states), **{state: states.count(state) for state in ("open", "waived", "known")}}


def standing(finding: Finding) -> str:
    """`waived`, else `known` from before, else `open`."""
    if finding.waiver is not None:
        return "waived"
    return "known" if finding.status is Status.KNOWN else "open"


def _rule(report: Report, rule: Rule, population: Population, findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "rule": rule.id,
        "level": rule.level.value,
        "by": rule.by,
        "subjects": list(rule.subjects),
        "entries": population.entries,
        "passed": population.passed,
        "failed": population.failed,
        "waived": population.waived,
        "not_judged": population.not_judged,
        "not_assessed": population.not_assessed,
        "findings": {**_counts(findings), "outside": outside(report, rule, findings)},
    }


def _decision(rule: Rule, population: Population, findings: Sequence[Finding]) -> dict[str, object]:
    decision = "not assessed"
    if population.not_assessed is None:
        states = {standing(finding) for finding in findings}
        decision = next((word for word in ("open", "known", "waived") if word in states), "nothing found")
    return {
        "kind": "rule",
        "rule": rule.id,
        "level": rule.level.value,
        "decision": decision,
        "reason": population.not_assessed,
        "entries": population.entries,
        "findings": len(findings),
        "criteria": [f"{each.source}: {each.text}" for each in rule.criteria],
    }


def _finding(report: Report, finding: Finding, names: Mapping[str, str]) -> dict[str, object]:
    place = finding.location
    source = None if place is None else report.sources.get(place.file)
    return {
        "kind": "finding",
        "id": finding.identity,
        "rule": finding.rule,
        "level": finding.level.value,
        "decision": standing(finding),
        "entry": finding.entry,
        "fails": report.fails(finding),
        "waiver": None if finding.waiver is None else finding.waiver.id,
        "file": None if place is None else place.file,
        "line": None if place is None else place.span.line,
        "stored": None if source is None else f"inputs/{names.get(source.path, source.path)}",
        "sha256": None if source is None else source.sha256,
    }


def rules_by_outcome(report: Report) -> Iterator[tuple[str, str]]:
    """Each rule that was judged, with `failed`, `warned` (it found what does not fail the check) or `passed`."""
    found = _by_rule(report.findings)
    for rule in sorted({*report.evaluated, *found}):
        counting = [finding for finding in found[rule] if finding.counts]
        if any(map(report.fails, counting)):
            yield rule, "failed"
        else:
            yield rule, "warned" if counting else "passed"
