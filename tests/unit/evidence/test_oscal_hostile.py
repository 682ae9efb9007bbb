"""OSCAL of reports full of text that breaks careless code: trestle's models take all of it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.conftest import ROOT
from tests.contract.test_oscal import MODELS
from tests.unit.evidence.judged import judged
from tests.unit.evidence.test_oscal import every
from tests.unit.render.hostile_reports import reports
from uts_policy.evidence.naming import stored_names
from uts_policy.evidence.oscal import oscal_files
from uts_policy.evidence.population import populations
from uts_policy.model.report import Report
from uts_policy.model.rule import Rule


@cache
def catalogue() -> tuple[Rule, ...]:
    return judged(ROOT / "examples" / "clean")[0].rules


def documents(report: Report) -> Mapping[str, Any]:
    names = stored_names(report.sources)
    return {name: json.loads(data) for name, data in oscal_files(report, populations(report), None, names).items()}


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(made=reports())
def test_whatever_users_write_is_valid_oscal_and_no_finding_is_lost(made: Report) -> None:
    findings = tuple(
        replace(each, waiver=None if each.waiver is None else replace(each.waiver, expires="2027-03-31"))
        for each in made.findings
    )
    told = documents(replace(made, findings=findings, rules=catalogue()))
    for document in told.values():
        [(root, body)] = document.items()
        module, model = MODELS[root]
        getattr(import_module(f"trestle.oscal.{module}"), model)(**body)
        assert all(each.isprintable() for key, each in every(document) if isinstance(each, str) and key != "prose")
    result = told["oscal/assessment-results.json"]["assessment-results"]["results"][0]
    risks = [prop["value"] for risk in result.get("risks", ()) for prop in risk["props"] if prop["name"] == "finding"]
    assert risks == [finding.identity for finding in findings]
