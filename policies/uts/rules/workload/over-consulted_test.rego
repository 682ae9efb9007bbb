package uts.rules.workload["over-consulted_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.workload["over-consulted"] as rule

found(most, changes) := got if {
	given := object.union(base, changes)
	got := rule.findings with input as testing.corpus_for("workload/over-consulted", {"max": most}, given)
}

base := {
	"units": {"agency": {"name": "Agency"}},
	"roles": {id: {"title": id, "unit": "agency"} | some id in ["x", "y"]},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {
		"a": {"responsibility": "brief", "role": "x", "code": "C"},
		"b": {"responsibility": "brief", "role": "y", "code": "C"},
	},
}

over := {{
	"path": ["responsibilities", "brief"],
	"message": "2 roles are to be consulted on \"brief\" (Brief travellers), more than 1",
}}

test_more_than_so_many_roles if {
	found(2, {}) == set()
	found(1, {}) == over
}

test_a_role_counts_once if {
	found(1, {"assignments": {"b": {"role": "x"}}}) == set()
}

test_only_standing_assignments_of_the_code_count if {
	found(1, {"assignments": {"b": {"code": "I"}}}) == set()
	found(1, {"assignments": {"b": {"to": "2026-06-14"}}}) == set()
	found(1, {"assignments": {"b": {"role": "TBD"}}}) == set()
	found(1, {"roles": {"y": {"status": "abolished"}}}) == set()
	found(1, {"responsibilities": {"brief": {"status": "retired"}}}) == set()
}
