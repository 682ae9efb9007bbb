package uts.rules.staffing.vacant_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing.vacant as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2", "status": "departed"}},
	"roles": {"lead": {"title": "Lead"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
}

empty := {{
	"path": ["roles", "lead"],
	"message": "nobody holds \"lead\" (Lead), which is accountable for \"brief\"",
}}

changed(section, id, fields) := found(object.union(base, {section: {id: fields}}))

held(holding) := changed("roles", "lead", {"holders": [holding]})

test_fires_without_a_holder if found(base) == empty

test_silent_with_a_holder if held({"person": "p-1"}) == set()

test_the_holding_includes_both_ends if {
	held({"person": "p-1", "from": "2026-06-15", "to": "2026-06-15"}) == set()
	held({"person": "p-1", "to": "2026-06-14"}) == empty
	held({"person": "p-1", "from": "2026-06-16"}) == empty
}

test_a_placeholder_an_unknown_and_a_departed_person_count if {
	held({"person": "TBD"}) == set()
	held({"person": "p-9"}) == set()
	held({"person": "p-2"}) == set()
}

test_acting_and_detailed_holders_count if {
	held({"person": "p-1", "kind": "acting"}) == set()
	held({"person": "p-1", "kind": "detailed"}) == set()
}

test_silent_with_a_vacancy_even_one_that_has_lapsed if {
	changed("roles", "lead", {"vacancy": {"reason": "Recruiting", "until": "2026-12-31"}}) == set()
	changed("roles", "lead", {"vacancy": {"until": "2026-01-31"}}) == set()
}

test_silent_on_a_role_that_is_not_accountable if {
	changed("assignments", "a", {"code": "R"}) == set()
	changed("assignments", "a", {"to": "2026-06-14"}) == set()
	changed("assignments", "a", {"from": "2026-06-16"}) == set()
	changed("responsibilities", "brief", {"status": "retired"}) == set()
	changed("roles", "lead", {"status": "abolished"}) == set()
}

test_an_external_role_is_passed_over if changed("roles", "lead", {"external": true}) == set()

test_names_what_it_answers_for_today if {
	given := object.union(base, {
		"responsibilities": {"warn": {"statement": "Warn"}, "old": {"statement": "Old"}},
		"assignments": {
			"b": {"responsibility": "warn", "role": "lead", "code": "A"},
			"c": {"responsibility": "old", "role": "lead", "code": "A", "to": "2026-06-14"},
			"d": {"responsibility": "old", "role": "lead", "code": "R"},
		},
	})
	found(given) == {{
		"path": ["roles", "lead"],
		"message": "nobody holds \"lead\" (Lead), which is accountable for \"brief\" and \"warn\"",
	}}
}
