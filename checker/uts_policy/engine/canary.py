"""The canary: one tiny corpus with one known finding, put through the same engine and rules as the real one.

An empty bundle, a wrong path or a lost input then cannot look like an organisation without a fault.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import Evaluation

RULE = "ownership/unassigned"
"""The rule that must speak."""

ENTRY = ("responsibilities", "canary")
"""The entry it must speak of: an active responsibility that nobody answers for."""


@cache
def corpus() -> Mapping[str, Any]:
    """The canary's corpus, as the corpus builder makes it of one declaration; `make generate` writes it."""
    data: Mapping[str, Any] = json.loads(Path(__file__).with_name("canary.json").read_text(encoding="utf-8"))
    return data


def require_finding(evaluation: Evaluation) -> None:
    """Raise NoVerdictError unless `evaluation`, of the canary's corpus, holds exactly the finding it must."""
    found = [(violation.rule, violation.path[:2]) for violation in evaluation.violations]
    if found != [(RULE, ENTRY)]:
        raise NoVerdictError(
            f"the engine did not find the canary, a known fault of {RULE}, and so cannot be trusted to find others",
            "Its rules are not the ones this version brings, or it does not see the corpus.",
        )
