"""What a change means, for programs: schemas/difference.schema.json describes it."""

import json
from typing import Any

from uts_policy.model.difference import Approval, Compared, Difference, EntryChange, OwnerChange, Rename
from uts_policy.model.finding import Finding
from uts_policy.render.interface import Style
from uts_policy.render.report.json import finding_data, location_data

SCHEMA = "uts-policy/difference/1"


def render(change: Difference, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """JSON, UTF-8, two spaces of indentation, keys in the order of the documentation."""
    data = {
        "schema": SCHEMA,
        "tool": {"name": "uts-policy", "version": change.tool_version},
        "name": change.name,
        "as_of": change.as_of,
        "base": _compared(change.base),
        "head": _compared(change.head),
        "empty": change.empty,
        "owners": [owner_data(each) for each in change.owners],
        "parts": [
            {
                "responsibility": each.responsibility,
                "code": each.code,
                "gained": list(each.gained),
                "lost": list(each.lost),
            }
            for each in change.parts
        ],
        "holders": [
            {"role": each.role, "gained": list(each.gained), "lost": list(each.lost)} for each in change.holders
        ],
        "powers": [
            {"role": each.role, "authority": each.authority, "change": each.kind.value} for each in change.powers
        ],
        "entries": [_entry(each) for each in change.entries],
        "renames": [rename_data(each) for each in change.renames],
        "findings": {
            "opened": _findings(change.opened),
            "closed": _findings(change.closed),
            "known": _findings(change.known),
        },
        "weakens": _findings(change.weakens),
        "approvals": [_approval(each) for each in change.approvals],
        "notices": list(change.notices),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _compared(side: Compared) -> dict[str, Any]:
    return {"name": side.name, "commit": side.commit or None}


def owner_data(each: OwnerChange) -> dict[str, Any]:
    """A change of owner, with the keys in the order of the documentation."""
    return {
        "responsibility": each.responsibility,
        "statement": each.statement,
        "change": each.kind.value,
        "units": list(each.units),
        "vectors": list(each.vectors),
        "before": list(each.before),
        "after": list(each.after),
        "instead": list(each.instead),
        "location": location_data(each.location),
    }


def rename_data(each: Rename) -> dict[str, Any]:
    """A rename, with the keys in the order of the documentation."""
    return {
        "section": each.section,
        "before": each.before,
        "after": each.after,
        "location": location_data(each.location),
        "recorded": each.recorded,
    }


def _entry(each: EntryChange) -> dict[str, Any]:
    return {
        "section": each.section,
        "id": each.id,
        "title": each.title,
        "change": each.kind.value,
        "fields": [{"field": field.field, "before": field.before, "after": field.after} for field in each.fields],
        "location": location_data(each.location),
    }


def _approval(each: Approval) -> dict[str, Any]:
    return {
        "role": each.role,
        "title": each.title,
        "gone": each.gone,
        "superior": each.superior or None,
        "reasons": [{"change": reason.change, "what": reason.what, "entry": reason.entry} for reason in each.reasons],
    }


def _findings(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [finding_data(each) for each in findings]
