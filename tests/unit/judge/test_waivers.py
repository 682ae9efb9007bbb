from dataclasses import replace

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
    assert unused(declared, [violation("r", key="k")], {"a/first"}, KNOWN, set()) == ()


def test_a_waiver_without_a_finding_is_unused_and_the_subject_is_pointed_at() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=1, s=2)
    found = unused(declared, [violation("s")], {"a/first"}, KNOWN, set())
    assert complaints(found) == [
        (("waivers", "w", "subject"), 'Waiver "w" hides nothing: "a/first" has no finding on "roles/r"')
    ]


def test_where_the_finding_is_on_what_is_written_in_the_entry_in_short_that_is_named() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=1, s=2)
    role, other = declared.origins["roles", "r"], declared.origins["roles", "s"]
    short = {("assignments", f"r/{name}/A"): replace(role, route=(*role.route, "x", name)) for name in ("x", "y", "z")}
    elsewhere = {("assignments", "s/x/A"): replace(other, route=(*other.route, "x"))}
    declared = replace(declared, origins={**declared.origins, **short, **elsewhere})

    def said(*names: str) -> str:
        found = [replace(violation("r"), path=("assignments", name)) for name in (*names, "s/x/A")]
        (one,) = complaints(unused(declared, found, {"a/first"}, KNOWN, set()))
        return one[1].partition('has no finding on "roles/r"')[2]

    assert said() == ""
    assert said("r/x/A") == '; what is written in it in short has one, on "assignments/r/x/A"'
    assert said("r/x/A", "r/y/A", "r/z/A").endswith('on "assignments/r/x/A" and 2 more')


def test_a_waiver_of_a_rule_that_was_not_evaluated_is_not_judged() -> None:
    declared = corpus({"w": waiver("a/second", "roles/r")}, r=1)
    assert unused(declared, [], {"a/first"}, KNOWN, set()) == ()


def test_a_waiver_of_an_unknown_rule_matches_nothing_and_gets_a_suggestion() -> None:
    declared = corpus({"w": waiver("a/frist", "roles/r")}, r=1)
    assert complaints(unused(declared, [violation("r")], {"a/first"}, KNOWN, set())) == [
        (
            ("waivers", "w", "rule"),
            'Waiver "w" hides nothing: there is no rule "a/frist"; did you mean "a/first"?',
        )
    ]


def test_a_waiver_of_a_rule_that_cannot_be_waived_hides_nothing() -> None:
    declared = corpus({"w": waiver("schema/type", "roles/r")}, r=1)
    assert complaints(unused(declared, [], {"a/first"}, KNOWN, set())) == [
        (("waivers", "w", "rule"), 'Waiver "w" hides nothing: "schema/type" cannot be waived')
    ]


def test_a_waiver_whose_key_fits_no_finding_is_unused() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r", key="k")}, r=1)
    assert complaints(unused(declared, [violation("r", key="l")], {"a/first"}, KNOWN, set())) == [
        (("waivers", "w", "key"), 'Waiver "w" hides nothing: "a/first" has no finding on "roles/r" with the key "k"')
    ]


def test_a_waiver_of_an_unused_waiver_is_used() -> None:
    declared = corpus(
        {"v": waiver("waivers/unused", "waivers/w"), "w": waiver("a/first", "roles/r")},
        r=1,
    )
    found = unused(declared, [], {"a/first", "waivers/unused"}, KNOWN, set())
    assert [each.path for each in found] == [("waivers", "w", "subject")]


def test_a_waiver_of_a_used_waiver_is_unused() -> None:
    declared = corpus(
        {"v": waiver("waivers/unused", "waivers/w"), "w": waiver("a/first", "roles/r")},
        r=1,
    )
    found = unused(declared, [violation("r")], {"a/first", "waivers/unused"}, KNOWN, set())
    assert [each.path for each in found] == [("waivers", "v", "subject")]


def test_a_waiver_of_a_glob_hides_the_findings_on_each_entry_it_stands_for_and_one_of_them_is_use_enough() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r*")}, {"w": ["roles/r1", "roles/r2"]}, r1=1, r2=2, s=3)
    assert [applied(declared, "a/first", f"roles/{one}", "") is not None for one in ("r1", "r2", "s")] == [
        True,
        True,
        False,
    ]
    assert unused(declared, [violation("r2")], {"a/first"}, KNOWN, set()) == ()
    assert complaints(unused(declared, [violation("s")], {"a/first"}, KNOWN, set())) == [
        (("waivers", "w", "subject"), 'Waiver "w" hides nothing: "a/first" has no finding on "roles/r*"')
    ]


def test_a_waiver_of_a_glob_with_a_key_is_unused_where_no_entry_it_stands_for_has_that_key() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r*", key="k")}, {"w": ["roles/r1", "roles/r2"]}, r1=1, r2=2)
    assert unused(declared, [violation("r1"), violation("r2", key="k")], {"a/first"}, KNOWN, set()) == ()
    assert complaints(unused(declared, [violation("r1"), violation("r2", key="l")], {"a/first"}, KNOWN, set())) == [
        (("waivers", "w", "key"), 'Waiver "w" hides nothing: "a/first" has no finding on "roles/r*" with the key "k"')
    ]


def test_a_glob_that_stands_for_no_entry_says_so() -> None:
    declared = corpus({"w": waiver("a/first", "roles/x*")}, {"w": []}, r=1)
    assert complaints(unused(declared, [violation("r")], {"a/first"}, KNOWN, set())) == [
        (("waivers", "w", "subject"), 'Waiver "w" hides nothing: no entry matches "roles/x*"')
    ]


def test_a_waiver_of_an_entry_that_the_rule_could_not_judge_is_not_unused_unless_it_is_for_a_key() -> None:
    declared = corpus(
        {"any": waiver("a/first", "roles/r*"), "one": waiver("a/first", "roles/r2", key="k")},
        {"any": ["roles/r1", "roles/r2"]},
        r1=1,
        r2=2,
    )
    found = unused(declared, [], {"a/first"}, KNOWN, {("a/first", "roles/r2")})
    assert [each.path for each in found] == [("waivers", "one", "subject")]
    other_rule = unused(declared, [], {"a/first"}, KNOWN, {("a/second", "roles/r2")})
    assert [each.path for each in other_rule] == [("waivers", "any", "subject"), ("waivers", "one", "subject")]


def test_a_waiver_whose_approval_is_to_come_is_not_unused() -> None:
    today = corpus({"w": waiver("a/first", "roles/r", approved_on="2026-11-23")}, r=1)
    tomorrow = corpus({"w": waiver("a/first", "roles/r", approved_on="2026-11-24")}, r=1)
    assert len(unused(today, [], {"a/first"}, KNOWN, set())) == 1
    assert unused(tomorrow, [], {"a/first"}, KNOWN, set()) == ()
