package uts.rules.recommendations["action-overdue_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.recommendations["action-overdue"] as rule

found(fields) := got if {
	given := {"recommendations": {"r-1": object.union({"report": "Audit 7", "text": "Assign owners", "status": "resolved"}, fields)}}
	got := rule.findings with input as testing.corpus(given)
}

overdue := {{
	"path": ["recommendations", "r-1", "due"],
	"message": "the action agreed on the recommendation \"r-1\" was due on 2026-06-14",
}}

test_the_day_itself_is_still_good if {
	found({"due": "2026-06-16"}) == set()
	found({"due": "2026-06-15"}) == set()
	found({"due": "2026-06-14"}) == overdue
}

test_silent_without_a_date if found({}) == set()

test_silent_where_nothing_is_agreed_or_it_is_closed if {
	found({"due": "2026-06-14", "status": "unresolved"}) == set()
	found({"due": "2026-06-14", "status": "closed"}) == set()
}

test_the_status_decides_and_not_the_day_it_was_closed if found({"due": "2026-06-14", "closed_on": "2026-06-01"}) == overdue
