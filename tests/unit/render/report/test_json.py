import json

import pytest
from jsonschema import Draft202012Validator

from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, report
from uts_policy.model.report import Report
from uts_policy.render.interface import Style
from uts_policy.render.report.json import render, render_failure
from uts_policy.schema.definitions import schema


def rendered(one: Report) -> dict:
    text = render(one, Style())
    assert text.endswith("}\n")
    return json.loads(text)


@pytest.mark.parametrize(
    "one",
    [
        report(),
        report(finding(), WAIVED, KNOWN, RELATED, not_assessed=MISSING),
        report(finding(location=None, entry="", path=()), evaluated=()),
        report(threshold=None),
    ],
)
def test_a_report_fits_its_schema(one: Report) -> None:
    assert list(Draft202012Validator(schema("report")).iter_errors(rendered(one))) == []


def test_a_failure_fits_the_schema_and_says_why() -> None:
    failure = json.loads(render_failure("no rule", "0.1.0"))
    assert list(Draft202012Validator(schema("report")).iter_errors(failure)) == []
    assert failure == {
        "schema": "uts-policy/report/1",
        "tool": {"name": "uts-policy", "version": "0.1.0"},
        "verdict": "none",
        "error": "no rule",
    }


def test_every_field_of_a_finding_is_there() -> None:
    assert rendered(report(WAIVED))["findings"] == [
        {
            "id": WAIVED.identity,
            "rule": "reference/unknown",
            "level": "error",
            "message": '"agenzy" names no unit; did you mean "agency"?',
            "remediation": "Correct the id.",
            "entry": "roles/watch",
            "criticality": None,
            "path": ["roles", "watch", "unit"],
            "cause": "units/agenzy",
            "location": {"file": "roles.yaml", "line": 3, "column": 11, "end_line": 3, "end_column": 17},
            "related": [],
            "waiver": {
                "id": "until-spring",
                "reason": "the move",
                "approved_by": "director",
                "expires": "2027-03-31",
            },
            "status": "new",
        }
    ]


def test_keys_stand_in_the_order_of_the_documentation() -> None:
    assert list(rendered(report())) == [
        "schema",
        "tool",
        "name",
        "as_of",
        "engine",
        "verdict",
        "threshold",
        "counts",
        "digests",
        "files",
        "evaluated",
        "not_assessed",
        "outcomes",
        "judged",
        "not_judged",
        "asked",
        "not_stated",
        "waiting",
        "notices",
        "findings",
    ]


def test_the_style_changes_nothing() -> None:
    one = report(finding())
    assert render(one, Style(width=20, color=True, verbose=True, top=1)) == render(one, Style())


def test_half_a_surrogate_is_escaped_once_encoded() -> None:
    text = render(report(finding(message="\udcff \x1b")), Style())
    assert json.loads(text.encode("utf-8", "backslashreplace"))["findings"][0]["message"] == "\udcff \x1b"
