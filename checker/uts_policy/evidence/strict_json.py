"""JSON that every reader reads alike: a key that is there twice, or `NaN`, is refused."""

import json
from collections.abc import Sequence
from typing import Any


def parsed(data: bytes) -> Any:  # noqa: ANN401 - JSON
    """The value of UTF-8 JSON. Raises ValueError for anything else, or for what two readers could take differently."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
