from dataclasses import replace

import pytest

from tests.unit.engine.samples import CANARY, MAIN, VACANT, corpus, rule, rule_set
from uts_policy.engine import canary
from uts_policy.engine.embedded import EmbeddedEngine, value_of
from uts_policy.engine.worker_process import version
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation
from uts_policy.model.finding import Violation
from uts_policy.model.rule import PolicyFile, RuleSet
from uts_policy.resources import builtin_policies

ENGINE = EmbeddedEngine(timeout=30)
VACANT_FILE = PolicyFile(path="uts/rules/staffing/vacant.rego", text=VACANT)
ROLES = {"roles": {"b": {}, "a": {}}}
BAD = 'findings contains {"path": ["roles", "a"], "message": "x"} if to_number(input.as_of) == 1'


def refusal(engine, of_corpus, rules):
    with pytest.raises(NoVerdictError) as caught:
        engine.evaluate(of_corpus, rules)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_what_the_rules_find_comes_back_sorted():
    assert ENGINE.evaluate(corpus("staffing/vacant", **ROLES), rule_set(VACANT_FILE)) == Evaluation(
        evaluated=frozenset({"staffing/vacant"}),
        violations=tuple(
            Violation(rule="staffing/vacant", path=("roles", one), message="vacant", key="k") for one in ("a", "b")
        ),
        engine=EngineInfo(name="embedded", version=version()),
        digest="d1",
    )


def test_a_rule_that_was_not_asked_for_is_not_evaluated_with_its_errors():
    rules = rule_set(VACANT_FILE, rule(BAD, name="staffing/other"))
    assert ENGINE.evaluate(corpus("staffing/vacant"), rules).violations == ()


def test_text_of_any_kind_arrives_as_it_was():
    name = 'é😀"\\\u2028\n'
    found = ENGINE.evaluate(corpus("staffing/vacant", roles={name: {}}), rule_set(VACANT_FILE))
    assert [violation.path for violation in found.violations] == [("roles", name)]


def test_what_a_policy_prints_is_no_part_of_the_answer():
    loud = rule('findings contains {"path": ["roles", "a"], "message": "x"} if print("ok 5\\nerror 3\\nabc")')
    assert len(ENGINE.evaluate(corpus("mine/own"), rule_set(loud)).violations) == 1


def test_an_error_names_the_rule_the_file_and_the_place():
    message = refusal(ENGINE, corpus("mine/own", "staffing/vacant"), rule_set(VACANT_FILE, rule(BAD)))
    assert message == (
        "mine/own could not be evaluated: uts/rules/mine/own.rego:5:78: could not parse string as number"
    )


def test_an_error_in_a_helper_names_the_rule_that_called_it():
    lib = PolicyFile(path="lib.rego", text="package lib\n\nimport rego.v1\n\nbad(x) := to_number(x)\n")
    own = rule('findings contains {"path": ["roles", "a"], "message": "x"} if data.lib.bad(input.as_of)')
    message = refusal(ENGINE, corpus("mine/own", "staffing/vacant"), rule_set(VACANT_FILE, own, lib))
    assert message == "mine/own could not be evaluated: lib.rego:5:21: could not parse string as number"


def test_a_rule_that_does_not_parse_is_named_with_file_line_and_column():
    rules = rule_set(VACANT_FILE, rule("findings contains {"))
    message = refusal(ENGINE, corpus("mine/own", "staffing/vacant", "ownership/unassigned"), rules)
    assert message == "uts/rules/mine/own.rego:6:1: expecting expression"


def test_a_rule_with_two_values_is_named_with_file_line_and_column():
    body = 'x := 1\n\nx := 2 if true\n\nfindings contains {"path": ["roles", "a"], "message": "m"} if x == 1'
    assert refusal(ENGINE, corpus("mine/own"), rule_set(rule(body))) == (
        "mine/own could not be evaluated: uts/rules/mine/own.rego:7:1: "
        "rule conflicts with rule at uts/rules/mine/own.rego:5:1"
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            'findings contains {"path": ["roles"], "message": "x"}',
            ('uts/rules/mine/own.rego:5: a finding of mine/own has a `path` that does not begin with section and id: '
            '["roles"]'),
        ),
        (
            'findings contains {"path": ["roles", "a"], "message": msg} if some msg in ["x", "y"]',
            ('uts/rules/mine/own.rego:5: two findings of mine/own on "roles/a" have one identity, both without `key`: '
            '"x" and "y"'),
        ),
    ],
)  # fmt: skip
def test_a_finding_of_another_shape_is_refused_with_the_rule_s_place(body, message):
    assert refusal(ENGINE, corpus("mine/own"), rule_set(rule(body))) == message


NOT_FOUND = (
    "the engine did not find the canary, a known fault of ownership/unassigned, and so cannot be trusted to find others"
)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (rule_set(unassigned=CANARY.replace("input.responsibilities", "input.gone")), NOT_FOUND),
        (rule_set(unassigned=CANARY.replace("input.responsibilities", '{"other": 1}')), NOT_FOUND),
        (
            RuleSet(files=(), digest="d1"),
            "`data.uts.main.result` is undefined: the engine has not got the rules, or has not got the corpus",
        ),
        (
            rule_set(main=MAIN.replace("data.uts_ruleset.digest", '"d0"')),
            'the answer comes from another rule set: "d0", and not "d1"',
        ),
    ],
)
def test_rules_that_miss_the_canary_give_no_verdict(rules, message):
    assert refusal(ENGINE, corpus("ownership/unassigned"), rules) == message


