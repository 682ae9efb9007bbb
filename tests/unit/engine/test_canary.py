import json

import pytest

from tests.generate.canary import FILE, text
from uts_policy.engine import canary
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation
from uts_policy.model.finding import Violation
from uts_policy.model.rule import RuleSet
from uts_policy.resources import builtin_policies
from uts_policy.schema.faults import faults

FOUND = Violation(rule=canary.RULE, path=canary.ENTRY, message="nobody")


def evaluation(*violations):
    engine = EngineInfo(name="embedded", version="0")
    return Evaluation(evaluated=frozenset({canary.RULE}), violations=violations, engine=engine, digest="d")


def test_its_corpus_is_what_the_builder_makes_of_its_declaration():
    assert FILE.read_text(encoding="utf-8") == text(), "run `make generate`"
    assert canary.corpus() == json.loads(text())


def test_its_corpus_is_valid():
    assert faults("corpus", canary.corpus()) == ()


def test_the_builtin_rules_evaluate_it_to_its_one_finding():
    data = canary.corpus()
    engine, rules = EmbeddedEngine(timeout=30), RuleSet(files=builtin_policies(), digest="d")
    found = engine.evaluate(Corpus(data=data, origins={}, details={}), rules)
    assert canary.require_finding(found) is None


@pytest.mark.parametrize(
    "violations",
    [
        (),
        (FOUND, FOUND),
        (Violation(rule=canary.RULE, path=("responsibilities", "other"), message="nobody"),),
        (Violation(rule="staffing/vacant", path=canary.ENTRY, message="nobody"),),
    ],
)
def test_anything_else_than_the_one_finding_is_no_verdict(violations):
    with pytest.raises(NoVerdictError):
        canary.require_finding(evaluation(*violations))


def test_the_one_finding_is_enough():
    assert canary.require_finding(evaluation(FOUND)) is None
