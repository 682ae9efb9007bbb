"""What is told of two bags: by the identity of findings, and never "closed" for what nobody looked at."""

import json
from dataclasses import replace

import pytest

from tests.unit.render.differences import owner
from tests.unit.render.reports import finding
from uts_policy.evidence.comparing import circumstances, files, moved, rules
from uts_policy.evidence.results import native
from uts_policy.model.difference import OwnerKind, Rename
from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.evidence import BagDifference, BagSide, Circumstance, Native, RuleChange
from uts_policy.model.finding import AppliedWaiver, Finding
from uts_policy.model.report import Counts, Digests, Report
from uts_policy.model.rule import Level, NotAssessed
from uts_policy.render.evidence.difference import json as difference_json
from uts_policy.render.evidence.difference import text as difference_text
from uts_policy.render.interface import Style
from uts_policy.render.report import json as report_json
from uts_policy.schema.faults import faults

WAIVER = AppliedWaiver(id="w", reason="the move", approved_by="director", expires="2027-03-31")
HOSTILE = "\x1b[31m \u202e | <b>"


def found(name: str, rule: str = "reference/unknown", *, waived: bool = False) -> Finding:
    return finding(identity=f"1:{name}", rule=rule, key="", waiver=WAIVER if waived else None)


def results(*findings: Finding, **parts: object) -> Native:
    stated = {
        "tool_version": "1.0",
        "as_of": "2026-11-23",
        "engine": EngineInfo(name="embedded", version="1"),
        "verdict": "fail",
        "threshold": "error",
        "digests": Digests(inputs="1" * 64, policies="2" * 64, schemas="3" * 64, config="4" * 64),
        "files": (),
        "evaluated": ("reference/unknown",),
        "not_assessed": (),
        "findings": findings,
        "name": "",
        "notices": (),
        "outcomes": {},
        "judged_entries": {},
        "not_judged": {},
        "not_stated": {},
        "blocked": {},
    }
    return Native(**(stated | parts))


def names(findings: tuple[Finding, ...]) -> list[str]:
    return [each.identity.removeprefix("1:") for each in findings]


def test_each_finding_is_told_once_and_only_what_became_of_it() -> None:
    before = results(
        found("same"), found("gone"), found("excused"), found("back", waived=True), found("w", waived=True)
    )
    after = results(
        found("same"), found("excused", waived=True), found("back"), found("w", waived=True), found("new"),
        found("new-waived", waived=True),
    )  # fmt: skip
    told = moved(before, after)
    assert names(told.opened) == ["new"]
    assert names(told.closed) == ["gone"]
    assert names(told.waived) == ["excused", "new-waived"]
    assert names(told.uncovered) == ["back"]
    assert told.unjudged == ()
    assert told.same == 2


def test_what_is_gone_because_its_rule_was_not_judged_is_not_closed() -> None:
    told = moved(results(found("gone")), results(evaluated=()))
    assert (names(told.closed), names(told.unjudged)) == ([], ["gone"])


def test_a_defect_of_form_that_is_gone_is_closed_for_form_is_always_judged() -> None:
    told = moved(results(found("gone", "yaml/syntax"), evaluated=()), results())
    assert names(told.closed) == ["gone"]


def test_nothing_differs_between_a_check_and_itself() -> None:
    one = results(found("a"), found("b", waived=True))
    told = moved(one, one)
    assert (told.opened, told.closed, told.waived, told.uncovered, told.unjudged, told.same) == ((), (), (), (), (), 2)
    assert circumstances(one, one) == rules(one, one) == files({"config/a": "1"}, {"config/a": "1"}) == ()


def test_what_the_checks_were_done_with_is_told_as_far_as_it_differs() -> None:
    one = results()
    other = replace(
        one, as_of="2026-12-01", tool_version="1.1", digests=replace(one.digests, policies="5" * 64, config="6" * 64)
    )
    assert circumstances(one, other) == (
        Circumstance(what="as-of date", before="2026-11-23", after="2026-12-01"),
        Circumstance(what="tool", before="1.0", after="1.1"),
        Circumstance(what="rules", before="2" * 64, after="5" * 64),
        Circumstance(what="configuration", before="4" * 64, after="6" * 64),
    )


