"""The JSON Schemas by name: as text, for people and editors, and parsed."""

import json
from functools import cache
from typing import Any

from uts_policy import resources
from uts_policy.model.errors import NoVerdictError, UsageError

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
    file = resources.schemas_dir() / f"{name}.schema.json"
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise NoVerdictError(
            f"{file}: cannot be read: {error.strerror}", "Install the package again: a schema is missing."
        ) from error


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema `name`, parsed once. Treat it as frozen: everyone shares it."""
    parsed: dict[str, Any] = json.loads(schema_text(name))
    return parsed
