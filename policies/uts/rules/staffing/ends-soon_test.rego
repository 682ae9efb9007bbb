package uts.rules.staffing["ends-soon_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing["ends-soon"] as rule

found_with(days, given) := got if {
	got := rule.findings with input as testing.corpus_for("staffing/ends-soon", {"days": days}, given)
}

found(given) := found_with(60, given)

base := {
	"units": {"agency": {"name": "Agency"}},
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency", "holders": [{"person": "p-1"}]}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
}

held(holders) := object.union(base, {"roles": {"lead": {"holders": holders}}})

until(date) := held([{"person": "p-1", "to": date}])

assigned(fields) := object.union(base, {"assignments": {"a": fields}})

holding(date) := {{
	"path": ["roles", "lead", "holders", 0, "to"],
	"message": sprintf("the only holding of \"lead\" (Lead) ends on %s", [date]),
}}

assignment(date) := {{
	"path": ["assignments", "a", "to"],
	"message": sprintf("the only accountable assignment of \"brief\" (Brief travellers) ends on %s", [date]),
}}

test_silent_without_an_end if found(base) == set()

test_the_last_day_ahead_is_told if {
	found(until("2026-08-15")) == set()
	found(until("2026-08-14")) == holding("2026-08-14")
	found(until("2026-06-15")) == holding("2026-06-15")
	found(until("2026-06-14")) == set()
	found(assigned({"to": "2026-08-15"})) == set()
	found(assigned({"to": "2026-08-14"})) == assignment("2026-08-14")
	found(assigned({"to": "2026-06-14"})) == set()
}

test_the_number_of_days_is_configured if {
	found_with(0, until("2026-06-16")) == set()
	found_with(0, until("2026-06-15")) == holding("2026-06-15")
}

test_silent_where_somebody_holds_it_longer if {
	found(held([{"person": "p-1", "to": "2026-07-01"}, {"person": "p-2", "from": "2026-07-02"}])) == set()
	found(held([{"person": "p-1", "to": "2026-07-01"}, {"person": "p-2"}])) == set()
	found(held([{"person": "p-1", "to": "2026-07-01"}, {"person": "p-2", "to": "2026-01-01"}])) == holding("2026-07-01")
}

test_a_placeholder_holds_it_too if {
	found(held([{"person": "TBD", "to": "2026-07-01"}])) == holding("2026-07-01")
	found(held([{"person": "p-1", "to": "2026-07-01"}, {"person": "TBD"}])) == set()
}

vacancy(date) := object.union(until("2026-07-01"), {"roles": {"lead": {"vacancy": {"reason": "Saved", "until": date}}}})

test_a_vacancy_that_lasts_longer_is_declared if {
	found(vacancy("2026-07-01")) == holding("2026-07-01")
	found(vacancy("2026-07-02")) == set()
}

test_a_departure_to_come_is_no_end if {
	found(object.union(base, {"people": {"p-1": {"departed_on": "2026-07-01"}}})) == set()
}

test_only_accountable_living_roles_that_answer_here if {
	found(object.union(until("2026-07-01"), {"assignments": {"a": {"code": "R"}}})) == set()
	found(object.union(until("2026-07-01"), {"roles": {"lead": {"status": "abolished"}}})) == set()
	found(object.union(until("2026-07-01"), {"roles": {"lead": {"external": true}}})) == set()
}

more(fields) := object.union(assigned({"to": "2026-07-01"}), {"assignments": {"b": object.union({"responsibility": "brief", "role": "lead", "code": "A"}, fields)}})

test_silent_where_another_assignment_lasts_or_follows if {
	found(more({})) == set()
	found(more({"from": "2026-07-02"})) == set()
	found(more({"to": "2026-01-01"})) == assignment("2026-07-01")
	found(more({"code": "R"})) == assignment("2026-07-01")
	found(more({"role": "TBD", "to": "2026-06-20"})) == set()
}

test_silent_on_a_retired_responsibility if {
	found(object.union(assigned({"to": "2026-07-01"}), {"responsibilities": {"brief": {"status": "retired"}}})) == set()
}
