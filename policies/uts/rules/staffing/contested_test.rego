package uts.rules.staffing.contested_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing.contested as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"people": {
		"p-1": {"name": "P1"}, "p-2": {"name": "P2"}, "p-3": {"name": "P3"},
		"gone": {"name": "G", "status": "departed"},
	},
	"roles": {"lead": {"title": "Lead"}},
}

held(holders) := found(object.union(base, {"roles": {"lead": {"holders": holders}}}))

role(fields) := found(object.union(base, {"roles": {"lead": object.union(
	{"holders": [{"person": "p-1"}, {"person": "p-2"}]},
	fields,
)}}))

crowded(persons, indexes) := adding_up(persons, indexes, "2")

adding_up(persons, indexes, total) := {{
	"path": ["roles", "lead", "holders"],
	"message": sprintf("\"lead\" (Lead) has 1 seat and is held by %s at once: their shares add up to %s", [persons, total]),
	"related": [{"path": ["roles", "lead", "holders", i], "message": "holds it too"} | some i in indexes],
}}

test_silent_with_one_holder if held([{"person": "p-1"}]) == set()

test_fires_on_two_permanent_holders if role({}) == crowded("P1 (\"p-1\") and P2 (\"p-2\")", [0, 1])

test_permanent_and_detailed_holders_share_the_seats if {
	held([{"person": "p-1"}, {"person": "p-2", "kind": "detailed"}]) == crowded("P1 (\"p-1\") and P2 (\"p-2\")", [0, 1])
}

test_acting_holders_are_counted_by_themselves if {
	held([{"person": "p-1"}, {"person": "p-2", "kind": "acting"}]) == set()
	held([{"person": "p-1"}, {"person": "p-2", "kind": "acting"}, {"person": "p-3", "kind": "acting"}]) == crowded("P2 (\"p-2\") and P3 (\"p-3\")", [1, 2])
}

test_shares_add_up if {
	held([{"person": "p-1", "share": 500000000}, {"person": "p-2", "share": 500000000}]) == set()
	held([{"person": "p-1", "share": 62500000}, {"person": "p-2", "share": 937500000}]) == set()
	held([{"person": "p-1", "share": 500000000}, {"person": "p-2", "share": 501000000}]) == set()
	held([{"person": "p-1", "share": 500000000}, {"person": "p-2", "share": 501000001}]) == adding_up("P1 (\"p-1\") and P2 (\"p-2\")", [0, 1], "1.001000001")
}

test_no_share_is_rounded_by_itself if {
	third := 333666600
	held([{"person": sprintf("p-%v", [i]), "share": third} | some i in [1, 2, 3]]) == set()
}

test_a_sum_below_one_is_written_whole if {
	holders := [{"person": "p-1", "share": 20000000}, {"person": "p-2", "share": 30500000}]
	{finding.message | some finding in role({"seats": 0, "holders": holders})} == {"\"lead\" (Lead) has 0 seats and is held by P1 (\"p-1\") and P2 (\"p-2\") at once: their shares add up to 0.0505"}
}

test_seats_are_counted if {
	role({"seats": 2}) == set()
	three := [{"person": "p-1"}, {"person": "p-2"}, {"person": "p-3"}]
	{finding.message | some finding in role({"seats": 2, "holders": three})} == {"\"lead\" (Lead) has 2 seats and is held by P1 (\"p-1\"), P2 (\"p-2\") and P3 (\"p-3\") at once: their shares add up to 3"}
}

test_only_holdings_in_force_count if {
	held([{"person": "p-1", "to": "2026-06-14"}, {"person": "p-2"}]) == set()
	held([{"person": "p-1", "to": "2026-06-15"}, {"person": "p-2"}]) == crowded("P1 (\"p-1\") and P2 (\"p-2\")", [0, 1])
	held([{"person": "p-1"}, {"person": "p-2", "from": "2026-06-16"}]) == set()
}

test_placeholders_and_persons_who_are_unknown_or_gone_do_not_count if {
	held([{"person": "p-1"}, {"person": "TBD"}, {"person": "p-9"}, {"person": "gone"}]) == set()
}

test_collective_external_and_abolished_roles_are_passed_over if {
	role({"collective": true}) == set()
	role({"external": true}) == set()
	role({"status": "abolished"}) == set()
}
