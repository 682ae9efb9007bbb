"""What an engine answers."""

from dataclasses import dataclass

from uts_policy.model.finding import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineInfo:
    """Which engine answered: `embedded`, `opa` or `both`, and the version it named itself."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The rules that were evaluated, what they found, and who says so. `digest` names the rule set that answered."""

    evaluated: frozenset[str]
    violations: tuple[Violation, ...]
    engine: EngineInfo
    digest: str
