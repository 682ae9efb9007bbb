"""Drawing a sample: which conclusions can be drawn, that each category gets its turn, and that a seed decides."""

from collections import Counter
from collections.abc import Iterator

import pytest

from uts_policy.evidence.sample import DrawnSample, JudgedEntry, draw
from uts_policy.model.evidence import Conclusion, Stratum

VIOLATION, PASS, WAIVED = Conclusion.VIOLATION, Conclusion.PASS, Conclusion.WAIVED
ENTRIES = tuple(f"roles/r{number:03}" for number in range(200))


def judged(rule: str, *, fail: int = 0, waive: int = 0, entries: tuple[str, ...] = ENTRIES) -> JudgedEntry:
    found = dict.fromkeys(entries[:fail], VIOLATION) | dict.fromkeys(entries[fail : fail + waive], WAIVED)
    return JudgedEntry(rule=rule, entries=entries, found=found)


def many() -> Iterator[JudgedEntry]:
    for number in range(12):
        yield judged(f"c{number:02}/one", fail=number % 3 * 4, waive=number % 2)
        yield judged(f"c{number:02}/two")


@pytest.mark.parametrize("seed", range(20))
def test_every_category_with_a_population_occurs_in_a_sample_of_as_many(seed: int) -> None:
    drawn, _ = draw(many(), size=12, seed=seed)
    assert {each.rule.partition("/")[0] for each in drawn} == {f"c{number:02}" for number in range(12)}


@pytest.mark.parametrize("seed", range(20))
def test_violations_and_passes_are_both_there(seed: int) -> None:
    drawn, _ = draw(many(), size=24, seed=seed)
    counts = Counter(each.conclusion for each in drawn)
    assert counts[VIOLATION] >= 8
    assert counts[PASS] >= 8


def test_each_conclusion_is_what_the_rule_said() -> None:
    rules = {each.rule: each for each in many()}
    drawn, _ = draw(rules.values(), size=100, seed=7)
    for each in drawn:
        assert each.entry in rules[each.rule].entries
        assert rules[each.rule].found.get(each.entry, PASS) is each.conclusion


def test_nothing_is_drawn_twice_and_a_sample_larger_than_everything_is_everything() -> None:
    few = [judged("a/b", fail=2, waive=1, entries=ENTRIES[:5]), judged("c/d", entries=ENTRIES[:2])]
    drawn, strata = draw(few, size=1000, seed=1)
    assert drawn == (
        DrawnSample(rule="a/b", entry="roles/r000", conclusion=VIOLATION),
        DrawnSample(rule="a/b", entry="roles/r001", conclusion=VIOLATION),
        DrawnSample(rule="a/b", entry="roles/r002", conclusion=WAIVED),
        DrawnSample(rule="a/b", entry="roles/r003", conclusion=PASS),
        DrawnSample(rule="a/b", entry="roles/r004", conclusion=PASS),
        DrawnSample(rule="c/d", entry="roles/r000", conclusion=PASS),
        DrawnSample(rule="c/d", entry="roles/r001", conclusion=PASS),
    )
    assert strata == (
        Stratum(category="a", conclusion=VIOLATION, population=2, drawn=2),
        Stratum(category="a", conclusion=PASS, population=2, drawn=2),
        Stratum(category="a", conclusion=WAIVED, population=1, drawn=1),
        Stratum(category="c", conclusion=PASS, population=2, drawn=2),
    )


def test_a_rule_without_a_population_has_no_stratum() -> None:
    assert draw([judged("a/b", entries=())], size=5, seed=1) == ((), ())


def test_a_finding_on_a_file_can_be_drawn_though_a_file_is_no_entry() -> None:
    drawn, _ = draw([JudgedEntry(rule="yaml/tag", entries=(), found={"a.yaml": VIOLATION})], size=5, seed=1)
    assert drawn == (DrawnSample(rule="yaml/tag", entry="a.yaml", conclusion=VIOLATION),)


def test_the_same_seed_draws_the_same_whatever_the_order_of_rules() -> None:
    rules = list(many())
    assert draw(rules, size=25, seed=7) == draw(reversed(rules), size=25, seed=7)
    assert draw(rules, size=25, seed=7) != draw(rules, size=25, seed=8)


def test_a_seed_draws_tomorrow_what_it_draws_today() -> None:
    """An auditor repeats a sample years later: what is drawn must not change with a release."""
    drawn, _ = draw([judged("a/b", fail=50), judged("c/d")], size=6, seed=7)
    assert [(each.rule, each.entry[-3:]) for each in drawn] == [
        ("a/b", "024"),
        ("a/b", "051"),
        ("a/b", "063"),
        ("c/d", "060"),
        ("c/d", "127"),
        ("c/d", "194"),
    ]


def test_each_pair_of_a_stratum_is_as_likely_as_any_other() -> None:
    rules = [judged("a/b", entries=ENTRIES[:4]), judged("a/c", entries=ENTRIES[:12])]
    counts: Counter[tuple[str, str]] = Counter()
    for seed in range(1600):
        [one], _ = draw(rules, size=1, seed=seed)
        counts[one.rule, one.entry] += 1
    assert len(counts) == 16
    assert 60 <= min(counts.values()) <= max(counts.values()) <= 145
