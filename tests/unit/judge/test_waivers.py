from tests.unit.judge.samples import CATALOGUE, corpus, violation, waiver
from uts_policy.judge.waivers import applied, unused
from uts_policy.model.finding import AppliedWaiver, Violation

KNOWN = {rule.id for rule in CATALOGUE}


def complaints(found: tuple[Violation, ...]) -> list[tuple[tuple, str]]:
    return [(each.path, each.message) for each in found]


def test_a_waiver_hides_every_finding_of_its_rule_on_its_entry() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=1)
    expected = AppliedWaiver(id="w", reason="agreed", approved_by="director", expires="2026-12-31")
    assert applied(declared, "a/first", "roles/r", "") == expected
    assert applied(declared, "a/first", "roles/r", "any key") == expected


def test_a_waiver_hides_nothing_of_another_rule_or_entry() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=1, s=2)
    assert applied(declared, "a/second", "roles/r", "") is None
    assert applied(declared, "a/first", "roles/s", "") is None


def test_a_waiver_with_a_key_hides_the_finding_with_that_key_only() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r", key="k")}, r=1)
    assert applied(declared, "a/first", "roles/r", "k") is not None
    assert applied(declared, "a/first", "roles/r", "l") is None
    assert applied(declared, "a/first", "roles/r", "") is None


def test_of_two_waivers_the_one_that_lasts_longer_is_named() -> None:
    declared = corpus(
        {
            "early": waiver("a/first", "roles/r", expires="2026-12-01"),
            "late": waiver("a/first", "roles/r", expires="2027-01-01"),
        },
        r=1,
    )
    found = applied(declared, "a/first", "roles/r", "")
    assert found is not None
    assert found.id == "late"


def test_an_entry_id_may_hold_slashes() -> None:
    declared = corpus({"w": waiver("a/first", "assignments/r/x/A")})
    assert applied(declared, "a/first", "assignments/r/x/A", "") is not None


def test_a_waiver_that_matches_a_finding_is_used() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=1)
    assert unused(declared, [violation("r", key="k")], {"a/first"}, KNOWN) == ()


def test_a_waiver_without_a_finding_is_unused_and_the_subject_is_pointed_at() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=1, s=2)
    found = unused(declared, [violation("s")], {"a/first"}, KNOWN)
    assert complaints(found) == [
        (("waivers", "w", "subject"), 'Waiver "w" hides nothing: "a/first" has no finding on "roles/r"')
    ]


def test_a_waiver_of_a_rule_that_was_not_evaluated_is_not_judged() -> None:
    declared = corpus({"w": waiver("a/second", "roles/r")}, r=1)
    assert unused(declared, [], {"a/first"}, KNOWN) == ()


def test_a_waiver_of_an_unknown_rule_matches_nothing_and_gets_a_suggestion() -> None:
    declared = corpus({"w": waiver("a/frist", "roles/r")}, r=1)
    assert complaints(unused(declared, [violation("r")], {"a/first"}, KNOWN)) == [
        (
            ("waivers", "w", "rule"),
            'Waiver "w" hides nothing: there is no rule "a/frist"; did you mean "a/first"?',
        )
    ]


def test_a_waiver_of_a_rule_that_cannot_be_waived_hides_nothing() -> None:
    declared = corpus({"w": waiver("schema/type", "roles/r")}, r=1)
    assert complaints(unused(declared, [], {"a/first"}, KNOWN)) == [
        (("waivers", "w", "rule"), 'Waiver "w" hides nothing: "schema/type" cannot be waived')
    ]


def test_a_waiver_whose_key_fits_no_finding_is_unused() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r", key="k")}, r=1)
    assert complaints(unused(declared, [violation("r", key="l")], {"a/first"}, KNOWN)) == [
        (("waivers", "w", "key"), 'Waiver "w" hides nothing: "a/first" has no finding on "roles/r" with the key "k"')
    ]


def test_a_waiver_of_an_unused_waiver_is_used() -> None:
    declared = corpus(
        {"v": waiver("waivers/unused", "waivers/w"), "w": waiver("a/first", "roles/r")},
        r=1,
    )
    found = unused(declared, [], {"a/first", "waivers/unused"}, KNOWN)
    assert [each.path for each in found] == [("waivers", "w", "subject")]


def test_a_waiver_of_a_used_waiver_is_unused() -> None:
    declared = corpus(
        {"v": waiver("waivers/unused", "waivers/w"), "w": waiver("a/first", "roles/r")},
        r=1,
    )
    found = unused(declared, [violation("r")], {"a/first", "waivers/unused"}, KNOWN)
    assert [each.path for each in found] == [("waivers", "v", "subject")]
