package uts.rules.delegation["redelegation-forbidden_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.delegation.base_test as base
import data.uts.rules.delegation["redelegation-forbidden"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

told := {{
	"path": ["delegations", "d-2", "authorities", 0],
	"message": "\"d-2\" (Second) passes on \"commit-funds\" (Commit funds), which \"head\" (Head) has by delegation and may not pass on",
	"key": "commit-funds",
}}

paper(parts) := {"scopes": parts, "bad": false, "until": "9999-12-31"}

unpermitted := base.holding(paper([{"permitted": false}]))

mixed := base.holding(paper([{"permitted": false}, {"units": ["north"], "permitted": true}]))

test_silent_with_permission if found(base.base) == set()

test_fires_without_it if {
	found(unpermitted) == told
	found(object.union(unpermitted, base.passing({"scope": {"units": ["south"]}}))) == told
}

test_without_a_scope_some_permission_is_enough if found(mixed) == set()

test_a_stated_scope_must_be_permitted_as_a_whole if {
	found(object.union(mixed, base.passing({"scope": {"units": ["north"]}}))) == set()
	found(object.union(mixed, base.passing({"scope": {"units": ["south"]}}))) == told
	found(object.union(mixed, base.passing({"scope": {"units": ["north", "south"]}}))) == told
}

test_what_the_delegator_has_not_is_not_asked_for_permission if {
	apart := base.holding(paper([{"units": ["north"], "permitted": true}, {"units": ["north"], "permitted": false}]))
	found(object.union(apart, base.passing({"scope": {"units": ["north"]}}))) == set()
	elsewhere := base.holding(object.union(paper([{"units": ["north"], "permitted": false}]), {"bad": true}))
	found(object.union(elsewhere, base.passing({"scope": {"units": ["south"]}}))) == set()
}

test_what_exceeds_the_grant_is_told_instead if {
	north := base.holding(paper([{"units": ["north"], "permitted": false}]))
	found(object.union(north, base.passing({"scope": {"units": ["agency"]}}))) == set()
}

test_only_delegations_in_force if {
	every state in base.not_in_force {
		found(object.union(unpermitted, base.passing(state))) == set()
	}
}

test_silent_where_the_delegator_is_unknown_abolished_or_external if {
	every change in base.passed_over {
		found(object.union(unpermitted, change)) == set()
	}
}

test_members_of_a_loop_are_told_there if {
	loop := {"links": {"cycles": {"support": {"commit-funds": [["d-2"]]}}}, "delegations": {"d-1": {"delegate": "clerk"}}}
	found(object.union(unpermitted, loop)) == set()
}
