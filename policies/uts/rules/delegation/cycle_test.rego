package uts.rules.delegation.cycle_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.delegation.base_test as base
import data.uts.rules.delegation.cycle as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

# The head and the clerk delegate to each other what neither has from outside.
looped := object.union(object.remove(base.base, ["delegations", "links"]), {
	"delegations": {
		"d-2": base.base.delegations["d-2"],
		"d-3": {"title": "Third", "delegator": "clerk", "delegate": "head", "authorities": ["commit-funds"]},
	},
	"links": {
		"on_paper": {"head": {"commit-funds": base.whole}, "clerk": {"commit-funds": base.whole}},
		"cycles": {"support": {"commit-funds": [["d-2", "d-3"]]}},
	},
})

told := {{
	"path": ["delegations", "d-2", "authorities", 0],
	"message": "\"d-2\" and \"d-3\" rest on each other, and no grant feeds their delegation of \"commit-funds\" (Commit funds)",
	"related": [{"path": ["delegations", "d-3"], "message": "in the same loop"}],
	"key": "commit-funds",
}}

test_silent_without_a_loop if found(base.base) == set()

test_fires_once_on_the_smallest if found(looped) == told

test_silent_where_a_member_has_it_from_outside if {
	own := {"roles": {"clerk": {"authorities": [{"authority": "commit-funds"}]}}}
	found(object.union(looped, own)) == set()
	ended := {"roles": {"clerk": {"authorities": [{"authority": "commit-funds", "to": "2026-06-14"}]}}}
	found(object.union(looped, ended)) == told
	fed := {"delegations": {"d-1": base.base.delegations["d-1"]}}
	found(object.union(looped, fed)) == set()
	over := {"delegations": {"d-1": object.union(base.base.delegations["d-1"], {"to": "2026-06-14"})}}
	found(object.union(looped, over)) == told
}

test_a_delegation_to_oneself if {
	itself := object.union(object.remove(looped, ["delegations", "links"]), {
		"delegations": {"d-2": object.union(base.base.delegations["d-2"], {"delegate": "head"})},
		"links": {"cycles": {"support": {"commit-funds": [["d-2"]]}}},
	})
	found(itself) == {{
		"path": ["delegations", "d-2", "authorities", 0],
		"message": "\"d-2\" leads back to where it began, and no grant feeds its delegation of \"commit-funds\" (Commit funds)",
		"related": [],
		"key": "commit-funds",
	}}
}

test_what_may_not_be_delegated_is_told_instead if {
	found(object.union(looped, {"authorities": {"commit-funds": {"delegable": false}}})) == set()
}

test_an_unknown_authority_is_passed_over if found(object.remove(looped, ["authorities"])) == set()
