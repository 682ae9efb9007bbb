package uts.view.mandate_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.mandate

answer(question, corpus) := got if got := mandate.answer with input as object.union(corpus, {"question": question})

role(id) := answer({"roles": [id]}, testing.corpus(given)).roles[id]

open := {"from": "0001-01-01", "to": "9999-12-31"}

given := {
	"units": {
		"agency": {"name": "Agency"},
		"field": {"name": "Field", "parent": "agency"},
		"old": {"name": "Old", "parent": "agency", "status": "archived"},
	},
	"people": {"p-1": {}, "p-2": {"status": "departed"}},
	"authorities": {
		"sign": {"title": "Sign"}, "spend": {"title": "Spend", "redelegable": true},
		"swear": {"title": "Swear", "delegable": false}, "seal": {"title": "Seal"},
	},
	"roles": {
		"director": {
			"title": "Director", "unit": "agency", "authorities": [{"authority": "sign", "to": "2026-12-31"}, {"authority": "swear"}, {"authority": "seal", "to": "2026-01-31"}],
			"holders": [{"person": "p-1", "to": "2026-09-30"}, {"person": "p-2", "to": "2026-01-31"}], "abolished_on": "2027-01-01",
		},
		"lead": {"title": "Lead", "unit": "field", "reports_to": "director", "holders": [{"person": "p-1", "from": "2026-07-01"}]},
		"gone": {"title": "Gone", "unit": "field", "status": "abolished", "replaced_by": "lead"},
		"empty": {"title": "Empty", "unit": "field", "vacancy": {"reason": "Frozen", "until": "2026-08-31"}},
	},
	"delegations": {
		"d-1": {"delegator": "director", "delegate": "lead", "authorities": ["sign"], "rescinded_on": "2026-08-01"},
		"d-2": {"delegator": "director", "delegate": "lead", "authorities": ["spend"]},
		"d-3": {"delegator": "lead", "delegate": "ghost", "authorities": ["spend"]},
		"d-0": {"delegator": "director", "delegate": "lead", "authorities": ["sign"], "to": "2026-01-01"},
	},
	"responsibilities": {
		"travel": {"statement": "Approve travel", "requires": ["sign", "seal", "unknown"]},
		"watch": {"statement": "Keep watch", "criticality": "critical"},
		"over": {"statement": "Be over", "status": "retired"},
	},
	"assignments": {
		"a-1": {"responsibility": "travel", "role": "director", "code": "A", "to": "2026-06-30"},
		"a-2": {"responsibility": "watch", "role": "director", "code": "A"},
		"a-3": {"responsibility": "watch", "role": "director", "code": "I", "to": "2026-01-31"},
		"a-4": {"responsibility": "over", "role": "director", "code": "R"},
		"a-5": {"responsibility": "watch", "role": "TBD", "code": "R"},
		"a-6": {"responsibility": "travel", "role": "gone", "code": "C"},
	},
	"actions": {"eve": {"title": "A date that the days have to hold", "due": "2026-07-31"}},
	"training": {"first": {"title": "First", "mandatory": true, "audience": {"everyone": false, "roles": ["director"], "exposure": []}}},
	"links": {
		"modules": {"everyone": [], "role": {"director": ["first"]}, "vector": {}},
		"grants": {
			"director": {"sign": [object.union(open, {"units": [""], "vectors": [""], "via": []})], "swear": [object.union(open, {"units": [""], "vectors": [""], "via": []})]},
			"lead": {"sign": [object.union(open, {"units": [""], "vectors": [""], "via": ["d-1"]})], "spend": [object.union(open, {"units": [""], "vectors": [""], "via": ["d-2"]})]},
		},
	},
}

duty(code, one, named, statement, criticality, to) := {
	"code": code, "assignment": one, "path": ["assignments", one], "responsibility": named, "statement": statement,
	"criticality": criticality, "scope": {}, "from": "0001-01-01", "to": to,
}

test_duties_in_force_the_most_critical_first if {
	role("director").duties == [
		duty("A", "a-2", "watch", "Keep watch", "critical", "9999-12-31"),
		duty("A", "a-1", "travel", "Approve travel", "normal", "2026-06-30"),
	]
}

test_what_is_no_role_has_its_state_and_the_duties_that_name_it if {
	found := role("TBD")
	found.state == "placeholder"
	found.post == {}
	found.powers == []
	found.duties == [duty("R", "a-5", "watch", "Keep watch", "critical", "9999-12-31")]
}

test_an_abolished_role_says_what_replaced_it if {
	found := role("gone")
	found.state == "abolished"
	found.post == {"unit": "field", "replaced_by": "lead"}
	[each.responsibility | some each in found.duties] == ["travel"]
}

test_powers_held_and_needed_with_what_may_be_passed_on if {
	{power.authority: [power.title, power.state, power.may_pass, power.needed] | some power in role("director").powers} == {
		"seal": ["Seal", "lapsed", false, ["travel"]],
		"sign": ["Sign", "held", true, ["travel"]],
		"swear": ["Swear", "held", false, []],
	}
	{power.authority: power.may_pass | some power in role("lead").powers} == {"sign": false, "spend": true}
}

test_delegations_by_it if {
	role("director").passed_on == [
		{
			"delegation": "d-1", "path": ["delegations", "d-1"], "delegate": "lead", "state": "living",
			"authorities": ["sign"], "from": "0001-01-01", "to": "2026-07-31",
		},
		{
			"delegation": "d-2", "path": ["delegations", "d-2"], "delegate": "lead", "state": "living",
			"authorities": ["spend"], "from": "0001-01-01", "to": "2026-12-31",
		},
	]
	[[each.delegate, each.state] | some each in role("lead").passed_on] == [["ghost", "unknown"]]
}

test_training_that_applies if {
	role("director").modules == [{"module": "first", "path": ["training", "first"], "title": "First", "mandatory": true}]
}

test_what_ends_the_soonest_first if {
	[[each.on, each.kind, each.of] | some each in role("director").ends] == [
		["2026-06-30", "assignment", "travel"],
		["2026-07-31", "delegation by it", "d-1"],
		["2026-09-30", "holding", "p-1"],
		["2026-12-31", "authority", "sign"],
		["2026-12-31", "delegation by it", "d-2"],
		["2027-01-01", "role", "director"],
	]
	[[each.on, each.kind] | some each in role("lead").ends] == [["2026-07-31", "delegation to it"], ["2026-12-31", "delegation to it"]]
	[[each.on, each.kind] | some each in role("empty").ends] == [["2026-08-31", "vacancy"]]
}

test_a_person_has_the_roles_that_they_hold_or_will if {
	found := answer({"people": ["p-1", "p-2"]}, testing.corpus(given))
	[[each.role, each.from, each.to] | some each in found.people["p-1"].holdings] == [
		["director", "0001-01-01", "2026-09-30"],
		["lead", "2026-07-01", "9999-12-31"],
	]
	[found.people["p-1"].state, found.people["p-2"].state] == ["serving", "departed"]
	found.people["p-2"].holdings == []
	object.keys(found.roles) == {"director", "lead"}
}

test_a_unit_has_its_own_living_roles if {
	found := answer({"units": ["agency", "field", "old"]}, testing.corpus(given))
	found.units.agency == {"path": ["units", "agency"], "in_force": true, "parts": ["field"], "roles": ["director"]}
	found.units.field.roles == ["empty", "lead"]
	found.units.old.in_force == false
	object.keys(found.roles) == {"director", "lead", "empty"}
}

test_what_is_no_corpus_has_no_answer if not answer({}, given)
