package uts.rules.directives.conflicting_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives.conflicting as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

clash(one, other) := base.changed({
	"d-1": object.union({"topic": "travel", "assigns": [{"responsibility": "brief", "role": "lead"}]}, one),
	"d-2": object.union({"topic": "travel", "assigns": [{"responsibility": "brief", "role": "chief"}]}, other),
})

told := {{
	"path": ["directives", "d-2"],
	"message": "\"d-1\" (Travel order) and \"d-2\" (Travel manual) assign \"brief\" to different roles, and neither gives way",
	"related": [
		{"path": ["directives", "d-1", "assigns", 0], "message": "assigned to another role here"},
		{"path": ["directives", "d-2", "assigns", 0], "message": "assigned here"},
	],
	"key": "d-1",
}}

test_fires_on_the_greater_id if found(clash({}, {})) == told

test_silent_on_the_same_role_or_another_responsibility if {
	found(clash({}, {"assigns": [{"responsibility": "brief", "role": "lead"}]})) == set()
	found(clash({}, {"assigns": [{"responsibility": "watch", "role": "chief"}]})) == set()
}

test_topics_compare_exactly if {
	found(clash({}, {"topic": "Travel"})) == set()
	found(base.changed({
		"d-1": {"assigns": [{"responsibility": "brief", "role": "lead"}]},
		"d-2": {"assigns": [{"responsibility": "brief", "role": "chief"}]},
	})) == set()
}

test_both_must_be_in_force if {
	every state in base.not_in_force {
		found(clash(state, {})) == set()
		found(clash({}, state)) == set()
	}
	every state in base.in_force {
		found(clash(state, {})) == told
	}
}

test_scopes_must_intersect if {
	found(clash({"scope": {"units": ["north"]}}, {"scope": {"units": ["south"]}})) == set()
	found(clash({"scope": {"units": ["north"]}}, {"scope": {"units": ["agency"]}})) == told
}

test_silent_where_one_supersedes_the_other_directly_or_through_others if {
	found(clash({"supersedes": ["d-2"]}, {})) == set()
	found(clash({}, {"supersedes": ["d-1"]})) == set()
	through := object.union(clash({}, {"supersedes": ["d-0"]}), {"directives": {"d-0": {"title": "Old", "status": "superseded", "supersedes": ["d-1"]}}})
	found(through) == set()
	found(clash({}, {"supersedes": ["d-0"]})) == told
}

test_silent_where_one_outranks_the_other if {
	found(clash({"precedence": 2}, {"precedence": 1})) == set()
	found(clash({"precedence": 1}, {"precedence": 1})) == told
	found(clash({"precedence": 1}, {})) == told
}

test_only_active_responsibilities_and_living_roles_count if {
	found(object.union(clash({}, {}), {"responsibilities": {"brief": {"status": "retired"}}})) == set()
	found(object.union(clash({}, {}), {"roles": {"chief": {"status": "abolished"}}})) == set()
	found(clash({}, {"assigns": [{"responsibility": "brief", "role": "chef"}]})) == set()
}

test_sets_of_roles_are_compared if {
	two := [{"responsibility": "brief", "role": "chief"}, {"responsibility": "brief", "role": "lead"}]
	count(found(clash({}, {"assigns": two}))) == 1
	found(clash({"assigns": two}, {"assigns": [two[1], two[0]]})) == set()
}
