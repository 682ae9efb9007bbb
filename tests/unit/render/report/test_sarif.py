import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

from hypothesis import given, settings

from tests.unit.render.hostile_reports import reports
from tests.unit.render.queries.test_catalogue import SYNTAX, TERM_GAP
from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, report
from uts_policy.model.finding import Criticality, Repair, Replacement
from uts_policy.model.place import Span
from uts_policy.model.report import Report
from uts_policy.model.rule import Level
from uts_policy.render.interface import Style
from uts_policy.render.report import sarif, sarif_upload

RULES = (TERM_GAP, replace(TERM_GAP, id="reference/unknown"), SYNTAX)
BROKEN = finding(rule="yaml/syntax", entry="")


def log(made: Report) -> dict[str, Any]:
    text = sarif.render(made, Style())
    found: dict[str, Any] = json.loads(text)
    assert text.endswith("}\n")
    return found


def run(made: Report, number: int = -1) -> dict[str, Any]:
    found: dict[str, Any] = log(made)["runs"][number]
    return found


def result(made: Report) -> dict[str, Any]:
    (found,) = run(made)["results"]
    return dict(found)


def test_a_result_says_what_where_and_which() -> None:
    assert result(report(finding(), rules=RULES)) == {
        "ruleId": "reference/unknown",
        "ruleIndex": 1,
        "level": "error",
        "rank": 83.3,
        "message": {"text": '"agenzy" names no unit; did you mean "agency"? Correct the id.'},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "roles.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 17},
                },
                "logicalLocations": [{"fullyQualifiedName": "roles/watch", "kind": "declaration"}],
            }
        ],
        "partialFingerprints": {"utsPolicyIdentity/v1": finding().identity},
        "suppressions": [],
        "properties": {
            "message": '"agenzy" names no unit; did you mean "agency"?',
            "remediation": "Correct the id.",
            "entry": "roles/watch",
            "criticality": None,
            "path": ["roles", "watch", "unit"],
            "cause": "units/agenzy",
        },
    }


def test_a_rank_follows_level_and_then_criticality() -> None:
    ranks = [
        result(report(finding(level=level, criticality=criticality), rules=RULES))["rank"]
        for level in reversed(Level)
        for criticality in Criticality
    ]
    assert ranks == sorted(set(ranks))
    assert ranks[0] > 0
    assert ranks[-1] == 100


def test_loader_and_rules_are_two_runs_of_the_same_tool_with_every_rule_in_each() -> None:
    runs = log(report(finding(), rules=RULES))["runs"]
    assert [each["automationDetails"]["id"] for each in runs] == ["uts-policy/declarations/", "uts-policy/rules/"]
    assert [len(each["results"]) for each in runs] == [0, 1]
    for each in runs:
        driver = each["tool"]["driver"]
        assert (driver["name"], driver["version"]) == ("uts-policy", "0.1.0")
        assert [rule["id"] for rule in driver["rules"]] == ["ownership/term-gap", "reference/unknown", "yaml/syntax"]
        assert each["columnKind"] == "unicodeCodePoints"


def test_where_no_rule_was_evaluated_the_second_run_is_left_out() -> None:
    runs = log(report(BROKEN, rules=RULES, evaluated=()))["runs"]
    assert [each["automationDetails"]["id"] for each in runs] == ["uts-policy/declarations/"]
    assert [each["ruleId"] for each in runs[0]["results"]] == ["yaml/syntax"]


def test_a_rule_is_told_with_its_help_and_the_level_in_force() -> None:
    assert run(report(rules=RULES[:1]))["tool"]["driver"]["rules"] == [
        {
            "id": "ownership/term-gap",
            "name": "OwnershipTermGap",
            "shortDescription": {"text": "A gap between two accountable roles."},
            "fullDescription": {"text": "One term ends and the next begins later."},
            "help": {
                "text": "One term ends and the next begins later.\n\nFor some days nobody answers.\n\nClose the gap."
                "\n\nSources:\n- Judgement: No authority found."
            },
            "defaultConfiguration": {"level": "error"},
            "properties": {"tags": ["governance", "ownership"], "profile": "standard"},
        }
    ]


def test_the_run_says_verdict_date_and_what_was_not_assessed() -> None:
    made = run(report(finding(), rules=RULES, not_assessed=MISSING[:1], notices=("a notice",), ignored={"links": 2}))
    assert {name: made["properties"][name] for name in ("verdict", "asOf", "threshold")} == {
        "verdict": "fail",
        "asOf": "2026-11-23",
        "threshold": "error",
    }
    (invocation,) = made["invocations"]
    assert invocation == {
        "executionSuccessful": True,
        "exitCode": 1,
        "toolExecutionNotifications": [
            {"level": "warning", "message": {"text": "a notice."}},
            {"level": "note", "message": {"text": "Passed over: 2 links."}},
        ],
        "toolConfigurationNotifications": [
            {
                "level": "note",
                "message": {"text": 'Rule "delegation/cycle" was not assessed: none declared.'},
                "associatedRule": {"id": "delegation/cycle"},
            }
        ],
    }


