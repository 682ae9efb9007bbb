from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.judge.samples import (
    CATALOGUE,
    ENGINE,
    at,
    corpus,
    evaluation,
    facts,
    lack,
    problem,
    rule,
    selection,
    violation,
    waiver,
)
from uts_policy.judge.identity import of_problem, of_violation
from uts_policy.judge.report import Assessment, WithBase, _agreed, report_assessed, report_invalid
from uts_policy.model.corpus import Asked
from uts_policy.model.errors import Exit, NoVerdictError
from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.finding import AppliedWaiver, Finding, RelatedPath, RelatedPlace, Status, Violation
from uts_policy.model.report import Counts, Outcome, Report, Verdict
from uts_policy.model.rule import Level, NotAssessed, Selection


def assessed(*violations: Violation, known: frozenset[str] = frozenset(), **parts) -> Report:
    threshold = parts.pop("threshold", Level.ERROR)
    parts = {"corpus": corpus(r=3, s=2), "selection": selection()} | parts
    parts.setdefault("evaluation", evaluation(*violations))
    catalogue = parts.pop("catalogue", CATALOGUE)
    return report_assessed(replace(facts(threshold), rules=catalogue), Assessment(**parts), known)


def test_a_violation_becomes_a_finding_with_place_level_remedy_and_identity() -> None:
    found = Violation(
        rule="a/first",
        path=("roles", "r"),
        message="r is wrong",
        related=(RelatedPath(path=("roles", "s", "title"), message="and here"),),
        cause="units/u",
        key="k",
    )
    report = assessed(found)
    assert report.findings == (
        Finding(
            identity=of_violation("a/first", "roles/r", "k"),
            rule="a/first",
            level=Level.ERROR,
            message="r is wrong",
            remediation="Repair a/first.",
            entry="roles/r",
            path=("roles", "r"),
            key="k",
            cause="units/u",
            location=at("roles.yaml", 3),
            related=(RelatedPlace(message="and here", entry="roles/s", location=at("roles.yaml", 2)),),
            waiver=None,
            status=Status.NEW,
        ),
    )
    assert report.engine == ENGINE
    assert report.counts == Counts(error=1)
    assert (report.verdict, report.exit) == (Verdict.FAIL, Exit.FINDINGS)


def test_the_selection_decides_the_level_in_finding_and_catalogue() -> None:
    report = assessed(violation("r"), selection=selection(("a/first", Level.NOTE)))
    assert [finding.level for finding in report.findings] == [Level.NOTE]
    assert {rule.id: rule.level for rule in report.rules}["a/first"] is Level.NOTE
    assert report.counts == Counts(note=1)
    assert report.exit is Exit.PASS


def test_findings_are_sorted_by_file_line_column_and_rule_and_placeless_ones_come_last() -> None:
    both = selection(("a/first", Level.ERROR), ("a/second", Level.WARNING))
    found = [violation("nowhere"), violation("r", "a/second"), violation("r"), violation("s")]
    report = assessed(selection=both, evaluation=evaluation(*found, evaluated=("a/first", "a/second")))
    assert [(finding.entry, finding.rule) for finding in report.findings] == [
        ("roles/s", "a/first"),
        ("roles/r", "a/first"),
        ("roles/r", "a/second"),
        ("roles/nowhere", "a/first"),
    ]


@given(order=st.permutations([violation("r"), violation("s"), violation("r", key="k"), violation("nowhere")]))
@settings(deadline=None, max_examples=24)
def test_the_order_in_which_an_engine_answers_changes_nothing(order: list[Violation]) -> None:
    assert assessed(*order) == assessed(violation("r"), violation("s"), violation("r", key="k"), violation("nowhere"))


def test_a_waived_finding_stays_and_does_not_count() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=3)
    report = assessed(violation("r"), corpus=declared)
    assert report.findings[0].waiver == AppliedWaiver(
        id="w", reason="agreed", approved_by="director", expires="2026-12-31"
    )
    assert report.counts == Counts(waived=1)
    assert report.exit is Exit.PASS


def test_a_finding_that_was_there_before_is_known_and_does_not_count() -> None:
    report = assessed(violation("r"), violation("s"), known=frozenset({of_violation("a/first", "roles/r", "")}))
    assert {finding.entry: finding.status for finding in report.findings} == {
        "roles/r": Status.KNOWN,
        "roles/s": Status.NEW,
    }
    assert report.counts == Counts(error=1, known=1)


def test_an_unused_waiver_is_found_where_that_rule_is_on_and_the_rule_is_listed_as_evaluated() -> None:
    declared = corpus({"w": waiver("a/first", "roles/r")}, r=3)
    report = assessed(corpus=declared, selection=selection(unused=True))
    assert [(finding.rule, finding.level, finding.location) for finding in report.findings] == [
        ("waivers/unused", Level.NOTE, at("waivers.yaml", 1))
    ]
    assert report.evaluated == ("a/first", "waivers/unused")


def test_an_unused_waiver_is_not_spoken_of_where_that_rule_is_off() -> None:
    report = assessed(corpus=corpus({"w": waiver("a/first", "roles/r")}, r=3))
    assert (report.findings, report.evaluated) == ((), ("a/first",))


def test_what_is_not_assessed_is_handed_on() -> None:
    missing = (NotAssessed(rule="a/second", reason="none declared"),)
    report = assessed(selection=Selection(rules=selection().rules, not_assessed=missing))
    assert report.not_assessed == missing


NEEDY = (rule("a/first", needs=("holders",)), *CATALOGUE[1:])


