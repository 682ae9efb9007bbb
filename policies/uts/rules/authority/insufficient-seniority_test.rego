package uts.rules.authority["insufficient-seniority_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.authority.base_test as base
import data.uts.rules.authority["insufficient-seniority"] as rule

found(asked, has, changes) := got if {
	given := object.union(
		object.union(base.base, {"responsibilities": {"shield": asked}, "roles": {"chief": has}}),
		changes,
	)
	got := rule.findings with input as testing.corpus(given)
}

below := {{
	"path": ["responsibilities", "shield", "min_seniority"],
	"message": "\"shield\" (Shield rooms) asks for seniority 60, and \"chief\" (Chief) has 59",
	"related": [{"path": ["roles", "chief", "seniority"], "message": "accountable, and less senior"}],
	"key": "chief",
}}

test_fires_below if {
	found({"min_seniority": 60}, {"seniority": 59}, {}) == below
	found({"min_seniority": 60}, {"seniority": 60}, {}) == set()
}

test_silent_where_either_is_not_stated if {
	found({}, {"seniority": 1}, {}) == set()
	found({"min_seniority": 60}, {}, {}) == set()
}

test_nought_is_a_seniority if {
	some got in found({"min_seniority": 1}, {"seniority": 0}, {})
	endswith(got.message, "asks for seniority 1, and \"chief\" (Chief) has 0")
	count(found({"min_seniority": 0}, {"seniority": -1}, {})) == 1
}

test_only_standing_accountable_roles_that_answer_here if {
	found({"min_seniority": 60}, {"seniority": 59}, {"assignments": {"a": {"code": "R"}}}) == set()
	found({"min_seniority": 60}, {"seniority": 59}, {"assignments": {"a": {"to": "2026-06-14"}}}) == set()
	found({"min_seniority": 60}, {"seniority": 59, "external": true}, {}) == set()
	found({"min_seniority": 60}, {"seniority": 59, "status": "abolished"}, {}) == set()
	found({"min_seniority": 60, "status": "retired"}, {"seniority": 59}, {}) == set()
}
