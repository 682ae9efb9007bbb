package uts.rules.ownership["collective-owner_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["collective-owner"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"board": {"name": "UTS board"}},
	"roles": {"members": {"title": "Board members", "unit": "board", "collective": true}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "members", "code": "A"}},
}

headless := {{
	"path": ["roles", "members"],
	"message": "\"members\" (Board members), a body that nobody chairs, is accountable for \"brief\"",
	"related": [{"path": ["assignments", "a", "role"], "message": "accountable here"}],
}}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

test_fires_without_a_chair if found(base) == headless

test_silent_with_a_chair_whoever_it_is if {
	found(changed("units", "board", {"chair": "members"})) == set()
	found(changed("units", "board", {"chair": "TBD"})) == set()
	found(changed("units", "board", {"chair": "nobody-declared"})) == set()
}

test_silent_with_a_chair_of_its_own_whoever_it_is if {
	found(changed("roles", "members", {"chair": "members"})) == set()
	found(changed("roles", "members", {"chair": "TBD"})) == set()
}

test_speaks_once_of_a_role if {
	more := {"responsibilities": {"train": {"statement": "Train"}}, "assignments": {"b": {
		"responsibility": "train", "role": "members", "code": "A",
	}}}
	found(object.union(base, more)) == {{
		"path": ["roles", "members"],
		"message": "\"members\" (Board members), a body that nobody chairs, is accountable for \"brief\" and \"train\"",
		"related": [
			{"path": ["assignments", "a", "role"], "message": "accountable here"},
			{"path": ["assignments", "b", "role"], "message": "accountable here"},
		],
	}}
}

test_silent_on_a_single_post if found(changed("roles", "members", {"collective": false})) == set()

test_silent_on_other_codes if found(changed("assignments", "a", {"code": "R"})) == set()

test_silent_where_the_assignment_does_not_stand if {
	found(changed("assignments", "a", {"to": "2026-06-14"})) == set()
	found(changed("assignments", "a", {"to": "2026-06-15"})) == headless
	found(changed("roles", "members", {"status": "abolished"})) == set()
	found(changed("responsibilities", "brief", {"status": "retired"})) == set()
}

test_an_external_collective_is_passed_over if found(changed("roles", "members", {"external": true})) == set()

test_a_unit_that_is_unknown_or_archived_is_not_asked if {
	found(changed("units", "board", {"status": "archived"})) == set()
	found(changed("roles", "members", {"unit": "bord"})) == set()
}
