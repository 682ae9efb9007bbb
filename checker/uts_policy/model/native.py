"""What a bag says a check found: `results/findings.json` read back."""

from dataclasses import dataclass

from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.finding import Finding
from uts_policy.model.report import Digests
from uts_policy.model.rule import NotAssessed, from_loader


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """A report as its JSON tells it. The findings have no `key`: JSON leaves it to the identity."""

    tool_version: str
    as_of: str
    engine: EngineInfo
    verdict: str
    threshold: str
    digests: Digests
    files: tuple[str, ...]
    evaluated: tuple[str, ...]
    not_assessed: tuple[NotAssessed, ...]
    findings: tuple[Finding, ...]
    name: str
    notices: tuple[str, ...]

    def judged(self, rule: str) -> bool:
        """Whether the rule had its say: evaluated, or about the form of declarations, which always is."""
        return from_loader(rule) or rule in self.evaluated
