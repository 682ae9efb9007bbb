package uts.rules.workload.overloaded_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.workload.overloaded as rule

found(most, changes) := got if {
	given := object.union(base, changes)
	got := rule.findings with input as testing.corpus_for("workload/overloaded", {"max": most}, given)
}

base := {
	"units": {"agency": {"name": "Agency"}},
	"people": {"p-1": {"name": "P1"}},
	"roles": {
		"lead": {"title": "Lead", "unit": "agency", "holders": [{"person": "p-1"}]},
		"second": {"title": "Second", "unit": "agency", "holders": [{"person": "p-1"}]},
	},
	"responsibilities": {id: {"statement": id} | some id in ["one", "two", "three"]},
	"assignments": {
		"a": {"responsibility": "one", "role": "lead", "code": "A"},
		"b": {"responsibility": "two", "role": "lead", "code": "A"},
		"c": {"responsibility": "three", "role": "second", "code": "A"},
	},
}

over := {{
	"path": ["people", "p-1"],
	"message": "P1 (\"p-1\") is accountable for 3 responsibilities, more than 2",
	"related": [
		{"path": ["roles", "lead"], "message": "2 responsibilities"},
		{"path": ["roles", "second"], "message": "1 responsibility"},
	],
}}

test_more_than_so_many_through_all_roles if {
	found(3, {}) == set()
	found(2, {}) == over
}

test_a_responsibility_counts_once if found(3, {"assignments": {"d": {"responsibility": "one", "role": "second", "code": "A"}}}) == set()

test_only_accountable_and_standing_assignments_count if {
	found(2, {"assignments": {"c": {"code": "R"}}}) == set()
	found(2, {"assignments": {"c": {"to": "2026-06-14"}}}) == set()
	found(2, {"responsibilities": {"three": {"status": "retired"}}}) == set()
	found(2, {"roles": {"second": {"status": "abolished"}}}) == set()
}

test_only_holdings_in_force_count if {
	found(2, {"roles": {"second": {"holders": [{"person": "p-1", "to": "2026-06-14"}]}}}) == set()
	found(2, {"people": {"p-1": {"status": "departed"}}}) == set()
}

test_a_role_without_duties_is_not_named if {
	third := {"roles": {"third": {"title": "Third", "unit": "agency", "holders": [{"person": "p-1"}]}}}
	found(2, third) == over
}