def test_the_report_says_of_each_rule_what_became_of_its_entries_and_which_it_could_not_judge() -> None:
    answer = evaluation(violation("r"), judged={"a/first": ["roles/r"]}, not_judged=(lack("s"),))
    stated = corpus(not_stated={"holders": ["s"], "grants": []}, r=3, s=2)
    stated = replace(
        stated, facts={"holders": Asked(count=2, silent=("s",)), "grants": Asked(count=2, silent=("r", "s"))}
    )
    report = assessed(evaluation=answer, catalogue=NEEDY, corpus=stated)
    assert report.outcomes == {"a/first": Outcome(passed=0, failed=1, waived=0, not_judged=1)}
    assert (report.judged, report.not_judged) == ({"a/first": ("roles/r",)}, {"a/first": ("roles/s",)})
    assert report.blocked == {"holders": {"a/first": 1}}
    assert report.not_stated == {"holders": Asked(count=2, silent=("s",)), "grants": Asked(count=2, silent=())}
    assert (report.evaluated, report.not_assessed) == (("a/first",), ())


def test_a_rule_that_judged_none_of_its_entries_is_not_assessed_and_no_outcome_speaks_of_it() -> None:
    answer = evaluation(judged={"a/first": []}, not_judged=(lack("r"), lack("s")))
    earlier = (NotAssessed(rule="a/second", reason="none declared"),)
    report = assessed(
        evaluation=answer,
        catalogue=NEEDY,
        selection=Selection(rules=selection().rules, not_assessed=earlier),
    )
    assert report.evaluated == ()
    assert report.outcomes == {}
    assert report.not_assessed == (
        NotAssessed(
            rule="a/first",
            reason="it is not stated who holds the roles, so none of the 2 entries could be assessed",
        ),
        *earlier,
    )
    assert report.not_judged == {"a/first": ("roles/r", "roles/s")}


def test_a_waiver_of_what_could_not_be_judged_is_not_called_unused() -> None:
    declared = corpus({"w": waiver("a/first", "roles/s")}, r=3, s=2)
    answer = evaluation(judged={"a/first": ["roles/r"]}, not_judged=(lack("s"),))
    chosen = selection(unused=True)
    assert assessed(evaluation=answer, corpus=declared, catalogue=NEEDY, selection=chosen).findings == ()
    sure = evaluation(judged={"a/first": ["roles/r", "roles/s"]})
    found = assessed(evaluation=sure, corpus=declared, catalogue=NEEDY, selection=chosen).findings
    assert [finding.rule for finding in found] == ["waivers/unused"]


def test_two_findings_of_one_identity_are_no_verdict() -> None:
    with pytest.raises(NoVerdictError) as caught:
        assessed(violation("r", key="k"), Violation(rule="a/first", path=("roles", "r", 1), message="", key="k"))
    assert caught.value.message == 'rule "a/first" reported "roles/r" twice with the key "k"'


@pytest.mark.parametrize(
    ("threshold", "level", "expected"),
    [
        (Level.ERROR, Level.ERROR, Exit.FINDINGS),
        (Level.ERROR, Level.WARNING, Exit.PASS),
        (Level.WARNING, Level.WARNING, Exit.FINDINGS),
        (Level.WARNING, Level.NOTE, Exit.PASS),
        (Level.NOTE, Level.NOTE, Exit.FINDINGS),
        (None, Level.ERROR, Exit.PASS),
    ],
)
def test_the_threshold_decides_about_what_counts(threshold: Level | None, level: Level, expected: Exit) -> None:
    report = assessed(violation("r"), selection=selection(("a/first", level)), threshold=threshold)
    assert report.exit is expected


def test_an_invalid_declaration_fails_whatever_the_threshold_and_nothing_was_evaluated() -> None:
    report = report_invalid(facts(threshold=None), [problem(4, "number")])
    assert report.findings == (
        Finding(
            identity=of_problem("schema/type", "roles.yaml", 0, ("roles", 0, "title"), "number"),
            rule="schema/type",
            level=Level.ERROR,
            message="is no text",
            remediation="Write quotes.",
            entry="",
            path=("roles", 0, "title"),
            key="number",
            cause="",
            location=at("roles.yaml", 4),
            related=(),
        ),
    )
    assert (report.evaluated, report.not_assessed, report.rules) == ((), (), CATALOGUE)
    assert report.engine == EngineInfo(name="none", version="")
    assert report.exit is Exit.FINDINGS


def test_equal_problems_are_numbered_in_the_order_of_the_file() -> None:
    report = report_invalid(facts(), [problem(9, "twice"), problem(4, "twice")])
    route = ("roles", 0, "title")
    assert [(finding.location, finding.identity) for finding in report.findings] == [
        (at("roles.yaml", 4), of_problem("schema/type", "roles.yaml", 0, route, "twice")),
        (at("roles.yaml", 9), of_problem("schema/type", "roles.yaml", 0, route, "twice#2")),
    ]


def test_the_same_slip_in_two_documents_of_a_file_is_two_findings() -> None:
    report = report_invalid(facts(), [problem(4, "x"), problem(9, "x", document=1)])
    assert len({finding.identity for finding in report.findings}) == len(report.findings) == 2


def test_a_weakening_is_excused_where_one_of_several_waivers_of_the_base_fits_it():
    about = {"rule": "change/weakens-check", "subject": "configuration/profile", "reason": "R", "approved_by": "r"}
    base = corpus(
        {
            "one": {**about, "expires": "2026-12-31", "key": "another"},
            "two": {**about, "expires": "2026-12-31", "key": "this"},
        }
    )
    violation = Violation(
        rule="change/weakens-check", path=("configuration", "profile"), message="The profile goes down.", key="this"
    )
    assert _agreed(violation, WithBase(weakenings=(), level=None, base=base))
    assert not _agreed(replace(violation, key="a third"), WithBase(weakenings=(), level=None, base=base))
    assert not _agreed(violation, WithBase(weakenings=(), level=None, base=None))
