package uts.rules.ownership["duplicate-duty_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["duplicate-duty"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"north": {"name": "North"}, "south": {"name": "South"}},
	"roles": {"lead": {"title": "Lead", "unit": "north"}, "head": {"title": "Head", "unit": "north"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}, "brief-2": {"statement": "Brief travellers."}},
	"assignments": {
		"a": {"responsibility": "brief", "role": "lead", "code": "A"},
		"b": {"responsibility": "brief-2", "role": "lead", "code": "A"},
	},
	"links": {"same_statement": [["brief", "brief-2"]]},
}

told := {{
	"path": ["responsibilities", "brief-2", "statement"],
	"message": "\"brief-2\" says the same as \"brief\" (Brief travellers), and \"lead\" answers for both",
	"related": [{"path": ["responsibilities", "brief", "statement"], "message": "the same statement"}],
	"key": "brief",
}}

changed(section, id, fields) := found(object.union(base, {section: {id: fields}}))

test_fires_where_the_same_role_answers_for_both if found(base) == told

test_silent_where_other_roles_do if changed("assignments", "b", {"role": "head"}) == set()

test_silent_where_nobody_does if found(object.remove(base, ["assignments"])) == set()

test_silent_in_scopes_apart if {
	apart := {"responsibilities": {
		"brief": {"scope": {"units": ["north"]}},
		"brief-2": {"scope": {"units": ["south"]}},
	}}
	found(object.union(base, apart)) == set()
}

test_silent_on_a_retired_one if changed("responsibilities", "brief", {"status": "retired"}) == set()

test_of_several_each_is_compared_with_the_first if {
	third := object.union(base, {
		"responsibilities": {"brief-3": {"statement": "brief travellers"}},
		"assignments": {"c": {"responsibility": "brief-3", "role": "lead", "code": "A"}},
		"links": {"same_statement": [["brief", "brief-2", "brief-3"]]},
	})
	{[one.path[1], one.key] | some one in found(third)} == {["brief-2", "brief"], ["brief-3", "brief"]}
}

test_fires_in_a_scope_below_the_other if {
	within := {
		"units": {"north": {"name": "North"}, "bay": {"name": "Bay", "parent": "north", "path": ["north", "bay"]}},
		"responsibilities": {"brief": {"scope": {"units": ["bay"]}}, "brief-2": {"scope": {"units": ["north"]}}},
	}
	{one.key | some one in found(object.union(base, within))} == {"brief"}
}
