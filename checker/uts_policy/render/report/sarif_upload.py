"""SARIF as GitHub's code scanning takes it."""

from dataclasses import replace

from uts_policy.model.finding import Finding
from uts_policy.model.place import START, Location
from uts_policy.model.report import Report
from uts_policy.render.interface import Style
from uts_policy.render.report.sarif import log

SYNTAX = "json"
REPAIRS = True
"""It carries repairs."""


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The log without what is waived, which would be shown as an alert, and with a place for every result.

    Findings known from before stay: to leave them out would close their alerts.
    """
    somewhere = Location(file=min(report.sources, default="-"), span=START)
    findings = (_placed(finding, somewhere) for finding in report.findings if finding.waiver is None)
    return log(report, findings, suppressions=False)


def _placed(finding: Finding, somewhere: Location) -> Finding:
    """GitHub refuses the whole log for one result without a file."""
    return replace(finding, location=finding.location or somewhere)
