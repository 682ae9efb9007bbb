"""HTML: one page, one file, for a person who decides; nothing outside of it is loaded, and nothing else runs in it."""

from uts_policy.model.report import Report
from uts_policy.render.html.page import page
from uts_policy.render.interface import Style

VIEWS = ("answerable", "matrix", "seats", "unanswered")
"""What the page shows of the views that the rules' evaluation answers."""


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The report as a page."""
    return page(report)
