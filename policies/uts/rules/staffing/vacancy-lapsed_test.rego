package uts.rules.staffing["vacancy-lapsed_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing["vacancy-lapsed"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2", "departed_on": "2026-06-01"}},
	"roles": {"lead": {"title": "Lead", "vacancy": {"reason": "Recruiting", "until": "2026-06-14"}}},
}

ended := {{
	"path": ["roles", "lead", "vacancy", "until"],
	"message": "the vacancy of \"lead\" (Lead) ended on 2026-06-14 and nobody holds the role",
}}

unreasoned := {{
	"path": ["roles", "lead", "vacancy"],
	"message": "the vacancy of \"lead\" (Lead) states no reason and nobody holds the role",
}}

changed(fields) := found(object.union(base, {"roles": {"lead": fields}}))

with_vacancy(vacancy) := found(object.union(
	object.remove(base, ["roles"]),
	{"roles": {"lead": {"title": "Lead", "vacancy": vacancy}}},
))

test_fires_after_the_last_day if {
	found(base) == ended
	changed({"vacancy": {"until": "2026-06-15"}}) == set()
}

test_fires_without_a_reason if {
	with_vacancy({"until": "2026-12-31"}) == unreasoned
	with_vacancy({}) == unreasoned
	with_vacancy({"reason": " \t "}) == unreasoned
	with_vacancy({"until": "2026-06-14"}) == ended
}

test_silent_on_a_vacancy_without_end if with_vacancy({"reason": "Recruiting"}) == set()

test_silent_without_a_vacancy if found({"roles": {"lead": {"title": "Lead"}}}) == set()

test_silent_where_somebody_holds_the_role if {
	changed({"holders": [{"person": "p-1"}]}) == set()
	changed({"holders": [{"person": "p-1", "kind": "acting"}]}) == set()
	changed({"holders": [{"person": "p-1", "to": "2026-06-14"}]}) == ended
}

test_placeholders_and_persons_who_are_unknown_or_gone_hold_nothing if {
	changed({"holders": [{"person": "TBD"}]}) == ended
	changed({"holders": [{"person": "p-9"}]}) == ended
	changed({"holders": [{"person": "p-2"}]}) == ended
}

test_abolished_and_external_roles_are_passed_over if {
	changed({"status": "abolished"}) == set()
	changed({"external": true}) == set()
}
