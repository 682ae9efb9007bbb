package uts.rules.staffing["acting-too-long_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing["acting-too-long"] as rule

found_with(days, role, person) := got if {
	given := {
		"units": {"agency": {"name": "Agency"}},
		"people": {"p-1": person},
		"roles": {"lead": object.union({"title": "Lead", "unit": "agency"}, role)},
	}
	got := rule.findings with input as testing.corpus_for("staffing/acting-too-long", {"days": days}, given)
}

found(role) := found_with(210, role, {"name": "P1"})

acting(from) := {"holders": [{"person": "p-1", "kind": "acting", "from": from}]}

long(from) := {{
	"path": ["roles", "lead", "holders", 0],
	"message": sprintf("P1 (\"p-1\") has been acting as \"lead\" (Lead) since %s", [from]),
	"key": sprintf("p-1/%s", [from]),
}}

test_the_last_day_is_still_good if {
	found(acting("2025-11-18")) == set()
	found(acting("2025-11-17")) == set()
	found(acting("2025-11-16")) == long("2025-11-16")
}

test_the_number_of_days_is_configured if {
	found_with(10, acting("2026-06-05"), {"name": "P1"}) == set()
	found_with(10, acting("2026-06-04"), {"name": "P1"}) == long("2026-06-04")
}

test_only_acting_holdings if {
	every kind in ["permanent", "detailed"] {
		found({"holders": [{"person": "p-1", "kind": kind, "from": "2020-01-01"}]}) == set()
	}
}

test_silent_where_the_start_is_not_stated if found({"holders": [{"person": "p-1", "kind": "acting"}]}) == set()

test_only_holdings_in_force if {
	found({"holders": [{"person": "p-1", "kind": "acting", "from": "2020-01-01", "to": "2026-06-14"}]}) == set()
}

test_abolished_and_external_roles_are_passed_over if {
	found(object.union(acting("2020-01-01"), {"status": "abolished"})) == set()
	found(object.union(acting("2020-01-01"), {"external": true})) == set()
}

test_whoever_has_left_is_unknown_or_a_placeholder_is_passed_over if {
	found_with(210, acting("2020-01-01"), {"name": "P1", "status": "departed"}) == set()
	found({"holders": [{"person": "p-9", "kind": "acting", "from": "2020-01-01"}]}) == set()
	found({"holders": [{"person": "TBD", "kind": "acting", "from": "2020-01-01"}]}) == set()
}

test_one_finding_for_one_person_from_one_day if {
	twice := {"holders": array.concat(acting("2020-01-01").holders, acting("2020-01-01").holders)}
	found(twice) == long("2020-01-01")
	apart := {"holders": array.concat(acting("2020-01-01").holders, acting("2020-01-02").holders)}
	count(found(apart)) == 2
}
