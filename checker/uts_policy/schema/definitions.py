"""What the schema says of one place in a document: which mapping, which fields, under which name.

The schemas hold no alternatives (`anyOf`, `oneOf`), so each route through a document leads to exactly one subschema.
"""

from collections.abc import Mapping
from typing import Any

from uts_policy.model.place import Route

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
