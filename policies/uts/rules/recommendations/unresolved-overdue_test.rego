package uts.rules.recommendations["unresolved-overdue_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.recommendations["unresolved-overdue"] as rule

found_within(days, fields) := got if {
	given := {"recommendations": {"r-1": object.union({"report": "Audit 7", "text": "Assign owners"}, fields)}}
	got := rule.findings with input as testing.corpus_for("recommendations/unresolved-overdue", {"days": days}, given)
}

found(fields) := found_within(180, fields)

overdue(issued, words) := {{
	"path": ["recommendations", "r-1"],
	"message": sprintf("the recommendation \"r-1\", issued on %s, is unresolved after more than %s", [issued, words]),
}}

test_the_last_day_is_still_good if {
	found({"issued": "2025-12-18"}) == set()
	found({"issued": "2025-12-17"}) == set()
	found({"issued": "2025-12-16"}) == overdue("2025-12-16", "180 days")
}

test_the_number_of_days_is_configured if {
	found_within(1, {"issued": "2026-06-14"}) == set()
	found_within(1, {"issued": "2026-06-13"}) == overdue("2026-06-13", "1 day")
}

test_silent_where_it_is_resolved_or_closed if {
	found({"issued": "2020-01-01", "status": "resolved"}) == set()
	found({"issued": "2020-01-01", "status": "closed"}) == set()
}

test_silent_without_a_day_of_issue if found({}) == set()

test_silent_where_the_issue_is_to_come if found({"issued": "2026-07-01"}) == set()
