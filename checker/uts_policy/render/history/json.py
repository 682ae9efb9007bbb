"""A history for programs."""

import json
from typing import Any

from uts_policy.model.history import History, Moment
from uts_policy.render.interface import Style

SCHEMA = "uts-policy/history/1"


def render(history: History, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """Everything, the earliest moment first."""
    whole = {
        "schema": SCHEMA,
        "organisation": history.organisation,
        "median_days_to_fix": history.median,
        "days_to_fix": list(history.days_to_fix),
        "moments": [_moment(each) for each in history.moments],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _moment(moment: Moment) -> dict[str, Any]:
    if moment.fault:
        return {"day": moment.day, "commit": moment.commit, "valid": False, "fault": moment.fault}
    return {
        "day": moment.day,
        "commit": moment.commit,
        "valid": True,
        "counts": {level: moment.at(level) for level in ("error", "warning", "note")},
        "unanswered": moment.unanswered,
        "not_stated": moment.not_stated,
        "stated": moment.stated,
        "asked": moment.asked,
        "categories": moment.categories(),
        "units": dict(moment.units),
        "findings": sorted(moment.findings),
    }
