package uts.rules.staffing["repeated-holder_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing["repeated-holder"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2"}, "gone": {"name": "G", "status": "departed"}},
	"roles": {"lead": {"title": "Lead"}},
}

held(holders) := found(object.union(base, {"roles": {"lead": {"holders": holders}}}))

role(fields) := found(object.union(base, {"roles": {"lead": object.union(
	{"holders": [{"person": "p-1", "share": 500}, {"person": "p-1", "share": 500}]},
	fields,
)}}))

twice(i, others, from, times) := {{
	"path": array.concat(["roles", "lead", "holders"], [i, "person"]),
	"message": sprintf("P1 (\"p-1\") holds \"lead\" (Lead) %s", [times]),
	"related": [{"path": ["roles", "lead", "holders", other, "person"], "message": "and here"} | some other in others],
	"key": concat("/", ["p-1", from]),
}}

test_silent_on_two_persons if held([{"person": "p-1"}, {"person": "p-2"}]) == set()

test_fires_on_the_later_holding if {
	held([{"person": "p-1", "from": "2026-02-01", "kind": "acting"}, {"person": "p-1", "from": "2026-01-01"}]) == twice(0, [1], "2026-02-01", "twice")
	role({}) == twice(1, [0], "0001-01-01", "twice")
}

test_three_holdings_are_one_finding if {
	held([{"person": "p-1"}, {"person": "p-2"}, {"person": "p-1"}, {"person": "p-1"}]) == twice(3, [0, 2], "0001-01-01", "3 times")
}

test_only_holdings_in_force_count if {
	held([{"person": "p-1", "to": "2026-06-14"}, {"person": "p-1", "from": "2026-06-15"}]) == set()
	held([{"person": "p-1", "to": "2026-06-15"}, {"person": "p-1", "from": "2026-06-15"}]) == twice(1, [0], "2026-06-15", "twice")
}

test_placeholders_and_persons_who_are_unknown_or_gone_are_passed_over if {
	every person in ["TBD", "p-9", "gone"] {
		held([{"person": person}, {"person": person}]) == set()
	}
}

test_external_and_abolished_roles_are_passed_over if {
	role({"external": true}) == set()
	role({"status": "abolished"}) == set()
	count(role({"collective": true})) == 1
}
