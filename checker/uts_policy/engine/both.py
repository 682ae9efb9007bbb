"""Engine `both`: the embedded one and a real OPA, which must agree."""

from dataclasses import dataclass, replace

from uts_policy.engine.interface import Engine
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation
from uts_policy.model.finding import Violation
from uts_policy.model.rule import RuleSet

NAME = "both"
SHOWN = 20
"""How many differences are named; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BothEngines:
    """Evaluates on two engines and returns what they agree on. Raises NoVerdictError where they differ."""

    first: Engine
    second: Engine

    def evaluate(self, corpus: Corpus, rule_set: RuleSet) -> Evaluation:
        """The common answer. Raises NoVerdictError that names each difference."""
        one = self.first.evaluate(corpus, rule_set)
        two = self.second.evaluate(corpus, rule_set)
        differences = compare(one, two)
        if differences:
            shown = differences[:SHOWN]
            more = len(differences) - len(shown)
            rest = f"\n  and {more} more" if more else ""
            raise NoVerdictError(
                f"{_name(one)} and {_name(two)} disagree:\n  " + "\n  ".join(shown) + rest,
                "one of them is wrong: please report it, with the declarations that show it if they may be public",
            )
        info = EngineInfo(name=NAME, version=f"{_name(one)}, {_name(two)}")
        return replace(one, engine=info)


def compare(one: Evaluation, two: Evaluation) -> list[str]:
    """Each difference in one line, sorted; empty where both say the same. Order of findings is no difference."""
    lines = [f"{rule} was evaluated by {_name(one)} only" for rule in one.evaluated - two.evaluated]
    lines += [f"{rule} was evaluated by {_name(two)} only" for rule in two.evaluated - one.evaluated]
    ours, theirs = frozenset(one.violations), frozenset(two.violations)
    lines += [f"only {_name(one)}: {_show(violation)}" for violation in ours - theirs]
    lines += [f"only {_name(two)}: {_show(violation)}" for violation in theirs - ours]
    for name in ("judged", "not_judged"):
        if getattr(one, name) != getattr(two, name):
            lines.append(f"the two differ in which entries were {name.replace('_', ' ')}: {_rules_apart(one, two)}")
    lines += [
        f"the view {view} answers otherwise"
        for view in one.views.keys() | two.views.keys()
        if one.views.get(view) != two.views.get(view)
    ]
    return sorted(lines)


def _rules_apart(one: Evaluation, two: Evaluation) -> str:
    """The rules of which the two do not judge the same entries."""
    apart = {lack.rule for lack in {*one.not_judged} ^ {*two.not_judged}}
    apart |= {rule for rule in one.judged.keys() | two.judged.keys() if one.judged.get(rule) != two.judged.get(rule)}
    return ", ".join(sorted(apart))


def _name(evaluation: Evaluation) -> str:
    return f"{evaluation.engine.name} {evaluation.engine.version}"


def _show(violation: Violation) -> str:
    key = f" [{violation.key}]" if violation.key else ""
    related = "".join(f"; {place.message}: {'/'.join(map(str, place.path))}" for place in violation.related)
    return f"{violation.rule}{key} at {'/'.join(map(str, violation.path))}: {violation.message}{related}"
