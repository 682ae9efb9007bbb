package uts.rules.directives["both-in-force_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives["both-in-force"] as rule

found(one, other) := got if {
	given := base.changed({"d-1": one, "d-2": object.union({"supersedes": ["d-1"]}, other)})
	got := rule.findings with input as testing.corpus(given)
}

both := {{
	"path": ["directives", "d-2", "supersedes", 0],
	"message": "\"d-2\" (Travel manual) supersedes \"d-1\" (Travel order), and both are in force",
	"related": [{"path": ["directives", "d-1"], "message": "still in force"}],
	"key": "d-1",
}}

test_fires_on_the_superseding_one if found({}, {}) == both

test_both_must_be_in_force if {
	every state in base.not_in_force {
		found(state, {}) == set()
		found({}, state) == set()
	}
	every state in base.in_force {
		found(state, {}) == both
		found({}, state) == both
	}
}

test_silent_where_they_supersede_each_other if {
	every loops in [[["d-1", "d-2"]], [["d-1", "d-2", "d-9"]]] {
		given := object.union(base.changed({"d-2": {"supersedes": ["d-1"]}}), {"links": {"cycles": {"supersedes": loops}}})
		got := rule.findings with input as testing.corpus(given)
		got == set()
	}
}

test_an_unknown_one_is_passed_over if found({}, {"supersedes": ["d-9"]}) == set()

test_a_second_mention_is_not_told_again if found({}, {"supersedes": ["d-1", "d-1"]}) == both
