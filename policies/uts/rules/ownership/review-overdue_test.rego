package uts.rules.ownership["review-overdue_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["review-overdue"] as rule

found_within(days, given) := got if {
	got := rule.findings with input as testing.corpus_for("ownership/review-overdue", {"days": days}, given)
}

found(given) := found_within(365, given)

base := {
	"roles": {"lead": {"title": "Lead"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "C", "reviewed_on": "2025-06-14"}},
}

overdue(date) := {{
	"path": ["assignments", "a", "reviewed_on"],
	"message": sprintf("the assignment of \"brief\" to \"lead\" (Lead) was last reviewed on %s", [date]),
}}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

assigned(fields) := changed("assignments", "a", fields)

test_fires_after_the_last_day if {
	found(base) == overdue("2025-06-14")
	found(assigned({"reviewed_on": "2025-06-15"})) == set()
}

test_the_days_are_a_parameter if {
	found_within(366, base) == set()
	found_within(1, assigned({"reviewed_on": "2026-06-13"})) == overdue("2026-06-13")
}

test_silent_without_a_review_or_with_one_to_come if {
	found(object.remove(base, ["assignments"])) == set()
	found(assigned({"reviewed_on": "2026-06-16"})) == set()
}

test_silent_where_the_assignment_does_not_stand if {
	found(assigned({"to": "2026-06-14"})) == set()
	found(assigned({"from": "2026-06-16"})) == set()
	found(assigned({"role": "TBD"})) == set()
	found(changed("roles", "lead", {"abolished_on": "2026-06-15"})) == set()
	found(changed("roles", "lead", {"abolished_on": "2026-06-16"})) == overdue("2025-06-14")
	found(changed("responsibilities", "brief", {"status": "retired"})) == set()
}

test_codes_of_one_list_are_told_once if {
	given := object.union(base, {
		"assignments": {"b": {"responsibility": "brief", "role": "lead", "code": "A", "reviewed_on": "2025-06-14"}},
		"links": {"written_together": {"a": ["b", "a"], "b": ["b", "a"]}},
	})
	{finding.path | some finding in found(given)} == {["assignments", "b", "reviewed_on"]}
}
