"""The full report for programs, as schemas/report.schema.json describes it."""

import json
from typing import Any

from uts_policy.model.finding import Finding, RelatedPlace
from uts_policy.model.place import Location
from uts_policy.model.report import Report, Verdict
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/report/1"


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """JSON, UTF-8, two spaces of indentation, keys in the order of the documentation."""
    return _dump(
        {
            "schema": SCHEMA,
            "tool": {"name": "uts-policy", "version": report.tool_version},
            "name": report.name,
            "as_of": report.as_of,
            "engine": {"name": report.engine.name, "version": report.engine.version},
            "verdict": report.verdict.value,
            "threshold": "never" if report.threshold is None else report.threshold.value,
            "counts": {
                "error": report.counts.error,
                "warning": report.counts.warning,
                "note": report.counts.note,
                "waived": report.counts.waived,
                "known": report.counts.known,
            },
            "digests": {
                "inputs": report.digests.inputs,
                "policies": report.digests.policies,
                "schemas": report.digests.schemas,
                "config": report.digests.config,
            },
            "files": [{"path": path, "sha256": source.sha256} for path, source in sorted(report.sources.items())],
            "evaluated": list(report.evaluated),
            "not_assessed": [{"rule": each.rule, "reason": each.reason} for each in report.not_assessed],
            "outcomes": {
                rule: {
                    "passed": each.passed,
                    "failed": each.failed,
                    "waived": each.waived,
                    "not_judged": each.not_judged,
                }
                for rule, each in sorted(report.outcomes.items())
            },
            "judged": {rule: list(entries) for rule, entries in sorted(report.judged.items())},
            "not_judged": {rule: list(entries) for rule, entries in sorted(report.not_judged.items())},
            "asked": {fact: each.count for fact, each in report.not_stated.items()},
            "not_stated": {fact: list(each.silent) for fact, each in report.not_stated.items()},
            "waiting": {fact: dict(sorted(rules.items())) for fact, rules in sorted(report.blocked.items())},
            "notices": list(report.notices),
            "findings": [finding_data(finding) for finding in report.findings],
        }
    )


def render_failure(message: str, tool_version: str) -> str:
    """What stands in place of a report where there is no verdict."""
    return _dump(
        {
            "schema": SCHEMA,
            "tool": {"name": "uts-policy", "version": tool_version},
            "verdict": Verdict.NONE.value,
            "error": message,
        }
    )


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding, with the keys in the order of the documentation."""
    waiver = finding.waiver
    return {
        "id": finding.identity,
        "rule": finding.rule,
        "level": finding.level.value,
        "message": finding.message,
        "remediation": finding.remediation,
        "entry": finding.entry,
        "criticality": None if finding.criticality is None else finding.criticality.value,
        "path": list(finding.path),
        "cause": finding.cause,
        "location": location_data(finding.location),
        "related": [_related(place) for place in finding.related],
        "waiver": None
        if waiver is None
        else {
            "id": waiver.id,
            "reason": waiver.reason,
            "approved_by": waiver.approved_by,
            "expires": waiver.expires,
        },
        "status": finding.status.value,
    }


def _related(place: RelatedPlace) -> dict[str, Any]:
    return {"message": place.message, "entry": place.entry, "location": location_data(place.location)}


def location_data(place: Location | None) -> dict[str, Any] | None:
    """A place in a file; null where there is none."""
    if place is None:
        return None
    span = place.span
    return {
        "file": place.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
