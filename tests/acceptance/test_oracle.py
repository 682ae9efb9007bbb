"""The checker says of random corpora what the oracle says: the rules once more, slow and naive, from the catalogue."""

from __future__ import annotations

import pytest

from tests.oracle.catalogue import RULES, UNUSED, verdict
from tests.oracle.compare import Checker, compare, explain, random_case

CORPORA = 250
"""What a check of every change can afford; `make oracle N=10000` compares more."""

NEEDY = (
    "ownership/no-performer",
    "ownership/unacknowledged",
    "authority/missing",
    "authority/no-line-to-top",
    "staffing/vacant",
    "staffing/below-minimum",
    "staffing/ineligible-holder",
    "continuity/no-successor",
    "continuity/shallow-succession",
    "continuity/circular-succession",
    "continuity/one-person-deep",
    "workload/nobody-told",
    "training/untrained",
    "incident/no-command",
    "incident/broken-escalation",
    "risk/unowned-action",
)
"""The rules with needs: the table of the fourth principle, whole."""

REACHED = 600
RARE = 0.05


@pytest.fixture(scope="module")
def checker():
    return Checker()


@pytest.mark.slow
def test_checker_and_oracle_agree_on_random_corpora(checker):
    compared, _, differing = compare(checker, range(CORPORA))

    assert compared > CORPORA
    assert not differing, "\n\n".join(
        explain(checker, rule, case, count) for rule, (case, count) in sorted(differing.items())[:2]
    )


def test_the_oracle_knows_every_rule_that_is_no_part_of_the_loader(checker):
    fixed = {"yaml", "schema", "change", "baseline"}

    assert {rule.id for rule in checker.policies.catalogue if rule.category not in fixed} == {*RULES, UNUSED}


def test_random_corpora_reach_every_rule_and_leave_every_rule_alone():
    spoken = dict.fromkeys((*RULES, UNUSED), 0)
    unjudged = dict.fromkeys(NEEDY, 0)
    for case in map(random_case, range(REACHED)):
        said = verdict(case.declarations, case.as_of, case.parameters, case.complete)
        for rule in {rule for rule, _, _ in said.findings}:
            spoken[rule] += 1
        for rule in {rule for rule, _ in said.not_judged}:
            unjudged[rule] += 1

    assert {rule: count for rule, count in spoken.items() if not RARE <= count / REACHED <= 1 - RARE} == {}
    assert {rule: count for rule, count in unjudged.items() if not RARE <= count / REACHED <= 1 - RARE} == {}
