package uts.rules.ownership["scope-overlap_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["scope-overlap"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency"}, "chief": {"title": "Chief", "unit": "agency"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}, "warn": {"statement": "brief travellers."}},
	"assignments": {
		"a": {"responsibility": "brief", "role": "lead", "code": "A"},
		"b": {"responsibility": "warn", "role": "chief", "code": "A"},
	},
	"links": {"same_statement": [["brief", "warn"]]},
}

twice := {{
	"path": ["responsibilities", "warn", "statement"],
	"message": concat("", [
		"\"warn\" says the same as \"brief\" (Brief travellers), and \"chief\" is accountable for the one, ",
		"\"lead\" for the other, in the same scope",
	]),
	"related": [{"path": ["responsibilities", "brief", "statement"], "message": "the same statement"}],
	"key": "brief",
}}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

test_fires_on_the_greater_id if found(base) == twice

test_silent_without_a_shared_statement if found(object.union(base, {"links": {"same_statement": []}})) == set()

test_silent_where_one_role_answers_for_both if found(changed("assignments", "b", {"role": "lead"})) == set()

test_silent_where_one_has_no_standing_accountable_role if {
	found(changed("assignments", "b", {"code": "R"})) == set()
	found(changed("assignments", "b", {"role": "TBD"})) == set()
	found(changed("assignments", "b", {"to": "2026-06-14"})) == set()
	found(changed("assignments", "b", {"to": "2026-06-15"})) == twice
	found(changed("roles", "chief", {"status": "abolished"})) == set()
}

test_silent_where_one_is_retired if found(changed("responsibilities", "brief", {"status": "retired"})) == set()

test_scopes_must_intersect if {
	apart := {"responsibilities": {"brief": {"scope": {"units": ["north"]}}, "warn": {"scope": {"units": ["south"]}}}}
	found(object.union(base, apart)) == set()
	nested := {"responsibilities": {"brief": {"scope": {"units": ["north"]}}, "warn": {"scope": {"units": ["agency"]}}}}
	found(object.union(base, nested)) == twice
}

test_only_what_is_answered_counts if {
	given := object.union(base, {
		"responsibilities": {"brief": {"scope": {"units": ["north"]}}},
		"assignments": {"c": {
			"responsibility": "warn", "role": "lead", "code": "A", "overrides": true, "scope": {"units": ["north"]},
		}},
	})
	found(given) == set()
}

test_one_finding_for_each_pair if {
	third := {
		"responsibilities": {"advise": {"statement": "Brief travellers"}},
		"assignments": {"c": {"responsibility": "advise", "role": "chief", "code": "A"}},
		"links": {"same_statement": [["advise", "brief", "warn"]]},
	}
	{[finding.path[1], finding.key] | some finding in found(object.union(base, third))} == {["brief", "advise"], ["warn", "brief"]}
}

test_of_several_each_is_compared_with_the_first_of_another_role if {
	third := object.union(base, {
		"responsibilities": {"zap": {"statement": "brief travellers"}, "zip": {"statement": "brief travellers"}},
		"assignments": {
			"c": {"responsibility": "zap", "role": "lead", "code": "A"},
			"d": {"responsibility": "zip", "role": "chief", "code": "A"},
		},
		"links": {"same_statement": [["brief", "warn", "zap", "zip"]]},
	})
	{[one.path[1], one.key] | some one in found(third)} == {["warn", "brief"], ["zap", "warn"], ["zip", "brief"]}
}
