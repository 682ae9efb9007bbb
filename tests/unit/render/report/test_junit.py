import re
from xml.etree import ElementTree as ET

import junitparser
from hypothesis import given, settings

from tests.unit.render.hostile_reports import reports
from tests.unit.render.queries.test_catalogue import SYNTAX, TERM_GAP
from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, report
from uts_policy.common.sanitise import visible
from uts_policy.model.report import Report, Verdict
from uts_policy.model.rule import Level
from uts_policy.render.interface import Style
from uts_policy.render.report.junit import render

RULES = (TERM_GAP, SYNTAX)


def cases(made: Report) -> dict[str, junitparser.TestCase]:
    """What a parser that nobody here wrote finds, by rule."""
    suites = junitparser.JUnitXml.fromstring(render(made, Style()).encode())
    return {case.name: case for suite in suites for case in suite}


def outcome(case: junitparser.TestCase) -> list[tuple[str, str | None, str | None]]:
    return [(type(each).__name__, each.message, each.text) for each in case.result]


def test_the_whole_document() -> None:
    made = report(finding(), rules=RULES, evaluated=("ownership/term-gap", "reference/unknown"))
    properties = """\
    <properties>
      <property name="as_of" value="2026-11-23" />
      <property name="verdict" value="fail" />
      <property name="threshold" value="error" />
      <property name="tool" value="uts-policy 0.1.0" />
      <property name="engine" value="embedded 0.13.0" />
    </properties>
"""
    assert render(made, Style()) == (
        f"""\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="uts-policy, as of 2026-11-23 (UTC): fail" tests="3" failures="1" errors="0">
  <testsuite name="ownership" tests="1" failures="0" errors="0" skipped="0">
{properties}    <testcase classname="ownership" name="ownership/term-gap" />
  </testsuite>
  <testsuite name="reference" tests="1" failures="1" errors="0" skipped="0">
{properties}    <testcase classname="reference" name="reference/unknown">
      <failure message="1 finding: &quot;agenzy&quot; names no unit; did you mean &quot;agency&quot;?" type="error">\
roles.yaml:3:11: error: "agenzy" names no unit; did you mean "agency"?
  Correct the id.
</failure>
    </testcase>
  </testsuite>
  <testsuite name="yaml" tests="1" failures="0" errors="0" skipped="0">
{properties}    <testcase classname="yaml" name="yaml/syntax" />
  </testsuite>
</testsuites>
"""
    )


def test_what_is_waived_only_is_skipped_and_listed() -> None:
    case = cases(report(WAIVED))["reference/unknown"]
    assert outcome(case) == [("Skipped", "1 finding, waived", None)]
    assert case.system_out == (
        'roles.yaml:3:11: error: "agenzy" names no unit; did you mean "agency"?\n'
        '  waived until 2027-03-31 by "until-spring", approved by "director": the move\n'
    )


def test_beside_what_counts_the_others_are_listed_apart() -> None:
    case = cases(report(RELATED, finding(4, waiver=WAIVED.waiver)))["reference/unknown"]
    ((kind, message, text),) = outcome(case)
    assert (kind, message) == ("Failure", '1 finding: "agenzy" names no unit; did you mean "agency"?')
    assert "  roles.yaml:1:5: also accountable here\n" in str(text)
    assert str(case.system_out).startswith("roles.yaml:4:11: error: ")


def test_a_case_fails_only_where_the_verdict_does() -> None:
    made = report(finding(level=Level.WARNING), KNOWN)
    case = cases(made)["reference/unknown"]
    assert (made.verdict, outcome(case)) == (Verdict.PASS, [])
    assert str(case.system_out).startswith("roles.yaml:3:11: warning: ")
    assert "roles.yaml:3:11: known error: " in str(case.system_out)
    stricter = cases(report(finding(level=Level.WARNING), threshold=Level.NOTE))["reference/unknown"]
    assert [each[0] for each in outcome(stricter)] == ["Failure"]


def test_a_rule_that_was_not_assessed_is_skipped_with_the_reason() -> None:
    case = cases(report(not_assessed=MISSING[:1]))["delegation/cycle"]
    assert outcome(case) == [("Skipped", "not assessed: none declared", None)]


def test_where_no_rule_was_evaluated_all_but_the_loaders_are_skipped() -> None:
    found = cases(report(finding(rule="yaml/syntax"), rules=RULES, evaluated=()))
    assert {name: [each[:2] for each in outcome(case)] for name, case in found.items()} == {
        "ownership/term-gap": [("Skipped", "not assessed: no rule was evaluated")],
        "yaml/syntax": [("Failure", '1 finding: "agenzy" names no unit; did you mean "agency"?')],
    }


def test_there_is_neither_time_nor_host() -> None:
    text = render(report(finding(), WAIVED), Style())
    assert not re.search(r"\b(time|timestamp|hostname)=", text)


@settings(deadline=None, max_examples=60)
@given(reports())
def test_whatever_the_text_the_facts_come_back(made: Report) -> None:
    text = render(made, Style())
    ET.fromstring(text.encode())  # noqa: S314 - our own output
    found = cases(made)
    failing = [each for case in found.values() for each in outcome(case) if each[0] == "Failure"]
    assert bool(failing) == (made.verdict is Verdict.FAIL)
    for each in made.findings:
        case = found[each.rule]
        told = "".join(str(part) for part in (*(one[2] for one in outcome(case)), case.system_out) if part)
        assert f"{each.level}: {visible(each.message)}".replace("\uffff", "<U+FFFF>") in told
