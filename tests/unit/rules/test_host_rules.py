from uts_policy.model.rule import Level
from uts_policy.rules.host_rules import host_rules

FIXED = [
    "schema/duplicate-id", "schema/missing-key", "schema/type", "schema/unknown-key", "schema/value",
    "yaml/duplicate-key", "yaml/encoding", "yaml/limit", "yaml/syntax", "yaml/tag", "yaml/unreadable",
]  # fmt: skip


def test_what_loader_and_schemas_find_is_fixed_at_error():
    assert sorted(rule.id for rule in host_rules() if rule.fixed) == FIXED
    assert {rule.level for rule in host_rules() if rule.fixed} == {Level.ERROR}


def test_the_rest_can_be_configured():
    found = {rule.id: rule.level for rule in host_rules() if not rule.fixed}
    assert found == {
        "baseline/fixed": Level.WARNING,
        "change/weakens-check": Level.WARNING,
        "waivers/unused": Level.NOTE,
    }


def test_every_one_says_all_that_a_rule_s_page_needs():
    for rule in host_rules():
        assert rule.by == "host"
        assert all([rule.title, rule.description, rule.effect, rule.remediation, rule.criteria, rule.subjects])
