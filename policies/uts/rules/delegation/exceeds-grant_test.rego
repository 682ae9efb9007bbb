package uts.rules.delegation["exceeds-grant_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.delegation.base_test as base
import data.uts.rules.delegation["exceeds-grant"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

told(words, places) := {{
	"path": ["delegations", "d-2", "authorities", 0],
	"message": sprintf("\"d-2\" (Second) passes on \"commit-funds\" (Commit funds) %s", [words]),
	"related": [{"path": ["delegations", "d-2", place], "message": "beyond what the delegator has"} | some place in places],
	"key": "commit-funds",
}}

never := told("that \"head\" (Head) never had", [])

wider := told("over a wider scope than \"head\" (Head) has", ["scope"])

longer := told("until 2026-12-31, longer than \"head\" (Head) has it, until 2026-12-30", ["to"])

northern := {"scopes": [{"units": ["north"], "permitted": true}], "bad": false, "until": "9999-12-31"}

test_silent_within_what_the_delegator_has if found(base.base) == set()

test_fires_where_the_delegator_never_had_it if {
	found(base.empty_handed({"delegate": "clerk"})) == never
	found(base.empty_handed({"from": "2026-06-16"})) == never
}

test_silent_where_it_once_had_it if found(base.empty_handed({"to": "2026-06-14"})) == set()

test_fires_on_a_stated_scope_beyond if {
	held := base.holding(northern)
	found(object.union(held, base.passing({"scope": {"units": ["agency"]}}))) == wider
	found(object.union(held, base.passing({"scope": {"units": ["north", "south"]}}))) == wider
	found(object.union(held, base.passing({"scope": {"units": ["north"]}}))) == set()
	found(held) == set()
}

test_silent_on_a_scope_where_the_paper_is_bad if {
	found(object.union(base.holding(object.union(northern, {"bad": true})), base.passing({"scope": {"units": ["agency"]}}))) == set()
}

test_a_bad_id_in_the_stated_scope_is_nothing if {
	found(object.union(base.holding(northern), base.passing({"scope": {"units": ["north", "suth"]}}))) == set()
}

held(until) := base.holding(object.union(base.whole, {"until": until}))

test_fires_on_a_stated_end_beyond if {
	found(object.union(held("2026-12-30"), base.passing({"to": "2026-12-31"}))) == longer
	found(object.union(held("2026-12-31"), base.passing({"to": "2026-12-31"}))) == set()
	found(held("2026-12-30")) == set()
}

test_one_finding_for_scope_and_end if {
	both := object.union(base.holding(object.union(northern, {"until": "2026-12-30"})), base.passing({"scope": {"units": ["agency"]}, "to": "2026-12-31"}))
	found(both) == told(
		"over a wider scope than \"head\" (Head) has and until 2026-12-31, longer than \"head\" (Head) has it, until 2026-12-30",
		["scope", "to"],
	)
}

test_only_delegations_in_force if {
	every state in base.not_in_force {
		found(object.union(base.empty_handed({"delegate": "clerk"}), base.passing(state))) == set()
	}
}

test_silent_where_the_delegator_is_unknown_abolished_or_external if {
	every change in base.passed_over {
		found(object.union(base.empty_handed({"delegate": "clerk"}), change)) == set()
	}
}

test_members_of_a_loop_are_told_there if {
	loop := {"links": {"cycles": {"support": {"commit-funds": [["d-2"]]}}}}
	alone := object.union(base.empty_handed({"delegate": "clerk"}), loop)
	found(alone) == set()
	stated := base.passing({"scope": {"units": ["agency"]}, "to": "2026-12-31"})
	found(object.union(object.union(base.holding(object.union(northern, {"until": "2026-12-30"})), stated), {
		"links": loop.links,
		"delegations": {"d-1": {"delegate": "clerk"}},
	})) == set()
}

test_what_may_not_be_delegated_is_told_instead if {
	found(object.union(base.empty_handed({"delegate": "clerk"}), {"authorities": {"commit-funds": {"delegable": false}}})) == set()
}

test_a_rescission_ahead_ends_it if {
	given := object.union(
		base.holding(object.union(base.whole, {"until": "2026-12-30"})),
		{"delegations": {"d-1": {"to": "2026-12-30"}}},
	)
	found(object.union(given, base.passing({"to": "2027-06-30", "rescinded_on": "2026-12-31"}))) == set()
	count(found(object.union(given, base.passing({"to": "2027-06-30", "rescinded_on": "2027-01-01"})))) == 1
	count(found(object.union(given, base.passing({"to": "2027-06-30"})))) == 1
}
