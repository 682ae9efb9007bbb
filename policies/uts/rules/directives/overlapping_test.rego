package uts.rules.directives.overlapping_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives.overlapping as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

together(one, other) := base.changed({
	"d-1": object.union({"topic": "travel"}, one),
	"d-2": object.union({"topic": "travel"}, other),
})

told := {{
	"path": ["directives", "d-2"],
	"message": "\"d-1\" and \"d-2\" are in force on the topic \"travel\" in intersecting scopes, and none gives way to the others",
	"related": [{"path": ["directives", "d-1"], "message": "on the same matter"}],
}}

test_fires_on_the_greater_id if found(together({}, {})) == told

test_silent_where_they_contradict_each_other if {
	found(together(
		{"assigns": [{"responsibility": "brief", "role": "lead"}]},
		{"assigns": [{"responsibility": "brief", "role": "chief"}]},
	)) == set()
}

test_both_must_be_in_force if {
	every state in base.not_in_force {
		found(together(state, {})) == set()
	}
}

test_silent_apart_superseding_or_outranking if {
	found(together({"scope": {"units": ["north"]}}, {"scope": {"units": ["south"]}})) == set()
	found(together({}, {"supersedes": ["d-1"]})) == set()
	found(together({"precedence": 1}, {"precedence": 2})) == set()
	found(together({"topic": "cameras"}, {})) == set()
}

test_one_finding_for_a_cluster if {
	cluster := object.union(together({"scope": {"units": ["north"]}}, {"scope": {"units": ["south"]}}), {"directives": {"d-0": {
		"title": "Order of the agency", "topic": "travel", "scope": {"units": ["agency"]},
	}}})
	found(cluster) == {{
		"path": ["directives", "d-2"],
		"message": "\"d-0\", \"d-1\" and \"d-2\" are in force on the topic \"travel\" in intersecting scopes, and none gives way to the others",
		"related": [
			{"path": ["directives", "d-0"], "message": "on the same matter"},
			{"path": ["directives", "d-1"], "message": "on the same matter"},
		],
	}}
}
