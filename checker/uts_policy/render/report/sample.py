"""A sample format: the verdict in one line."""

from uts_policy.model.report import Report
from uts_policy.render.interface import Style


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The verdict and the day."""
    return f"{report.verdict.value} as of {report.as_of}\n"
