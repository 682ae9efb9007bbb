package uts.rules.separation["self-review_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.separation["self-review"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2"}},
	"roles": {
		"auditor": {"title": "Auditor", "unit": "agency", "holders": [{"person": "p-1"}]},
		"planner": {"title": "Planner", "unit": "agency", "holders": [{"person": "p-2"}]},
	},
	"responsibilities": {"check": {"statement": "Check plans", "reviews": ["plan"]}, "plan": {"statement": "Plan routes"}},
	"assignments": {
		"check-a": {"responsibility": "check", "role": "auditor", "code": "A"},
		"plan-r": {"responsibility": "plan", "role": "planner", "code": "R"},
	},
}

together := object.union(base, {"roles": {"planner": {"holders": [{"person": "p-1"}]}}})

told := {{
	"path": ["responsibilities", "check", "reviews", 0],
	"message": "P1 (\"p-1\") answers for or does \"check\" (Check plans), and does what it reviews, \"plan\" (Plan routes)",
	"related": [
		{"path": ["assignments", "check-a"], "message": "reviews"},
		{"path": ["assignments", "plan-r"], "message": "does the work"},
	],
	"key": "plan",
}}

changed(id, fields) := object.union(together, {"assignments": {id: fields}})

test_silent_where_two_people_do_it if found(base) == set()

test_fires_where_one_person_does_both if found(together) == told

test_either_code_of_the_review_counts if found(changed("check-a", {"code": "R"})) == told

test_other_codes_do_not if {
	found(changed("check-a", {"code": "C"})) == set()
	found(changed("plan-r", {"code": "A"})) == set()
}

test_one_role_in_both_places_is_one_person if {
	found(changed("plan-r", {"role": "auditor"})) == told
}

test_scopes_must_intersect if {
	apart := {"assignments": {"check-a": {"scope": {"units": ["north"]}}, "plan-r": {"scope": {"units": ["south"]}}}}
	found(object.union(together, apart)) == set()
	found(changed("check-a", {"scope": {"units": ["north"]}})) == told
}

test_both_must_be_standing if {
	found(changed("check-a", {"to": "2026-06-14"})) == set()
	found(changed("plan-r", {"from": "2026-06-16"})) == set()
	found(object.union(together, {"roles": {"planner": {"status": "abolished"}}})) == set()
	found(object.union(together, {"responsibilities": {"plan": {"status": "retired"}}})) == set()
	found(object.union(together, {"responsibilities": {"check": {"status": "retired"}}})) == set()
}

test_the_holdings_must_be_in_force if {
	found(object.union(together, {"roles": {"planner": {"holders": [{"person": "p-1", "to": "2026-06-14"}]}}})) == set()
	found(object.union(together, {"people": {"p-1": {"status": "departed"}}})) == set()
}

test_several_people_are_named_together if {
	both := {"roles": {"auditor": {"holders": [{"person": "p-1"}, {"person": "p-2"}]}, "planner": {"holders": [{"person": "p-1"}, {"person": "p-2"}]}}}
	some got in found(object.union(together, both))
	got.message == "P1 (\"p-1\") and P2 (\"p-2\") answer for or do \"check\" (Check plans), and do what it reviews, \"plan\" (Plan routes)"
}

test_an_unknown_one_and_a_second_mention_are_passed_over if {
	found(object.union(together, {"responsibilities": {"check": {"reviews": ["plan", "pln", "plan"]}}})) == told
}
