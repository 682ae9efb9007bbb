"""A sample, for programs: schemas/sample.schema.json describes it."""

import json
from typing import Any

from uts_policy.model.evidence import Card, Sample
from uts_policy.render.interface import Style
from uts_policy.render.report.json import finding_data, location_data

SCHEMA = "uts-policy/sample/1"


def render(sample: Sample, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """JSON, UTF-8, two spaces of indentation, keys in the order of the documentation."""
    data = {
        "schema": SCHEMA,
        "tool": {"name": "uts-policy", "version": sample.tool_version},
        "bag": sample.bag,
        "as_of": sample.as_of,
        "seed": sample.seed,
        "size": sample.size,
        "strata": [
            {
                "category": each.category,
                "conclusion": each.conclusion.value,
                "population": each.population,
                "drawn": each.drawn,
            }
            for each in sample.strata
        ],
        "cards": [_card(each) for each in sample.cards],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _card(card: Card) -> dict[str, Any]:
    return {
        "rule": card.rule,
        "title": card.title,
        "about": card.about,
        "parameters": dict(card.parameters),
        "entry": card.entry,
        "facts": [
            {"why": each.why, "entry": each.entry, "location": location_data(each.location)} for each in card.facts
        ],
        "more_facts": card.more,
        "conclusion": card.conclusion.value,
        "findings": [finding_data(each) for each in card.findings],
    }
