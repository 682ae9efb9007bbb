package uts.rules.delegation.orphaned_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.delegation.base_test as base
import data.uts.rules.delegation.orphaned as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

told := {{
	"path": ["delegations", "d-2", "authorities", 0],
	"message": "\"d-2\" (Second) passes on \"commit-funds\" (Commit funds), which \"head\" (Head) had and no longer has",
	"cause": "roles/head",
	"key": "commit-funds",
}}

lapsed := base.empty_handed({"to": "2026-06-14"})

test_silent_where_the_delegator_has_it if found(base.base) == set()

test_fires_where_the_delegation_beneath_has_ended if {
	found(lapsed) == told
	found(base.empty_handed({"rescinded_on": "2026-06-15"})) == told
	found(base.empty_handed({"rescinded_on": "2026-01-01", "to": "2026-06-14"})) == told
}

test_fires_where_an_own_grant_has_ended if {
	own := {"roles": {"head": {"authorities": [{"authority": "commit-funds", "to": "2026-06-14"}]}}}
	found(object.union(base.empty_handed({"delegate": "clerk"}), own)) == told
	other := {"roles": {"head": {"authorities": [{"authority": "task-units", "to": "2026-06-14"}]}}}
	found(object.union(base.empty_handed({"delegate": "clerk"}), other)) == set()
}

test_what_never_began_was_never_had if {
	found(base.empty_handed({"from": "2026-06-16"})) == set()
	found(base.empty_handed({"from": "2026-06-01", "rescinded_on": "2026-06-01"})) == set()
	found(base.empty_handed({"from": "2026-06-01", "rescinded_on": "2026-06-01", "to": "2026-06-14"})) == set()
}

test_only_delegations_in_force if {
	every state in base.not_in_force {
		found(object.union(lapsed, base.passing(state))) == set()
	}
	every state in base.in_force {
		found(object.union(lapsed, base.passing(state))) == told
	}
}

test_silent_where_the_delegator_is_unknown_abolished_or_external if {
	every change in base.passed_over {
		found(object.union(lapsed, change)) == set()
	}
}

test_what_may_not_be_delegated_is_told_instead if {
	found(object.union(lapsed, {"authorities": {"commit-funds": {"delegable": false}}})) == set()
}
