package uts.rules.directives["owner-drift_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives["owner-drift"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

stated(directive, assignment) := object.union(
	base.changed({"d-1": object.union({"assigns": [{"responsibility": "brief", "role": "lead"}]}, directive)}),
	{"assignments": {"a": object.union({"responsibility": "brief", "role": "chief", "code": "A"}, assignment)}},
)

drift := {{
	"path": ["directives", "d-1", "assigns", 0],
	"message": "the directive \"d-1\" (Travel order) makes \"lead\" (Lead) accountable for \"brief\" (Brief travellers), for which \"chief\" is accountable",
	"related": [{"path": ["assignments", "a", "role"], "message": "accountable here"}],
	"key": "brief/lead",
}}

test_fires_where_another_is_accountable if found(stated({}, {})) == drift

test_silent_where_they_agree if found(stated({}, {"role": "lead"})) == set()

test_silent_where_nobody_is_accountable if {
	found(stated({}, {"code": "R"})) == set()
	found(stated({}, {"to": "2026-06-14"})) == set()
	found(stated({}, {"role": "TBD"})) == set()
}

test_one_of_several_is_enough if {
	second := {"assignments": {"b": {"responsibility": "brief", "role": "lead", "code": "A"}}}
	found(object.union(stated({}, {}), second)) == set()
}

test_all_who_are_accountable_are_named if {
	second := {"assignments": {"b": {"responsibility": "brief", "role": "deputy", "code": "A"}}, "roles": {"deputy": {"title": "Deputy", "unit": "agency"}}}
	some got in found(object.union(stated({}, {}), second))
	endswith(got.message, "for which \"chief\" and \"deputy\" are accountable")
	count(got.related) == 2
}

test_only_the_directives_own_scope_counts if {
	found(stated({"scope": {"units": ["north"]}}, {"scope": {"units": ["south"]}})) == set()
	found(stated({"scope": {"units": ["north"]}}, {"scope": {"units": ["agency"]}})) == drift
}

test_what_is_overridden_does_not_answer if {
	override := {"assignments": {"b": {
		"responsibility": "brief", "role": "lead", "code": "A", "scope": {"units": ["north"]}, "overrides": true,
	}}}
	found(object.union(stated({"scope": {"units": ["north"]}}, {}), override)) == set()
	found(object.union(stated({"scope": {"units": ["south"]}}, {}), override)) == drift
}

test_only_directives_in_force if {
	every state in base.not_in_force {
		found(stated(state, {})) == set()
	}
}

test_unknown_and_abolished_roles_and_retired_responsibilities_are_passed_over if {
	found(stated({"assigns": [{"responsibility": "brief", "role": "leed"}]}, {})) == set()
	found(object.union(stated({}, {}), {"roles": {"lead": {"status": "abolished"}}})) == set()
	found(object.union(stated({}, {}), {"responsibilities": {"brief": {"status": "retired"}}})) == set()
}

test_a_second_mention_is_not_told_again if {
	twice := [{"responsibility": "brief", "role": "lead"}, {"responsibility": "brief", "role": "lead"}]
	found(stated({"assigns": twice}, {})) == drift
}
