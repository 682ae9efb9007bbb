package uts.rules.training.lapsed_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.training.base_test as base
import data.uts.rules.training.lapsed as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

expiring(date) := object.union(base.base, {"training_records": {"p-1/routes/2026-01-10": {"expires_on": date}}})

lapsed(date, records) := {{
	"path": ["people", "p-1"],
	"message": sprintf("the training of P1 (\"p-1\") in \"routes\" (Varying routes), mandatory for \"driver\", expired on %s", [date]),
	"related": [{"path": ["training_records", id], "message": "expired"} | some id in records],
	"key": "routes",
}}

test_the_day_of_expiry_is_still_good if {
	found(expiring("2026-06-16")) == set()
	found(expiring("2026-06-15")) == set()
	found(expiring("2026-06-14")) == lapsed("2026-06-14", ["p-1/routes/2026-01-10"])
}

test_silent_without_a_record if found(base.without("training_records")) == set()

test_one_good_record_is_enough if {
	older := {"training_records": {"p-1/routes/2024-01-10": {
		"person": "p-1", "module": "routes", "completed_on": "2024-01-10", "expires_on": "2025-01-10",
	}}}
	found(object.union(base.base, older)) == set()
	found(object.union(expiring("2026-06-14"), older)) == lapsed("2026-06-14", ["p-1/routes/2024-01-10", "p-1/routes/2026-01-10"])
}

test_a_completion_to_come_has_not_happened if {
	later := {"training_records": {"p-1/routes/2026-07-01": {
		"person": "p-1", "module": "routes", "completed_on": "2026-07-01", "expires_on": "2027-07-01",
	}}}
	found(object.union(expiring("2026-06-14"), later)) == lapsed("2026-06-14", ["p-1/routes/2026-01-10"])
}

test_silent_where_the_module_binds_nobody if {
	found(object.union(expiring("2026-06-14"), {"training": {"routes": {"mandatory": false}}})) == set()
	found(object.union(expiring("2026-06-14"), {"roles": {"driver": {"external": true}}})) == set()
	found(object.union(expiring("2026-06-14"), {"people": {"p-1": {"status": "departed"}}})) == set()
}
