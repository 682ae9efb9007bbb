"""From a report to its coverage: what is declared, what is stated, what was judged, and what to write down next."""

from collections.abc import Iterator, Mapping

from uts_policy.common.fields import sections
from uts_policy.model.answers import Coverage, FactCoverage, NextStep
from uts_policy.model.report import Outcome, Report

_NOT_OF_THE_ORGANISATION = ("moved", "waivers")
"""Sections that say nothing of it: nobody is advised to write exceptions."""
STEPS = 3
"""How many things to write down next are named."""


def coverage(report: Report) -> Coverage:
    """The coverage of declarations that are whole: `report` has a corpus."""
    data = {} if report.corpus is None else report.corpus.data
    # NOTE: facts of what is there first: whoever declared roles can say who holds them, and may have no directives.
    steps = sorted(
        (*_facts(report), *_sections(report)),
        key=lambda step: (not step.fact, -len(step.rules), -step.entries, step.fact, step.section),
    )
    return Coverage(
        tool_version=report.tool_version,
        as_of=report.as_of,
        declared={section: len(data.get(section, ())) for section in sections() if section != "moved"},
        facts=tuple(_fact(report, fact) for fact in report.not_stated),
        rules={**_unjudged(report), **report.outcomes},
        not_assessed=report.not_assessed,
        steps=tuple(steps[:STEPS]),
    )


def _unjudged(report: Report) -> Mapping[str, Outcome]:
    """The rules that looked at entries and judged none of them."""
    unassessed = {each.rule for each in report.not_assessed}
    return {
        rule: Outcome(passed=0, failed=0, waived=0, not_judged=len(entries))
        for rule, entries in report.not_judged.items()
        if rule in unassessed
    }


def _fact(report: Report, fact: str) -> FactCoverage:
    asked = report.not_stated[fact]
    written = asked if report.corpus is None else report.corpus.facts[fact]
    return FactCoverage(
        fact=fact,
        asked=asked.count,
        stated=asked.count - len(written.silent),
        complete=bool(written.silent) and not asked.silent,
        waiting=report.blocked.get(fact, {}),
    )


def _facts(report: Report) -> Iterator[NextStep]:
    for fact, waiting in report.blocked.items():
        yield NextStep(fact=fact, rules=tuple(sorted(waiting)), entries=sum(waiting.values()))


def _sections(report: Report) -> Iterator[NextStep]:
    """A section of which nothing is declared, with the rules that look at nothing else."""
    data = {} if report.corpus is None else report.corpus.data
    missing = {each.rule for each in report.not_assessed}
    wanting: dict[str, list[str]] = {}
    for rule in report.rules:
        if rule.id in missing:
            lacking = [section for section in (*rule.subjects, *rule.sections) if not data.get(section)]
            lacking = [section for section in lacking if section not in _NOT_OF_THE_ORGANISATION]
            for section in dict.fromkeys(lacking):
                wanting.setdefault(section, []).append(rule.id)
    for section, rules in wanting.items():
        yield NextStep(section=section, rules=tuple(sorted(rules)), entries=0)
