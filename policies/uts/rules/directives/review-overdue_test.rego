package uts.rules.directives["review-overdue_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives["review-overdue"] as rule

found(fields) := got if {
	got := rule.findings with input as testing.corpus({"directives": {"d-1": object.union({"title": "Travel order"}, fields)}})
}

overdue := {{
	"path": ["directives", "d-1", "review_by"],
	"message": "the directive \"d-1\" (Travel order) was due for review by 2026-06-14",
}}

test_the_day_itself_is_still_good if {
	found({"review_by": "2026-06-16"}) == set()
	found({"review_by": "2026-06-15"}) == set()
	found({"review_by": "2026-06-14"}) == overdue
}

test_silent_without_a_date if found({}) == set()

test_fires_only_in_force if {
	every state in base.in_force {
		found(object.union({"review_by": "2026-06-14"}, state)) == overdue
	}
	every state in base.not_in_force {
		found(object.union({"review_by": "2026-06-14"}, state)) == set()
	}
}
