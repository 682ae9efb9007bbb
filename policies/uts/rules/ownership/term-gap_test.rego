package uts.rules.ownership["term-gap_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["term-gap"] as rule

found_within(days, given) := got if {
	got := rule.findings with input as testing.corpus_for("ownership/term-gap", {"horizon_days": days}, given)
}

found(given) := found_within(365, given)

base := {
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency"}, "chief": {"title": "Chief", "unit": "agency"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {
		"a": {"responsibility": "brief", "role": "lead", "code": "A", "to": "2026-06-30"},
		"b": {"responsibility": "brief", "role": "chief", "code": "A", "from": "2026-07-02"},
	},
}

gap(part, ending, beginning) := {{
	"path": ["responsibilities", "brief"],
	"message": sprintf("nobody is accountable for %s\"brief\" (Brief travellers) after %s and before %s", [
		part,
		ending,
		beginning,
	]),
	"related": [
		{"path": ["assignments", "a"], "message": "ends here"},
		{"path": ["assignments", "b"], "message": "begins here"},
	],
}}

changed(id, fields) := object.union(base, {"assignments": {id: fields}})

test_fires_on_a_day_between if found(base) == gap("", "2026-06-30", "2026-07-02")

test_silent_where_one_follows_the_other if {
	found(changed("b", {"from": "2026-07-01"})) == set()
	found(changed("b", {"from": "2026-06-30"})) == set()
}

test_silent_where_nobody_follows if found(changed("b", {"code": "R"})) == set()

test_silent_where_another_is_there_meanwhile if {
	found(changed("c", {"responsibility": "brief", "role": "lead", "code": "A"})) == set()
	found(changed("c", {
		"responsibility": "brief", "role": "TBD", "code": "A", "from": "2026-07-01", "to": "2026-07-01",
	})) == set()
}

test_the_end_lies_today_or_within_the_horizon if {
	found(changed("a", {"to": "2026-06-15"})) == gap("", "2026-06-15", "2026-07-02")
	found(changed("a", {"to": "2026-06-14"})) == set()
	found_within(16, base) == gap("", "2026-06-30", "2026-07-02")
	found_within(15, base) == set()
}

test_a_term_to_come_may_end_too if {
	found(changed("a", {"from": "2026-06-20"})) == gap("", "2026-06-30", "2026-07-02")
}

test_silent_on_a_retired_responsibility if {
	found(object.union(base, {"responsibilities": {"brief": {"status": "retired"}}})) == set()
}

test_the_gap_may_be_a_part_of_the_scope if {
	given := object.union(base, {"assignments": {
		"a": {"scope": {"units": ["north"]}},
		"b": {"scope": {"units": ["agency"]}},
		"c": {"responsibility": "brief", "role": "lead", "code": "A", "scope": {"units": ["south"]}},
	}})
	found(given) == gap("a part of ", "2026-06-30", "2026-07-02")
	found(object.union(given, {"assignments": {"c": {"scope": {"units": ["north"]}}}})) == set()
	found(object.union(given, {"assignments": {"b": {"scope": {"units": ["south"]}}}})) == set()
}

test_the_first_of_several_gaps_is_told if {
	given := object.union(base, {"assignments": {
		"b": {"to": "2026-08-31"},
		"c": {"responsibility": "brief", "role": "lead", "code": "A", "from": "2026-10-01"},
	}})
	found(given) == gap("", "2026-06-30", "2026-07-02")
}