def test_rules_that_begin_or_cease_are_told_with_the_reason_of_the_other_bag() -> None:
    one = results(evaluated=("a/a", "b/b"), not_assessed=(NotAssessed(rule="c/c", reason="no role declared"),))
    other = results(evaluated=("b/b", "c/c"))
    assert rules(one, other) == (
        RuleChange(rule="a/a", begins=False, reason=""),
        RuleChange(rule="c/c", begins=True, reason="no role declared"),
    )


def test_files_of_rules_and_configuration_are_told_and_inputs_are_not() -> None:
    before = {"policies/a.rego": "1", "policies/b.rego": "2", "inputs/a.yaml": "3", "config/c": "4"}
    after = {"policies/a.rego": "9", "inputs/a.yaml": "8", "config/c": "4", "schemas/d": "5"}
    assert files(before, after) == (
        Circumstance(what="policies/a.rego", before="1", after="9"),
        Circumstance(what="policies/b.rego", before="2", after="absent"),
        Circumstance(what="schemas/d", before="absent", after="5"),
    )


def test_results_read_back_are_the_report_but_for_keys() -> None:
    related = finding(related=(), waiver=WAIVER, level=Level.NOTE)
    report = Report(
        tool_version="1.0",
        as_of="2026-11-23",
        engine=EngineInfo(name="embedded", version="1"),
        threshold=Level.ERROR,
        counts=Counts(waived=1),
        digests=Digests(inputs="1" * 64, policies="2" * 64, schemas="3" * 64, config="4" * 64),
        sources={},
        rules=(),
        evaluated=("reference/unknown",),
        not_assessed=(),
        findings=(related,),
    )
    read = native(json.loads(report_json.render(report, Style())))
    assert read == results(replace(related, key=""), verdict="pass")


def side(name: str) -> BagSide:
    return BagSide(name=name, digest="a" * 64, as_of="2026-11-23", verdict="fail")


FULL = BagDifference(
    before=side("one.zip"),
    after=side("two.zip"),
    circumstances=(Circumstance(what="tool", before="1.0", after="1.1"),),
    files=(Circumstance(what="config/uts-policy.yaml", before="b" * 64, after="absent"),),
    rules=(RuleChange(rule="a/a", begins=False, reason=""), RuleChange(rule="c/c", begins=True, reason="no role")),
    opened=(finding(),),
    closed=(finding(message=HOSTILE),),
    waived=(finding(waiver=WAIVER),),
    uncovered=(finding(),),
    unjudged=(finding(),),
    same=3,
    owners=(owner("lead", OwnerKind.LOST),),
    renames=(Rename(section="roles", before="a", after="b", location=None),),
    titles={},
    notices=("a notice",),
)
NOTHING = BagDifference(
    before=side("one.zip"),
    after=side("two.zip"),
    circumstances=(),
    files=(),
    rules=(),
    opened=(),
    closed=(),
    waived=(),
    uncovered=(),
    unjudged=(),
    same=0,
    owners=(),
    renames=(),
    titles={},
)


@pytest.mark.parametrize("change", [FULL, NOTHING, replace(FULL, owners=None)])
def test_json_is_what_its_schema_says(change: BagDifference) -> None:
    assert faults("evidence-difference", json.loads(difference_json.render(change, Style()))) == ()


def test_text_tells_everything_and_nothing_in_it_moves_the_cursor() -> None:
    text = difference_text.render(FULL, Style(width=100))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert [line for line in text.split("\n") if line and not line.startswith(" ")] == [
        "From one.zip (bag aaaaaaaaaaaa, as of 2026-11-23, fail)",
        "to two.zip (bag aaaaaaaaaaaa, as of 2026-11-23, fail).",
        "a notice",
        "What the check was done with (1)",
        "Files of rules, schemas and configuration (1)",
        "Rules (2)",
        "Findings opened (1)",
        "Findings closed (1)",
        "Findings waived (1)",
        "Findings that a waiver hid and hides no more (1)",
        "Findings that are gone because their rule was not judged (1)",
        "Lost their owner (1)",
        "Most likely renamed (1)",
        "1 finding opened; 1 finding closed; 1 finding waived; 1 finding no longer waived; 1 finding no",
    ]


def test_two_bags_of_the_same_say_so() -> None:
    assert difference_text.render(NOTHING, Style()).endswith("\nNothing changed.\n")
    assert NOTHING.empty
    assert not FULL.empty
