package uts.rules.delegation["not-delegable_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.delegation.base_test as base
import data.uts.rules.delegation["not-delegable"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

personal := object.union(
	object.remove(base.base, ["delegations"]),
	{"authorities": {"commit-funds": {"delegable": false}}, "delegations": {"d-2": base.base.delegations["d-2"]}},
)

told := {{
	"path": ["delegations", "d-2", "authorities", 0],
	"message": "\"d-2\" (Second) passes on \"commit-funds\" (Commit funds), which may not be delegated",
	"key": "commit-funds",
}}

test_silent_where_it_may_be_delegated if found(base.base) == set()

test_fires_where_it_may_not if found(personal) == told

test_only_delegations_in_force if {
	every state in base.not_in_force {
		found(object.union(personal, base.passing(state))) == set()
	}
	every state in base.in_force {
		found(object.union(personal, base.passing(state))) == told
	}
}

test_whoever_delegates if {
	every change in base.passed_over {
		found(object.union(personal, change)) == told
	}
}

test_an_unknown_authority_is_passed_over if {
	found(object.union(personal, base.passing({"authorities": ["comit-funds"]}))) == set()
}

test_each_authority_is_told_once_at_its_place if {
	several := {"authorities": {"task-units": {"title": "Task units"}}, "delegations": {"d-2": {"authorities": ["task-units", "commit-funds", "commit-funds"]}}}
	{got.path | some got in found(object.union(personal, several))} == {["delegations", "d-2", "authorities", 1]}
}