def test_a_corpus_of_another_kind_gives_no_verdict():
    message = "`data.uts.main.result` is undefined: the engine has not got the rules, or has not got the corpus"
    assert refusal(ENGINE, corpus("staffing/vacant", schema="declarations"), rule_set(VACANT_FILE)) == message


def test_rules_that_the_policies_do_not_hold_give_no_verdict():
    main = MAIN.replace("some id, _ in input.rules])", 'some id, _ in input.rules; id != "mine/gone"])')
    message = refusal(ENGINE, corpus("mine/gone", "staffing/vacant"), rule_set(VACANT_FILE, main=main))
    assert message == "what was asked and what was evaluated differ: not evaluated: mine/gone"


def test_no_rule_to_run_gives_no_verdict():
    assert refusal(ENGINE, corpus(), rule_set()) == "no rule is left to evaluate"


VIEW = (
    MAIN.replace('"evaluated": evaluated,', '"evaluated": evaluated,\n\t"views": views,')
    + """
views["ids"] := sort([id | some id, _ in input.roles]) if "ids" in input.views

views["bad"] := to_number(input.as_of) if "bad" in input.views
"""
)


def asking(*views, rules=("staffing/vacant",)):
    return corpus(*rules, views=list(views), **ROLES)


def test_the_views_that_the_corpus_names_answer_beside_the_rules():
    found = ENGINE.evaluate(asking("ids"), rule_set(VACANT_FILE, main=VIEW))
    assert (found.views, len(found.violations)) == ({"ids": ["a", "b"]}, 2)
    assert ENGINE.evaluate(asking(), rule_set(VACANT_FILE, main=VIEW)).views == {}


def test_views_are_answered_where_no_rule_runs():
    assert ENGINE.evaluate(asking("ids", rules=()), rule_set(VACANT_FILE, main=VIEW)).views == {"ids": ["a", "b"]}


def test_a_view_that_gives_no_answer_is_no_verdict():
    message = refusal(ENGINE, asking("ids", "ghost"), rule_set(VACANT_FILE, main=VIEW))
    assert message == '`views` of the result lacks "ghost"'
    message = refusal(ENGINE, asking("bad", rules=()), rule_set(VACANT_FILE, main=VIEW))
    assert message.endswith("could not parse string as number")


def test_each_rule_s_own_time_is_measured():
    times = ENGINE.profile_rules(corpus("staffing/vacant", "ownership/unassigned"), rule_set(VACANT_FILE))
    assert list(times) == ["ownership/unassigned", "staffing/vacant"]
    assert all(seconds > 0 for seconds in times.values())


def test_a_rule_that_fails_while_it_is_measured_is_named():
    with pytest.raises(NoVerdictError) as caught:
        ENGINE.profile_rules(corpus("mine/own"), rule_set(rule(BAD)))
    assert caught.value.message.startswith("mine/own could not be evaluated: uts/rules/mine/own.rego:5:")


def test_the_builtin_rules_find_the_canary():
    rules = RuleSet(files=builtin_policies(), digest="d1")
    found = ENGINE.evaluate(Corpus(data=canary.corpus(), origins={}, details={}), rules)
    assert [each.path for each in found.violations] == [canary.ENTRY]


def test_more_than_a_report_holds_is_no_verdict_before_it_is_parsed(monkeypatch):
    many = 'findings contains {"path": ["roles", "a"], "message": "x", "key": format_int(n, 10)} if '
    rules = rule_set(VACANT_FILE, rule(f"{many}some n in numbers.range(1, 40)", name="staffing/many"))
    assert len(ENGINE.evaluate(corpus("staffing/many", **ROLES), rules).violations) == 40
    monkeypatch.setattr("uts_policy.engine.result.MOST_FOUND", 39)
    parsed = []
    monkeypatch.setattr("uts_policy.engine.embedded.value_of", lambda answer: parsed.append(answer) or value_of(answer))
    message = refusal(ENGINE, corpus("staffing/many", **ROLES), rules)
    assert message == "the rules returned 40 findings and related places; a report holds at most 39"
    assert len(parsed) == 1  # the canary's answer


def test_an_engine_takes_no_more_memory_than_it_may():
    hungry = rule(
        'findings contains {"path": ["roles", "a"], "message": "x"} if count([y | some n in numbers.range(1, 9000); '
        "y := numbers.range(n, n + 9000)]) > 0",
        name="staffing/hungry",
    )
    engine = EmbeddedEngine(timeout=60, memory=2**29)
    message = refusal(engine, corpus("staffing/hungry", **ROLES), rule_set(VACANT_FILE, hungry))
    assert message == "the embedded engine ran out of memory: it may take 0.5 GiB"


def test_an_own_rule_that_finds_too_much_by_itself_is_named(monkeypatch):
    many = 'findings contains {"path": ["roles", "a"], "message": "x", "key": format_int(n, 10)} if '
    own = replace(rule(f"{many}some n in numbers.range(1, 40)", name="mine/many"), builtin=False)
    few = replace(rule(f"{many}some n in numbers.range(1, 2)", name="mine/few"), builtin=False)
    monkeypatch.setattr("uts_policy.engine.result.MOST_FOUND", 40)
    message = refusal(ENGINE, corpus("mine/few", "mine/many", **ROLES), rule_set(own, few))
    assert message == "the rules returned 42 findings and related places; a report holds at most 40"
    monkeypatch.setattr("uts_policy.engine.result.MOST_FOUND", 39)
    message = refusal(ENGINE, corpus("mine/few", "mine/many", **ROLES), rule_set(own, few))
    assert message == "mine/many: the rules returned 40 findings and related places; a report holds at most 39"
