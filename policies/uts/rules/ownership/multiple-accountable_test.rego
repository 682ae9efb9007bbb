package uts.rules.ownership["multiple-accountable_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["multiple-accountable"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}},
	"roles": {
		"chief": {"title": "Chief", "unit": "agency"},
		"lead": {"title": "Lead", "unit": "agency"},
	},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {
		"brief/chief/A": {"responsibility": "brief", "role": "chief", "code": "A"},
		"brief/lead/A": {"responsibility": "brief", "role": "lead", "code": "A"},
	},
}

both := {{
	"path": ["responsibilities", "brief"],
	"message": "\"chief\" and \"lead\" are accountable for the same part of \"brief\" (Brief travellers)",
	"related": [
		{"path": ["assignments", "brief/chief/A"], "message": "also accountable here"},
		{"path": ["assignments", "brief/lead/A"], "message": "also accountable here"},
	],
}}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

chief_and_lead(chief, lead) := object.union(base, {"assignments": {"brief/chief/A": chief, "brief/lead/A": lead}})

test_fires_on_two_roles if found(base) == both

test_silent_on_one_role_twice if found(changed("assignments", "brief/lead/A", {"role": "chief"})) == set()

test_silent_where_one_is_not_accountable if found(changed("assignments", "brief/lead/A", {"code": "R"})) == set()

test_silent_where_one_is_not_standing if {
	found(changed("assignments", "brief/lead/A", {"role": "TBD"})) == set()
	found(changed("assignments", "brief/lead/A", {"role": "leed"})) == set()
	found(changed("roles", "lead", {"abolished_on": "2026-06-15"})) == set()
	found(changed("roles", "lead", {"abolished_on": "2026-06-16"})) == both
}

test_the_last_day_counts if {
	found(changed("assignments", "brief/lead/A", {"to": "2026-06-15"})) == both
	found(changed("assignments", "brief/lead/A", {"to": "2026-06-14"})) == set()
}

test_silent_on_a_retired_responsibility if found(changed("responsibilities", "brief", {"status": "retired"})) == set()

test_joint_accountability_needs_reason_and_approver if {
	reason := {"reason": "Two ministries"}
	approver := {"approved_by": "chief"}
	found(changed("responsibilities", "brief", {"joint_accountability": object.union(reason, approver)})) == set()
	found(changed("responsibilities", "brief", {"joint_accountability": reason})) == both
	found(changed("responsibilities", "brief", {"joint_accountability": approver})) == both
}

test_disjoint_scopes_are_silent if {
	found(chief_and_lead({"scope": {"units": ["north"]}}, {"scope": {"units": ["south"]}})) == set()
	found(chief_and_lead({"scope": {"vectors": ["travel"]}}, {"scope": {"vectors": ["online"]}})) == set()
	found(chief_and_lead(
		{"scope": {"units": ["north"], "vectors": ["travel"]}},
		{"scope": {"units": ["agency"], "vectors": ["online"]}},
	)) == set()
}

test_nested_scopes_fire if {
	found(chief_and_lead({"scope": {"units": ["agency"]}}, {"scope": {"units": ["south"]}})) == both
	found(chief_and_lead({}, {"scope": {"units": ["south"]}})) == both
}

test_scopes_that_meet_outside_the_responsibility_only_are_silent if {
	meeting := chief_and_lead(
		{"scope": {"units": ["north", "south"]}},
		{"scope": {"units": ["south"]}},
	)
	found(object.union(meeting, {"responsibilities": {"brief": {"scope": {"units": ["north"]}}}})) == set()
}

test_an_override_replaces_the_wider_one if {
	found(chief_and_lead({}, {"scope": {"units": ["south"]}, "overrides": true})) == set()
}

test_an_override_of_the_same_scope_replaces_nothing if {
	found(chief_and_lead({}, {"overrides": true})) == both
	found(chief_and_lead({"overrides": true}, {"overrides": true})) == both
}

test_an_override_replaces_what_it_lies_in_and_no_more if {
	third := {
		"roles": {"deputy": {"title": "Deputy", "unit": "agency"}},
		"assignments": {"brief/deputy/A": {"responsibility": "brief", "role": "deputy", "code": "A", "scope": {"units": ["north"]}}},
	}
	overridden := chief_and_lead({}, {"scope": {"units": ["south"]}, "overrides": true})
	found(object.union(overridden, third)) == {{
		"path": ["responsibilities", "brief"],
		"message": "\"chief\" and \"deputy\" are accountable for the same part of \"brief\" (Brief travellers)",
		"related": [
			{"path": ["assignments", "brief/chief/A"], "message": "also accountable here"},
			{"path": ["assignments", "brief/deputy/A"], "message": "also accountable here"},
		],
	}}
}
