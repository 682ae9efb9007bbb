package uts.rules.recommendations["no-action-official_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.recommendations["no-action-official"] as rule

found(fields) := got if {
	got := rule.findings with input as testing.corpus({
		"roles": {"lead": {"title": "Lead", "unit": "agency"}},
		"recommendations": {"r-1": object.union({"report": "Audit 7", "text": "Assign owners"}, fields)},
	})
}

nobody(status) := {{"path": ["recommendations", "r-1"], "message": sprintf("no role answers for the %s recommendation \"r-1\"", [status])}}

test_silent_with_an_owner if found({"owner": "lead"}) == set()

test_fires_until_it_is_closed if {
	found({}) == nobody("unresolved")
	found({"status": "resolved"}) == nobody("resolved")
	found({"status": "closed"}) == set()
}

test_the_status_decides_and_not_the_day_it_was_closed if found({"closed_on": "2026-01-01"}) == nobody("unresolved")

test_a_placeholder_and_an_unknown_role_count_as_present if {
	found({"owner": "TBD"}) == set()
	found({"owner": "leed"}) == set()
}
