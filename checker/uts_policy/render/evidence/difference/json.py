"""What changed between two bags, for programs: schemas/evidence-difference.schema.json describes it."""

import json
from collections.abc import Iterable
from typing import Any

from uts_policy.model.evidence import BagDifference, BagSide, Circumstance
from uts_policy.model.finding import Finding
from uts_policy.render.difference.json import owner_data, rename_data
from uts_policy.render.interface import Style
from uts_policy.render.report.json import finding_data

SCHEMA = "uts-policy/evidence-difference/1"


def render(change: BagDifference, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """JSON, UTF-8, two spaces of indentation, keys in the order of the documentation."""
    data = {
        "schema": SCHEMA,
        "before": _side(change.before),
        "after": _side(change.after),
        "empty": change.empty,
        "circumstances": [_circumstance(each) for each in change.circumstances],
        "files": [_circumstance(each) for each in change.files],
        "rules": [
            {"rule": each.rule, "judged": "after" if each.begins else "before", "reason": each.reason or None}
            for each in change.rules
        ],
        "findings": {
            "opened": _findings(change.opened),
            "closed": _findings(change.closed),
            "waived": _findings(change.waived),
            "uncovered": _findings(change.uncovered),
            "unjudged": _findings(change.unjudged),
            "same": change.same,
        },
        "owners": None if change.owners is None else [owner_data(each) for each in change.owners],
        "renames": [rename_data(each) for each in change.renames],
        "notices": list(change.notices),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _side(side: BagSide) -> dict[str, Any]:
    return {"file": side.name, "bag": side.digest, "as_of": side.as_of, "verdict": side.verdict}


def _circumstance(each: Circumstance) -> dict[str, Any]:
    return {"what": each.what, "before": each.before, "after": each.after}


def _findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [finding_data(each) for each in findings]
