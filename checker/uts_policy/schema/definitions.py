"""The JSON Schemas by name, what the declarations schema says of one place, and the schema with ids filled in."""

import copy
import json
from collections.abc import Collection, Mapping
from typing import Any

from uts_policy import resources
from uts_policy.model.errors import UsageError
from uts_policy.model.place import Route

NAMES = (
    "declarations",
    "config",
    "baseline",
    "scorecard",
    "corpus",
    "report",
    "difference",
    "evidence-difference",
    "sample",
    "verification",
    "reproduction",
)
"""Every schema there is, the one that authors meet first."""


def schema_text(name: str) -> str:
    """The schema `name` as its file says it. Raises UsageError where no schema has that name."""
    if name not in NAMES:
        raise UsageError(f'there is no schema "{name}"', f"Use one of: {', '.join(NAMES)}.")
    return resources.schema_text(name)


schema = resources.schema
"""The schema of a name, parsed once."""

Schema = Mapping[str, Any]


def resolve(root: Schema, part: Schema) -> Schema:
    """`part` with the definitions behind its `$ref` merged in; what stands beside a `$ref` wins."""
    while "$ref" in part:
        target = root["$defs"][part["$ref"].rpartition("/")[2]]
        part = {**target, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def at(root: Schema, route: Route) -> Schema:
    """The subschema for the value at `route`; empty where the schema says nothing about it."""
    part: Schema = root
    for step in route:
        part = resolve(root, part)
        below = part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
        if below is None:
            below = part.get("additionalProperties")
        if not isinstance(below, Mapping):
            return {}
        part = below
    return resolve(root, part)


def fields(root: Schema, route: Route) -> tuple[str, ...]:
    """The keys that the mapping at `route` may have, in the schema's order."""
    return tuple(at(root, route).get("properties", {}))


def name(root: Schema, route: Route) -> str:
    """What people call the mapping at `route`: `responsibility`, `holder`, `scope`; `mapping` where it has no name."""
    return str(at(root, route).get("title", "mapping"))


def article(noun: str) -> str:
    """The noun after "a" or "an". NOTE: a unit begins with a vowel, and is still "a unit"."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def value_at(data: Any, route: Route) -> Any:  # noqa: ANN401 - any JSON value
    """The value at `route` through `data`."""
    for step in route:
        data = data[step]
    return data


def optional(root: Schema, route: Route) -> bool:
    """Whether the key or item that ends `route` may be left out."""
    return bool(route) and route[-1] not in at(root, route[:-1]).get("required", ())


def with_ids(schema: Mapping[str, Any], ids_by_section: Mapping[str, Collection[str]]) -> str:
    """The declarations `schema` as text, each reference with the ids of its section as `examples`, sorted.

    A section without ids has no examples: those of the schema itself name nothing here. The schema accepts what it
    accepted before, for an id that is not there yet is a finding of a rule, and not of the schema.
    """
    # A corpus that is not valid yet may have sections of other names: they are passed over.
    filled: dict[str, Any] = copy.deepcopy(dict(schema))
    for definition in filled["$defs"].values():
        if "names" in definition:
            ids = {each for section in definition["names"] for each in ids_by_section.get(section, ())}
            definition["examples"] = sorted(ids)
    subjects = [f"{section}/{each}" for section in schema["properties"] for each in ids_by_section.get(section, ())]
    filled["$defs"]["entry"]["examples"] = sorted(subjects)
    return json.dumps(filled, ensure_ascii=False, indent=2) + "\n"
