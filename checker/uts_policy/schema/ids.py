"""The declarations schema with the ids of one corpus in it, so that an editor can complete them."""

import copy
import json
from collections.abc import Collection, Mapping
from typing import Any

_TARGETS: Mapping[str, tuple[str, ...]] = {
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
    "criterion": ("directives", "recommendations"),
    "roles-of-code": ("roles",),
}
"""Which definition of the schema names entries of which sections."""


def with_ids(schema: Mapping[str, Any], ids_by_section: Mapping[str, Collection[str]]) -> str:
    """The declarations `schema` as text, each reference with the ids of its section as `examples`, sorted.

    A section without ids has no examples: those of the schema itself name nothing here. The schema accepts what it
    accepted before, for an id that is not there yet is a finding of a rule, and not of the schema.
    """
    # A corpus that is not valid yet may have sections of other names: they are passed over.
    filled: dict[str, Any] = copy.deepcopy(dict(schema))
    for definition, sections in _TARGETS.items():
        ids = {each for section in sections for each in ids_by_section.get(section, ())}
        filled["$defs"][definition]["examples"] = sorted(ids)
    subjects = [f"{section}/{each}" for section in schema["properties"] for each in ids_by_section.get(section, ())]
    filled["$defs"]["waiver"]["properties"]["subject"]["examples"] = sorted(subjects)
    return json.dumps(filled, ensure_ascii=False, indent=2) + "\n"
