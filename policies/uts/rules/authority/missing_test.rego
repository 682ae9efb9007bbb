package uts.rules.authority.missing_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.authority.base_test as base
import data.uts.rules.authority.missing as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

powerless := {{
	"path": ["responsibilities", "shield", "requires", 0],
	"message": "\"shield\" (Shield rooms) requires \"commit-funds\" (Commit funds), which \"chief\" (Chief) holds neither by itself nor by delegation",
	"related": [{"path": ["roles", "chief"], "message": "accountable, and without it"}],
	"key": "chief/commit-funds",
}}

test_silent_where_the_role_holds_it if found(base.base) == set()

test_fires_where_it_does_not if found(base.without_grants) == powerless

test_a_grant_over_a_part_is_a_grant if found(base.granted([{"units": ["south"], "via": []}])) == set()

test_silent_where_a_grant_might_come_by_a_way_on_which_something_is_bad if {
	found(object.union(base.without_grants, {"links": {"grants_over_bad_scopes": {"chief": ["commit-funds"]}}})) == set()
	found(object.union(base.without_grants, {"links": {"grants_over_bad_scopes": {"chief": ["other"], "head": ["commit-funds"]}}})) == powerless
}

test_silent_on_an_authority_that_is_not_declared if {
	found(object.union(base.without_grants, {"responsibilities": {"shield": {"requires": ["comit-funds"]}}})) == set()
}

test_only_standing_accountable_roles_are_asked if {
	found(object.union(base.without_grants, {"assignments": {"a": {"code": "R"}}})) == set()
	found(object.union(base.without_grants, {"assignments": {"a": {"to": "2026-06-14"}}})) == set()
	found(object.union(base.without_grants, {"assignments": {"a": {"role": "TBD"}}})) == set()
	found(object.union(base.without_grants, {"roles": {"chief": {"status": "abolished"}}})) == set()
	found(object.union(base.without_grants, {"responsibilities": {"shield": {"status": "retired"}}})) == set()
}

test_external_roles_are_not_asked if {
	found(object.union(base.without_grants, {"roles": {"chief": {"external": true}}})) == set()
}

test_each_accountable_role_is_asked_once if {
	two := {"assignments": {
		"b": {"responsibility": "shield", "role": "head", "code": "A"},
		"c": {"responsibility": "shield", "role": "chief", "code": "A", "scope": {"units": ["south"]}},
	}}
	{got.key | some got in found(object.union(base.base, two))} == {"head/commit-funds"}
	count(found(object.union(base.without_grants, two))) == 2
}

test_an_empty_answered_scope_still_needs_a_grant if {
	empty := {"responsibilities": {"shield": {"scope": {"units": ["north"]}}}, "assignments": {"a": {"scope": {"units": ["south"]}}}}
	found(object.union(base.without_grants, empty)) == powerless
}

test_a_second_mention_is_not_told_again if {
	found(object.union(base.without_grants, {"responsibilities": {"shield": {"requires": ["commit-funds", "commit-funds"]}}})) == powerless
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	silence(base.without_grants, {"grants": ["chief"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["responsibilities", "shield"], "fact": "grants", "missing": ["roles", "chief"]}},
	}
	silence(base.without_grants, {}) == {"findings": powerless, "judged": {["responsibilities", "shield"]}, "not_judged": set()}
}

test_one_that_lacks_it_settles_it if {
	both := object.union(base.without_grants, {"assignments": {"b": {"responsibility": "shield", "role": "head", "code": "A"}}})
	silence(both, {"grants": ["head"]}) == {"findings": powerless, "judged": {["responsibilities", "shield"]}, "not_judged": set()}
}

test_a_class_of_people_is_not_asked if found(object.union(base.without_grants, {"roles": {"chief": {"everyone": true}}})) == set()

test_it_has_one_cause_with_the_grant_that_ended if {
	lapsed := {"delegations": {"d": {"delegator": "head", "delegate": "chief", "authorities": ["commit-funds"]}}, "roles": {"head": {"authorities": [{"authority": "commit-funds", "to": "2026-06-14"}]}}}
	found(object.union(base.without_grants, lapsed)) == {object.union(finding, {"cause": "roles/head"}) | some finding in powerless}
}

test_so_has_the_role_whose_own_grant_ended_beneath_a_delegation if {
	ended := object.union(base.without_grants, {"roles": {"chief": {"authorities": [{"authority": "commit-funds", "to": "2026-06-14"}]}}})
	passed := {"delegations": {"d": {"delegator": "chief", "delegate": "head", "authorities": ["commit-funds"]}}}
	found(ended) == powerless
	found(object.union(ended, passed)) == {object.union(finding, {"cause": "roles/chief"}) | some finding in powerless}
}