def test_a_waiver_is_a_suppression_and_every_result_says_whether_it_has_one() -> None:
    other = finding(4)
    assert [each["suppressions"] for each in run(report(WAIVED, other))["results"]] == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "the move",
                "properties": {"id": "until-spring", "approvedBy": "director", "expires": "2027-03-31"},
            }
        ],
        [],
    ]


def test_the_profile_for_upload_leaves_out_what_is_waived_and_gives_every_result_a_file() -> None:
    made = report(WAIVED, KNOWN, finding(5, location=None))
    found = json.loads(sarif_upload.render(made, Style()))["runs"][1]["results"]
    assert [each["partialFingerprints"]["utsPolicyIdentity/v1"] for each in found] == [
        KNOWN.identity,
        finding(5).identity,
    ]
    assert found[1]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "roles.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
    }
    assert not any("suppressions" in each for each in found)


def test_known_findings_are_unchanged_and_the_others_new() -> None:
    assert [each["baselineState"] for each in run(report(KNOWN, finding(4)))["results"]] == ["unchanged", "new"]
    assert "baselineState" not in result(report(finding()))


def test_related_places_are_numbered_and_say_what_they_are() -> None:
    first, *_, last = result(report(RELATED))["relatedLocations"]
    assert (first["id"], last["id"]) == (1, 5)
    assert first["message"] == {"text": "also accountable here."}
    assert first["physicalLocation"]["region"]["startLine"] == 1
    assert first["logicalLocations"][0]["fullyQualifiedName"] == "roles/r1"


def test_beyond_25000_results_those_that_count_stay_and_a_notice_says_so() -> None:
    many = [finding(number + 10, 1) for number in range(sarif.MOST)]
    made = run(report(replace(KNOWN, identity="1:known"), *many, notices=("first",)))
    kept = [each["partialFingerprints"]["utsPolicyIdentity/v1"] for each in made["results"]]
    assert kept == [each.identity for each in many]
    assert [each["message"]["text"] for each in made["invocations"][0]["toolExecutionNotifications"]] == [
        "first.",
        "Only 25000 of 25001 results are here, those that count first; the JSON report has all.",
    ]


def test_a_record_has_every_result_and_no_notice_about_a_limit() -> None:
    many = [finding(number + 10, 1) for number in range(sarif.MOST + 1)]
    [*_, made] = json.loads(sarif.whole(report(*many)))["runs"]
    kept = [each["partialFingerprints"]["utsPolicyIdentity/v1"] for each in made["results"]]
    assert kept == [each.identity for each in many]
    assert made["invocations"][0]["toolExecutionNotifications"] == []


def test_text_in_braces_is_no_placeholder_and_text_in_brackets_no_link() -> None:
    text = result(report(finding(message="{0} [a](b) [c]", remediation="")))["message"]["text"]
    assert text == r"{{0}} \[a\](b) [c]."


@settings(deadline=None, max_examples=60)
@given(reports())
def test_whatever_the_text_the_facts_come_back(made: Report) -> None:
    runs = json.loads(sarif.render(made, Style()).encode("utf-8", "backslashreplace"))["runs"]
    results = [each for every in runs for each in every["results"]]
    by_identity = {each["partialFingerprints"]["utsPolicyIdentity/v1"]: each for each in results}
    assert len(results) == len(made.findings) == len(by_identity)
    for each in made.findings:
        found = by_identity[each.identity]
        said = found["properties"]
        assert (found["ruleId"], found["level"]) == (each.rule, each.level.value)
        assert (said["message"], said["remediation"], said["entry"]) == (each.message, each.remediation, each.entry)
        assert [one["justification"] for one in found["suppressions"]] == (
            [] if each.waiver is None else [each.waiver.reason]
        )
        assert not re.search(r"(?<!\\)\[[^\[\]]*(?<!\\)\]\(", found["message"]["text"])
        if each.location is not None:
            address = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9/%._~:-]*", address)
            path = unquote_to_bytes(address.removeprefix("file://")).decode("utf-8", "surrogateescape")
            assert path == each.location.file


def test_a_repair_is_text_to_replace_and_only_where_the_report_has_one() -> None:
    span = Span(line=3, column=11, end_line=3, end_column=17)
    repair = Repair(
        file="a b.yaml",
        description='"agenzy" becomes "agency"',
        replacements=(Replacement(span=span, text="agency"),),
    )
    made = report(finding(), rules=RULES, repairs={finding().identity: repair})
    assert result(made)["fixes"] == [
        {
            "description": {"text": '"agenzy" becomes "agency".'},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "a%20b.yaml", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 17},
                            "insertedContent": {"text": "agency"},
                        }
                    ],
                }
            ],
        }
    ]
    assert "fixes" not in result(report(finding(), rules=RULES))
