package uts.rules.risk["action-overdue_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.risk["action-overdue"] as rule

found(fields) := got if {
	got := rule.findings with input as testing.corpus({"actions": {"shield": object.union({"title": "Shield rooms"}, fields)}})
}

overdue := {{"path": ["actions", "shield", "due"], "message": "the open action \"shield\" (Shield rooms) was due on 2026-06-14"}}

test_the_day_itself_is_still_good if {
	found({"due": "2026-06-16"}) == set()
	found({"due": "2026-06-15"}) == set()
	found({"due": "2026-06-14"}) == overdue
}

test_silent_without_a_date if found({}) == set()

test_silent_where_it_is_done_or_cancelled if {
	found({"due": "2026-06-14", "status": "done"}) == set()
	found({"due": "2026-06-14", "status": "cancelled"}) == set()
}

test_the_status_decides_and_not_the_day_it_was_done if found({"due": "2026-06-14", "done_on": "2026-06-01"}) == overdue
