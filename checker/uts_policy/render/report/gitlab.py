"""GitLab's Code Quality report: a JSON list, which a merge request compares with its target's by fingerprint."""

import hashlib
import json
import sys
from typing import Any

from uts_policy.common.words import standing
from uts_policy.model.finding import Criticality, Finding, Status
from uts_policy.model.place import START, Location
from uts_policy.model.report import Report, fingerprint
from uts_policy.model.rule import Level
from uts_policy.render.common.summary import summary
from uts_policy.render.interface import Style

SYNTAX = "json"

SUMMARY = "uts-policy"
"""The `check_name` of the one item that is no finding: verdict, date, and what was not assessed."""
_SEVERITY = {Level.NOTE: "info", Level.WARNING: "minor", Level.ERROR: "major"}


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """One item a finding, and one with the summary. What is waived is `info`, and says so."""
    somewhere = Location(file=min(report.sources, default="-"), span=START)
    items = [_finding(report, finding, somewhere) for finding in report.findings]
    items.append(_item(SUMMARY, _summary(report), "info", fingerprint(_always(SUMMARY), report.name), somewhere))
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _finding(report: Report, finding: Finding, somewhere: Location) -> dict[str, Any]:
    severity = "info" if finding.waiver is not None else _severity(finding)
    waived = f"({standing(finding.waiver)}) " if finding.waiver is not None else ""
    known = "(known from before) " if finding.status is Status.KNOWN else ""
    text = f"{waived}{known}{finding.message}"
    return _item(
        finding.rule, text, severity, fingerprint(finding.identity, report.name), finding.location or somewhere
    )


def _severity(finding: Finding) -> str:
    """By level; an error that concerns a critical duty is critical."""
    critical = finding.level is Level.ERROR and finding.criticality is Criticality.CRITICAL
    return "critical" if critical else _SEVERITY[finding.level]


def _item(check: str, description: str, severity: str, fingerprint: str, place: Location) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": place.file, "lines": {"begin": place.span.line, "end": place.span.end_line}},
    }


def _summary(report: Report) -> str:
    return " ".join((f"Verdict: {report.verdict}.", *summary(report, Style(width=sys.maxsize))))


def _always(text: str) -> str:
    """A fingerprint that every report has: GitLab then takes the item for neither new nor fixed."""
    return f"1:{hashlib.sha256(text.encode()).hexdigest()[:32]}"
