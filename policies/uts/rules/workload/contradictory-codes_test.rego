package uts.rules.workload["contradictory-codes_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.workload["contradictory-codes"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"north": {"name": "North"}, "south": {"name": "South"}},
	"roles": {"lead": {"title": "Lead", "unit": "north"}, "head": {"title": "Head", "unit": "north"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {
		"a": {"responsibility": "brief", "role": "lead", "code": "A"},
		"r": {"responsibility": "brief", "role": "lead", "code": "R"},
		"i": {"responsibility": "brief", "role": "lead", "code": "I"},
	},
}

told := {{
	"path": ["responsibilities", "brief"],
	"message": "\"brief\" (Brief travellers): \"lead\" is accountable, responsible and informed",
	"related": [
		{"path": ["assignments", "a"], "message": "accountable"},
		{"path": ["assignments", "i"], "message": "informed"},
		{"path": ["assignments", "r"], "message": "responsible"},
	],
}}

changed(section, id, fields) := found(object.union(base, {section: {id: fields}}))

test_fires_where_one_role_does_it_and_is_informed if found(base) == told

test_who_answers_for_it_may_do_it if changed("assignments", "i", {"code": "S"}) == set()

test_silent_where_another_role_is_informed if changed("assignments", "i", {"role": "head"}) == set()

test_silent_in_scopes_apart if {
	apart := {"assignments": {
		"a": {"scope": {"units": ["north"]}},
		"r": {"scope": {"units": ["north"]}},
		"i": {"scope": {"units": ["south"]}},
	}}
	found(object.union(base, apart)) == set()
}

test_silent_on_a_class_of_people if changed("roles", "lead", {"everyone": true}) == set()

test_silent_where_it_has_ended if changed("assignments", "i", {"to": "2026-06-14"}) == set()
