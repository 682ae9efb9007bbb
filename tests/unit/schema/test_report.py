"""The report schema against what the JSON format says, with and without a verdict."""

import json

import pytest

from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, location, report
from uts_policy.model.finding import RelatedPlace
from uts_policy.model.rule import Level
from uts_policy.render.interface import Style
from uts_policy.render.report.json import render, render_failure
from uts_policy.schema.definitions import schema
from uts_policy.schema.faults import accepts, faults

ELSEWHERE = finding(location=None, related=(RelatedPlace(message="also here", entry="", location=None),))
INVALID = finding(rule="schema/type", entry="", path=("roles", 0, "unit"), cause="", key="")
FULL = report(finding(), WAIVED, KNOWN, RELATED, ELSEWHERE, INVALID, not_assessed=MISSING)


def written(made):
    return json.loads(render(made, Style()))


@pytest.mark.parametrize(
    "made", [report(), FULL, report(threshold=None), report(finding(level=Level.NOTE), evaluated=())]
)
def test_a_report_with_a_verdict_fits(made):
    data = written(made)
    assert faults("report", data) == ()
    assert accepts("report", data)


def test_a_failure_fits():
    data = json.loads(render_failure("no rule was evaluated", "0.1.0"))
    assert faults("report", data) == ()
    assert accepts("report", data)


def test_a_full_report_says_everything_that_the_schema_describes():
    data = written(FULL)
    described = schema("report")["properties"]
    assert set(data) == set(described) - {"error"}
    assert set(data["findings"][0]) == set(schema("report")["$defs"]["finding"]["properties"])
    assert location(3, 11).file == data["findings"][0]["location"]["file"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(verdict="none"),
        lambda data: data.update(error="half a report"),
        lambda data: data.update(verdict="passed"),
        lambda data: data.update(more=1),
        lambda data: data.pop("findings"),
        lambda data: data.pop("verdict"),
        lambda data: data.update(threshold="off"),
        lambda data: data["counts"].pop("known"),
        lambda data: data["findings"][0].update(id="0" * 32),
        lambda data: data["findings"][0].pop("waiver"),
        lambda data: data["findings"][0]["location"].update(line=0),
        lambda data: data["digests"].update(inputs=""),
        lambda data: data["evaluated"].append("reference/unknown"),
    ],
)
def test_a_report_of_another_shape_does_not_fit(spoil):
    data = written(FULL)
    spoil(data)
    assert not accepts("report", data)
    assert faults("report", data) != ()


@pytest.mark.parametrize("key", ["findings", "counts", "evaluated", "not_assessed"])
def test_without_a_verdict_nothing_can_be_taken_for_one(key):
    data = json.loads(render_failure("no rule was evaluated", "0.1.0")) | {key: written(FULL)[key]}
    assert not accepts("report", data)
