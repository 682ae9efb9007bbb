"""Which fields the entries of a section have, as the schema of declarations says."""

import json
from functools import cache
from typing import Any

from uts_policy import resources


@cache
def fields_of(section: str) -> frozenset[str]:
    """The keys that an entry of `section`, one of the schema's, may state. Own keys (`x-`) aside."""
    schema: dict[str, Any] = json.loads((resources.schemas_dir() / "declarations.schema.json").read_bytes())
    name = schema["properties"][section]["items"]["$ref"].removeprefix("#/$defs/")
    return frozenset(schema["$defs"][name]["properties"])
