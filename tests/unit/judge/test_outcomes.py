import pytest

from tests.unit.judge.samples import corpus, evaluation, lack, rule, violation
from uts_policy.judge.outcomes import outcomes, unassessed
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import AppliedWaiver, Finding, Violation
from uts_policy.model.report import Outcome
from uts_policy.model.rule import Level, NotAssessed

PLAIN = rule("a/first")
NEEDY = rule("a/first", needs=("holders", "grants"))
WAIVER = AppliedWaiver(id="w", reason="agreed", approved_by="director", expires="2026-12-31")


def finding(entry, key="", *, waived=False):
    return Finding(
        identity=f"{entry} {key}",
        rule="a/first",
        level=Level.ERROR,
        message="m",
        remediation="r",
        entry=entry,
        path=tuple(entry.split("/")),
        key=key,
        cause="",
        location=None,
        related=(),
        waiver=WAIVER if waived else None,
    )


def counts(of, evaluated, *findings):
    return outcomes([of], corpus(r=1, s=2, t=3, u=4), evaluated, findings)


def test_of_a_rule_without_needs_every_entry_of_its_sections_counts():
    found = counts(PLAIN, evaluation(), finding("roles/r"), finding("roles/s", waived=True))
    assert found.counts == {"a/first": Outcome(passed=2, failed=1, waived=1, not_judged=0)}
    assert (found.judged, found.not_judged, found.blocked) == ({}, {}, {})


def test_an_entry_is_waived_where_all_that_was_found_on_it_is():
    found = counts(
        PLAIN,
        evaluation(),
        finding("roles/r", "1", waived=True),
        finding("roles/r", "2"),
        finding("roles/s", "1", waived=True),
        finding("roles/s", "2", waived=True),
    )
    assert found.counts == {"a/first": Outcome(passed=2, failed=1, waived=1, not_judged=0)}


def test_a_finding_on_what_is_no_entry_of_the_rule_counts_nowhere():
    found = counts(PLAIN, evaluation(), finding("roles/gone"), finding("people/r"))
    assert found.counts == {"a/first": Outcome(passed=4, failed=0, waived=0, not_judged=0)}


def test_a_rule_with_needs_says_itself_which_entries_it_looked_at():
    answer = evaluation(judged={"a/first": ["roles/r", "roles/s"]}, not_judged=(lack("t"),))
    found = counts(NEEDY, answer, finding("roles/r"))
    assert found.counts == {"a/first": Outcome(passed=1, failed=1, waived=0, not_judged=1)}
    assert found.judged == {"a/first": ("roles/r", "roles/s")}
    assert found.not_judged == {"a/first": ("roles/t",)}


def test_an_entry_with_a_finding_has_failed_whatever_it_leaves_unsaid():
    answer = evaluation(judged={"a/first": []}, not_judged=(lack("t"), lack("u")))
    found = counts(NEEDY, answer, finding("roles/t"))
    assert found.counts == {"a/first": Outcome(passed=0, failed=1, waived=0, not_judged=1)}
    assert found.judged == {"a/first": ("roles/t",)}
    assert found.not_judged == {"a/first": ("roles/u",)}
    assert found.blocked == {"holders": {"a/first": 1}}


def test_an_entry_that_lacks_something_is_not_judged_though_the_rule_says_that_it_has_judged_it():
    answer = evaluation(judged={"a/first": ["roles/r", "roles/t"]}, not_judged=(lack("t"),))
    found = counts(NEEDY, answer)
    assert found.counts == {"a/first": Outcome(passed=1, failed=0, waived=0, not_judged=1)}
    assert found.judged == {"a/first": ("roles/r",)}


def test_a_judgement_that_waits_for_two_facts_is_counted_with_each_and_once_with_each():
    answer = evaluation(
        judged={"a/first": ["roles/r"]},
        not_judged=(
            lack("t", missing="roles/r"),
            lack("t", missing="roles/s"),
            lack("t", fact="grants"),
            lack("u", fact="grants"),
        ),
    )
    found = counts(NEEDY, answer)
    assert found.counts == {"a/first": Outcome(passed=1, failed=0, waived=0, not_judged=2)}
    assert found.blocked == {"holders": {"a/first": 1}, "grants": {"a/first": 2}}


def test_a_rule_of_a_user_s_that_needs_facts_and_does_not_say_what_it_judged_is_no_verdict():
    with pytest.raises(NoVerdictError) as caught:
        counts(NEEDY, evaluation())
    assert caught.value.message == "a/first needs facts, and does not say which entries it has judged"


def test_a_rule_that_judged_no_entry_is_not_assessed_for_the_facts_it_lacks_in_the_order_of_the_data_model():
    lacks = (lack("r", fact="grants"), lack("r", missing="roles/s"), lack("t", name="b/other", fact="records"))
    assert unassessed(evaluation(judged={"a/first": []}, not_judged=lacks)) == (
        NotAssessed(
            rule="a/first",
            reason=(
                "it is not stated who holds the roles and which authorities the roles hold, "
                "so the one entry could not be assessed"
            ),
        ),
        NotAssessed(
            rule="b/other",
            reason="it is not stated what training the people have completed, so the one entry could not be assessed",
        ),
    )


@pytest.mark.parametrize(
    "answer",
    [
        evaluation(),
        evaluation(judged={"a/first": []}),
        evaluation(judged={"a/first": ["roles/r"]}, not_judged=(lack("t"),)),
        evaluation(violation("r"), judged={"a/first": []}, not_judged=(lack("t"),)),
    ],
)
def test_a_rule_that_looked_at_nothing_or_judged_one_entry_is_assessed(answer):
    assert unassessed(answer) == ()


def test_a_finding_of_another_rule_does_not_make_a_rule_assessed():
    other = Violation(rule="b/other", path=("roles", "r"), message="m")
    assert [each.rule for each in unassessed(evaluation(other, not_judged=(lack("t"),)))] == ["a/first"]
