package uts.rules.training["before-duty_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.training.base_test as base
import data.uts.rules.training["before-duty"] as rule

found_within(days, given) := got if {
	got := rule.findings with input as testing.corpus_for("training/before-duty", {"days": days}, given)
}

found(given) := found_within(30, given)

completed(date) := object.union(base.base, {"training_records": {"p-1/routes/2026-01-10": {"completed_on": date}}})

late(date, related) := {{
	"path": ["people", "p-1"],
	"message": sprintf("P1 (\"p-1\") completed \"routes\" (Varying routes) first on %s, and has held \"driver\" since 2026-01-01", [date]),
	"related": array.concat(related, [{"path": ["training_records", "p-1/routes/2026-01-10"], "message": "first completed"}]),
	"key": "routes/driver",
}}

since(i) := {"path": ["roles", "driver", "holders", i], "message": "held since then"}

test_the_last_day_is_still_good if {
	found(completed("2026-01-30")) == set()
	found(completed("2026-01-31")) == set()
	found(completed("2026-02-01")) == late("2026-02-01", [since(0)])
}

test_the_number_of_days_is_configured if {
	found_within(0, completed("2026-01-01")) == set()
	found_within(0, completed("2026-01-02")) == late("2026-01-02", [since(0)])
}

test_only_the_first_completion_counts if {
	again := {"training_records": {"p-1/routes/2026-05-01": {
		"person": "p-1", "module": "routes", "completed_on": "2026-05-01", "expires_on": "2027-05-01",
	}}}
	found(object.union(base.base, again)) == set()
}

test_silent_where_the_holding_does_not_say_when_it_began if {
	open := {"roles": {"driver": {"holders": [{"person": "p-1"}]}}}
	found(object.union(completed("2026-05-01"), open)) == set()
}

test_silent_without_a_record if found(base.without("training_records")) == set()

test_silent_where_the_module_binds_nobody if {
	found(object.union(completed("2026-05-01"), {"training": {"routes": {"mandatory": false}}})) == set()
	found(object.union(completed("2026-05-01"), {"roles": {"driver": {"external": true}}})) == set()
	found(object.union(completed("2026-05-01"), {"people": {"p-1": {"status": "departed"}}})) == set()
}

test_another_holders_term_is_not_this_ones if {
	shared := {"roles": {"driver": {"holders": [{"person": "p-1", "from": "2026-04-20"}, {"person": "p-2", "from": "2026-01-01"}]}}}
	found(object.union(completed("2026-05-01"), shared)) == set()
}

test_two_holdings_of_one_role_give_one_finding if {
	twice := {"roles": {"driver": {"holders": [{"person": "p-1", "from": "2026-02-01"}, {"person": "p-1", "from": "2026-01-01"}]}}}
	found(object.union(completed("2026-05-01"), twice)) == late("2026-05-01", [since(0), since(1)])
}

test_nobody_is_late_who_held_the_post_before_the_module_was_there if {
	found(object.union(completed("2026-05-01"), {"training": {"routes": {"since": "2026-04-02"}}})) == set()
	count(found(object.union(completed("2026-05-01"), {"training": {"routes": {"since": "2026-03-31"}}}))) == 1
}
