"""A forecast looks at few days and says what looking at each of them says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.generate.verdicts import policies
from tests.oracle.compare import Checker, _declared, random_case
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.load.configuration import settings_from
from uts_policy.model.rule import Parameter, Profile
from uts_policy.pipeline import check, inputs, prepare, queries
from uts_policy.pipeline.queries import _reports
from uts_policy.pipeline.request import Prepared, Request
from uts_policy.view.forecast import beginnings, days_of_change, later

DAYS = 60
BEFORE = timedelta(days=30)
SEEDS = range(5)


UNITS = {"wait": "days", "days": "roles", "max": ""}
RULE = replace(
    next(rule for rule in policies().catalogue if rule.parameters),
    id="a/b",
    parameters={
        name: Parameter(name=name, type="integer", default=1, description="How many.", unit=unit)
        for name, unit in UNITS.items()
    },
)


def corpus(*dates, **parameters):
    return {"days": dict.fromkeys(dates, 0), "rules": {"a/b": {"level": "error", "parameters": parameters}}}


def test_a_day_changes_something_where_a_term_begins_or_is_over():
    assert days_of_change(corpus("2026-01-10", "2026-03-01", "0001-01-01", "9999-12-31"), "2026-01-01", 30, ()) == (
        "2026-01-10",
        "2026-01-11",
    )


def test_a_rule_that_counts_days_changes_its_mind_when_they_are_full():
    given = corpus("2025-12-01", "2026-03-01", wait=45, days=40, max=1000)
    assert days_of_change(given, "2026-01-01", 30, [RULE]) == ("2026-01-15", "2026-01-16")


def test_a_whole_number_of_which_nobody_says_what_it_counts_may_count_days():
    given = corpus("2025-12-01", "2026-03-01", wait=1000, days=40, max=45)
    assert days_of_change(given, "2026-01-01", 30, [RULE]) == ("2026-01-15", "2026-01-16")


def test_today_and_what_lies_beyond_are_not_looked_at():
    assert days_of_change(corpus("2026-01-01", "2026-01-31"), "2026-01-01", 30, ()) == ("2026-01-02", "2026-01-31")


def test_the_calendar_ends():
    assert (later("2026-11-23", 90), later("9999-12-30", 1), later("9999-12-31", 1)) == (
        "2027-02-21",
        "9999-12-31",
        None,
    )


@pytest.mark.slow
def test_few_days_say_what_all_days_say():
    checker = Checker()
    engine = EmbeddedEngine(timeout=120)
    said, saved = 0, 0
    for seed in SEEDS:
        case = random_case(seed)
        rules = {rule: one for rule, one in case.parameters.items() if rule in checker.known}
        settings = replace(settings_from({}, root=checker.settings.root), profile=Profile.STRICT, rules=rules)
        first = date.fromisoformat(case.as_of) - BEFORE
        request = Request(settings=settings, config=None, as_of=first.isoformat())
        declared = _declared(case)
        prepared = prepare.prepare(request, checker.policies, declared)
        assert isinstance(prepared, Prepared)
        every = [(first + timedelta(days=ahead)).isoformat() for ahead in range(DAYS + 1)]
        some = [every[0], *days_of_change(prepared.corpus.data, every[0], DAYS, checker.policies.catalogue)]
        by_day = dict(_reports(request, checker.policies, engine, (declared, prepared), every))

        begun = beginnings(by_day.items())

        assert [(day, finding.identity) for day, finding in beginnings((day, by_day[day]) for day in some)] == [
            (day, finding.identity) for day, finding in begun
        ], case.name
        said += len(begun)
        saved += len(every) - len(some)
    assert said > 10
    assert saved > 50


@pytest.mark.slow
def test_a_report_of_a_day_is_what_a_check_of_that_day_says(tmp_path):
    case = random_case(3)
    for name, text in case.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings = replace(settings_from({}, root=tmp_path), fail_on=None)
    policies = inputs.read_policies(settings)
    request = Request(settings=settings, config=None, as_of=case.as_of, paths=(tmp_path,))
    engine = EmbeddedEngine()
    found = queries.forecast(request, policies, engine, 400)

    last = found.starts[-1].day
    before = found.evaluated[found.evaluated.index(last) - 1]
    on_last, day_before = (
        {
            finding.identity
            for finding in check.check(replace(request, as_of=day), policies, engine).findings
            if finding.counts
        }
        for day in (last, before)
    )
    assert {start.finding.identity for start in found.starts if start.day == last} == on_last - day_before
