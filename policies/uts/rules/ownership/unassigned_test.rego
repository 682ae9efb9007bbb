package uts.rules.ownership.unassigned_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership.unassigned as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"brief/lead/A": {"responsibility": "brief", "role": "lead", "code": "A"}},
}

nobody := {{
	"path": ["responsibilities", "brief"],
	"message": "nobody is accountable for \"brief\" (Brief travellers)",
}}

outside := {{
	"path": ["responsibilities", "brief"],
	"message": "nobody is accountable for any part of the scope of \"brief\" (Brief travellers)",
	"related": [{"path": ["assignments", "brief/lead/A"], "message": "accountable outside that scope"}],
}}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

without_assignments := object.remove(base, ["assignments"])

test_silent_with_an_accountable_role if found(base) == set()

test_fires_without_any_assignment if found(without_assignments) == nobody

test_fires_with_another_code_only if found(changed("assignments", "brief/lead/A", {"code": "R"})) == nobody

test_silent_on_a_retired_responsibility if {
	found(object.union(without_assignments, {"responsibilities": {"brief": {"status": "retired"}}})) == set()
}

test_the_last_day_is_still_in_force if {
	found(changed("assignments", "brief/lead/A", {"to": "2026-06-15"})) == set()
	found(changed("assignments", "brief/lead/A", {"to": "2026-06-14"})) == nobody
}

test_the_first_day_is_already_in_force if {
	found(changed("assignments", "brief/lead/A", {"from": "2026-06-15"})) == set()
	found(changed("assignments", "brief/lead/A", {"from": "2026-06-16"})) == nobody
}

test_a_placeholder_an_unknown_and_an_abolished_role_count_as_present if {
	found(changed("assignments", "brief/lead/A", {"role": "TBD"})) == set()
	found(changed("assignments", "brief/lead/A", {"role": "leed"})) == set()
	found(changed("roles", "lead", {"status": "abolished"})) == set()
}

test_an_external_role_is_a_role if found(changed("roles", "lead", {"external": true})) == set()

test_fires_where_the_scope_of_the_assignment_lies_outside if {
	apart := object.union(
		changed("responsibilities", "brief", {"scope": {"units": ["north"]}}),
		{"assignments": {"brief/lead/A": {"scope": {"units": ["south"]}}}},
	)
	found(apart) == outside
}

test_silent_where_the_assignment_covers_a_part if {
	part := object.union(
		changed("responsibilities", "brief", {"scope": {"units": ["agency"]}}),
		{"assignments": {"brief/lead/A": {"scope": {"units": ["south"]}}}},
	)
	found(part) == set()
}

test_silent_where_the_scope_of_the_assignment_is_bad if {
	found(changed("assignments", "brief/lead/A", {"scope": {"units": ["sout"]}})) == set()
	found(changed("assignments", "brief/lead/A", {"scope": {"vectors": ["camera"]}})) == set()
}

test_a_bad_scope_of_the_responsibility_silences_only_where_there_is_an_assignment if {
	bad := {"responsibilities": {"brief": {"scope": {"units": ["sout"]}}}}
	found(object.union(base, bad)) == set()
	found(object.union(without_assignments, bad)) == nobody
}

test_an_open_scope_is_empty_where_all_units_are_archived if {
	archived := {"units": {id: {"status": "archived"} | some id, _ in base.units}}
	found(object.union(base, archived)) == outside
}

test_vectors_narrow_a_scope if {
	split := object.union(
		changed("responsibilities", "brief", {"scope": {"vectors": ["travel"]}}),
		{"assignments": {"brief/lead/A": {"scope": {"vectors": ["online"]}}}},
	)
	found(object.union(split, {"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}}})) == outside
}
