package uts.rules.waivers["too-long_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.waivers["too-long"] as rule

found_within(days, approved_on, expires) := got if {
	got := rule.findings with input as testing.corpus_for("waivers/too-long", {"days": days}, {"waivers": {"w-1": {
		"rule": "continuity/no-successor", "subject": "roles/lead", "reason": "Reorganisation", "approved_by": "chief",
		"approved_on": approved_on, "expires": expires,
	}}})
}

long(words) := {{"path": ["waivers", "w-1", "expires"], "message": sprintf("the waiver \"w-1\" runs for %s", [words])}}

test_a_year_is_allowed_and_a_day_more_is_not if {
	found_within(365, "2026-01-01", "2026-12-31") == set()
	found_within(365, "2026-01-01", "2027-01-01") == set()
	found_within(365, "2026-01-01", "2027-01-02") == long("366 days, from 2026-01-01 to 2027-01-02")
}

test_the_number_of_days_is_configured if {
	found_within(30, "2026-06-01", "2026-07-01") == set()
	found_within(30, "2026-06-01", "2026-07-02") == long("31 days, from 2026-06-01 to 2026-07-02")
}

test_silent_once_it_has_expired if {
	found_within(365, "2020-01-01", "2026-06-14") == set()
	found_within(365, "2020-01-01", "2026-06-15") == long("2357 days, from 2020-01-01 to 2026-06-15")
}
