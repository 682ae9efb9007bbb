"""Populations add up, whatever was found and whatever was not judged."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from tests.unit.evidence.judged import counted, judged
from uts_policy.evidence.population import INCOMPLETE, INVALID, NOT_CHOSEN, NOT_COMPARED, outside, populations
from uts_policy.model.finding import AppliedWaiver
from uts_policy.model.report import Report
from uts_policy.model.rule import from_loader


def report_of(example: str) -> Report:
    return judged(ROOT / "examples" / example)[0]


@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_an_independent_count_comes_to_the_same(example: str) -> None:
    report = report_of(example)
    ours = {each.rule: each for each in populations(report) if not from_loader(each.rule)}
    theirs = {each.rule: each for each in counted(report) if not from_loader(each.rule)}
    numbers = [{rule: replace(each, not_assessed=None) for rule, each in both.items()} for both in (ours, theirs)]
    assert numbers[0] == numbers[1]
    assert {rule for rule, each in ours.items() if each.not_assessed} == {
        rule for rule, each in theirs.items() if each.not_assessed
    }


def test_every_rule_of_the_catalogue_has_one_and_it_adds_up() -> None:
    report = report_of("seeded")
    found = populations(report)
    assert [each.rule for each in found] == [rule.id for rule in report.rules]
    assert all(each.passed + each.failed + each.waived == each.entries for each in found)
    assert any(each.failed for each in found)


def test_an_entry_is_waived_where_all_that_was_found_on_it_is() -> None:
    report = replace(report_of("seeded"), outcomes={})
    rule, entry = next((each.rule, each.entry) for each in report.findings)
    waiver = AppliedWaiver(id="w", reason="r", approved_by="director", expires="2027-01-01")
    excused = tuple(
        replace(each, waiver=waiver) if (each.rule, each.entry) == (rule, entry) else each for each in report.findings
    )
    [before] = [each for each in populations(report) if each.rule == rule]
    [after] = [each for each in populations(replace(report, findings=excused)) if each.rule == rule]
    assert (after.failed, after.waived, after.passed) == (before.failed - 1, before.waived + 1, before.passed)
    twice = (*excused, replace(excused[0], rule=rule, entry=entry, key="other", waiver=None))
    assert [each for each in populations(replace(report, findings=twice)) if each.rule == rule] == [before]


def test_an_entry_counts_once_however_much_was_found_on_it() -> None:
    report = report_of("seeded")
    by_rule = Counter(finding.rule for finding in report.findings)
    most = max(by_rule, key=lambda rule: by_rule[rule])
    entries = {finding.entry for finding in report.findings if finding.rule == most}
    [population] = [each for each in populations(report) if each.rule == most]
    assert population.failed + population.waived == len(entries)


def test_why_a_rule_was_not_judged_is_said_of_each_kind() -> None:
    report = report_of("seeded")
    reasons = {each.rule: each.not_assessed for each in populations(report)}
    assert {rule: reasons[rule] for rule in NOT_COMPARED} == NOT_COMPARED
    assert {each.rule: reasons[each.rule] for each in report.not_assessed} == {
        each.rule: each.reason for each in report.not_assessed
    }
    quiet = next(each for each in report.evaluated if all(found.rule != each for found in report.findings))
    without = replace(report, evaluated=tuple(each for each in report.evaluated if each != quiet))
    assert {each.rule: each.not_assessed for each in populations(without)}[quiet] == NOT_CHOSEN


def test_of_invalid_declarations_nothing_passed() -> None:
    report = replace(report_of("seeded"), corpus=None, evaluated=(), not_assessed=(), findings=())
    for each in populations(report):
        assert (each.entries, each.passed) == (0, 0)
        expected = INCOMPLETE if from_loader(each.rule) else NOT_COMPARED.get(each.rule, INVALID)
        assert each.not_assessed in (expected, INVALID)


def test_a_finding_on_no_entry_of_the_subjects_is_counted_outside() -> None:
    report = report_of("seeded")
    finding = report.findings[0]
    rule = next(each for each in report.rules if each.id == finding.rule)
    assert outside(report, rule, [finding]) == 0
    assert outside(report, rule, [replace(finding, entry=""), replace(finding, entry="roles/nobody")]) == 2
