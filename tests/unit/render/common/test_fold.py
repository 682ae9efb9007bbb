from tests.unit.render.reports import KNOWN, WAIVED, finding
from uts_policy.model.finding import Criticality
from uts_policy.model.rule import Level
from uts_policy.render.common.fold import Fold, by_urgency, causes, fold, keep_top

ONE, TWO = finding(3), finding(5)


def test_findings_of_one_rule_and_cause_are_one() -> None:
    assert fold([ONE, TWO]) == (Fold(first=ONE, others=(TWO,)),)


def test_findings_without_a_cause_stand_alone() -> None:
    alone = [finding(3, cause=""), finding(5, cause="")]
    assert fold(alone) == tuple(Fold(first=each, others=()) for each in alone)


def test_another_rule_level_waiver_or_status_is_another_fold() -> None:
    others = [finding(4, rule="reference/retired"), finding(4, level=Level.WARNING), WAIVED, KNOWN]
    assert [each.first for each in fold([ONE, *others, TWO])] == [ONE, *others]


def test_findings_stand_by_level_then_criticality_then_shared_cause_then_rule() -> None:
    warning = finding(1, level=Level.WARNING, criticality=Criticality.CRITICAL)
    low = finding(2, cause="low", criticality=Criticality.LOW)
    none, normal = finding(3, cause="n", rule="b/b"), finding(4, cause="m", rule="a/a", criticality=Criticality.NORMAL)
    shared = [finding(line, cause="shared") for line in (5, 6)]
    high = finding(7, cause="high", criticality=Criticality.HIGH)
    critical = finding(8, cause="critical", criticality=Criticality.CRITICAL)

    found = by_urgency([KNOWN, warning, low, none, normal, *shared, high, critical])

    assert found == (critical, high, *shared, normal, none, low, warning, KNOWN)


def test_a_cause_is_as_urgent_as_its_most_urgent_finding() -> None:
    low = [finding(line, cause="many", criticality=Criticality.LOW) for line in (1, 2)]
    mixed = [finding(3, cause="mixed", criticality=criticality) for criticality in (Criticality.LOW, Criticality.HIGH)]
    assert causes([*low, *mixed]) == ("mixed", "many")


def test_causes_with_most_findings_come_first_and_equal_ones_keep_their_order() -> None:
    found = [finding(1, cause="a"), finding(2, cause="b"), finding(3, cause="c"), finding(4, cause="c")]
    assert causes(found) == ("c", "a", "b")


def test_the_gravest_cause_comes_first_however_few_findings_it_has() -> None:
    notes = [finding(line, cause="a", level=Level.NOTE) for line in (1, 4)]
    found = [*notes, finding(2, cause="b", level=Level.WARNING), finding(3, cause="c")]
    assert causes(found) == ("c", "b", "a")


def test_what_does_not_count_is_no_cause() -> None:
    assert causes([WAIVED, KNOWN]) == ()


def test_only_the_top_causes_are_kept_in_the_order_of_the_report() -> None:
    found = [finding(1, cause="a"), finding(2, cause="b"), finding(3, cause="c"), finding(4, cause="c")]
    assert keep_top(found, 2) == ((found[0], found[2], found[3]), 1)
    assert keep_top(found, 3) == (tuple(found), 0)
    assert keep_top(found, None) == (tuple(found), 0)
