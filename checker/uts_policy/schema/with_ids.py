"""The declarations schema with a corpus's own ids as examples, so that an editor completes references."""

import copy
import json
from collections.abc import Collection, Mapping

from uts_policy.schema.texts import schema

_SECTIONS = {
    "unit-id": ("units",),
    "person-id": ("people",),
    "role-id": ("roles",),
    "authority-id": ("authorities",),
    "responsibility-id": ("responsibilities",),
    "directive-id": ("directives",),
    "vector-id": ("vectors",),
    "module-id": ("training",),
    "incident-id": ("incidents",),
    "incident-line-id": ("incident_lines",),
    "assessment-id": ("assessments",),
    "action-id": ("actions",),
    "stakeholder-id": ("roles", "units"),
}
"""The definitions that stand for a reference, and the sections whose ids it may name."""


def schema_with_ids(ids: Mapping[str, Collection[str]]) -> str:
    """The schema as JSON text; `ids` by section. A reference to a section without ids stays as it is."""
    result = copy.deepcopy(schema("declarations"))
    for name, sections in _SECTIONS.items():
        found = sorted({each for section in sections for each in ids.get(section, ())})
        if found:
            result["$defs"][name]["examples"] = found
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"
