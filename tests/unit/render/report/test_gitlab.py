"""GitLab's Code Quality report, read back by what GitLab's documentation says of it."""

import json
from typing import Any

from hypothesis import given, settings

from tests.unit.render.hostile_reports import reports
from tests.unit.render.reports import KNOWN, MISSING, WAIVED, finding, report
from uts_policy.model.finding import Criticality
from uts_policy.model.report import Report
from uts_policy.model.rule import Level
from uts_policy.render.interface import Style
from uts_policy.render.report.gitlab import render


def read(text: str) -> list[dict[str, Any]]:
    """A list of objects, each with the properties that are required, in a file without a byte order mark."""
    assert not text.startswith("\ufeff")
    items = json.loads(text.encode("utf-8", "backslashreplace"))
    assert isinstance(items, list)
    for item in items:
        for name in ("description", "check_name", "fingerprint"):
            assert isinstance(item[name], str)
            assert item[name]
        assert item["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert isinstance(item["location"]["path"], str)
        assert not item["location"]["path"].startswith("./")
        assert type(item["location"]["lines"]["begin"]) is int
        assert item["location"]["lines"]["begin"] >= 1
    fingerprints = [item["fingerprint"] for item in items]
    assert len(set(fingerprints)) == len(fingerprints)
    return items


def test_a_finding_is_an_item_with_its_identity_as_fingerprint() -> None:
    assert read(render(report(finding()), Style()))[0] == {
        "description": '"agenzy" names no unit; did you mean "agency"?',
        "check_name": "reference/unknown",
        "fingerprint": finding().identity,
        "severity": "major",
        "location": {"path": "roles.yaml", "lines": {"begin": 3, "end": 3}},
    }


def test_note_warning_and_error_are_info_minor_and_major() -> None:
    made = report(*(finding(line, level=level) for line, level in enumerate(Level, start=1)))
    assert [item["severity"] for item in read(render(made, Style()))[:3]] == ["major", "minor", "info"]


def test_an_error_on_a_critical_duty_is_critical() -> None:
    made = report(*(finding(3 + level.rank, level=level, criticality=Criticality.CRITICAL) for level in Level))
    assert [item["severity"] for item in read(render(made, Style()))[:3]] == ["critical", "minor", "info"]


def test_what_is_waived_or_known_says_so() -> None:
    waived, known, _ = read(render(report(WAIVED, finding(4, status=KNOWN.status)), Style()))
    assert waived["severity"] == "info"
    assert waived["description"].startswith(
        '(waived until 2027-03-31 by "until-spring", approved by "director": the move) "agenzy"'
    )
    assert known["severity"] == "major"
    assert known["description"].startswith('(known from before) "agenzy"')


def test_the_last_item_is_the_summary_and_is_never_new() -> None:
    one = read(render(report(finding(), not_assessed=MISSING[:1]), Style()))[-1]
    other = read(render(report(), Style()))[-1]
    assert one["fingerprint"] == other["fingerprint"]
    assert (one["check_name"], one["severity"]) == ("uts-policy", "info")
    assert one["description"] == (
        "Verdict: fail. 1 error (1 cause). As of 2026-11-23 (UTC). "
        "Assessed 1 of 2 rules. `uts-policy coverage` shows more."
    )


@settings(deadline=None, max_examples=60)
@given(reports())
def test_whatever_the_text_the_facts_come_back(made: Report) -> None:
    items = {item["fingerprint"]: item for item in read(render(made, Style()))}
    assert len(items) == len(made.findings) + 1
    for each in made.findings:
        item = items[each.identity]
        assert item["check_name"] == each.rule
        assert item["description"].endswith(each.message)
        if each.location is not None:
            assert item["location"]["lines"]["begin"] == each.location.span.line
            assert item["location"]["path"] == each.location.file
