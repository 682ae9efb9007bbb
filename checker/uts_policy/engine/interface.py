"""What every engine does. One module per implementation stands beside this one."""

from typing import Protocol

from uts_policy.model.corpus import Corpus
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.rule import RuleSet


class Engine(Protocol):
    """Evaluates rules over a corpus. Raises NoVerdictError rather than return a doubtful answer."""

    def evaluate(self, corpus: Corpus, rule_set: RuleSet) -> Evaluation:
        """Everything that `data.uts.main.result` says, once the canary was found on the same engine and rules.

        `corpus.data["rules"]` says which rules run, `views` beside it which views answer.
        """
        ...
