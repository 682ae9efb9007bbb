"""What an engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from uts_policy.model.finding import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """Which engine answered: `embedded`, `opa` or `both`, and the version it named itself."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """An entry (`section/id`) that a rule could not judge, the fact it needs, and the entry that does not state it."""

    rule: str
    entry: str
    fact: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The rules that were evaluated, what they found, and who says so. `digest` names the rule set that answered.

    `judged` are, by rule, the entries (`section/id`) that a rule with needs has judged. `views` has the answers of the
    views that the corpus named, by view: JSON.
    """

    evaluated: frozenset[str]
    violations: tuple[Violation, ...]
    engine: EngineInfo
    digest: str
    judged: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    not_judged: tuple[NotJudged, ...] = ()
    views: Mapping[str, Any] = field(default_factory=dict, hash=False)
