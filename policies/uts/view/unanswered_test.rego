package uts.view.unanswered_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.unanswered

answer(given) := got if got := unanswered.answer with input as given

rules := {"ownership/unassigned": {"level": "error", "parameters": {}}, "ownership/scope-gap": {"level": "error", "parameters": {}}}

given := {
	"rules": rules,
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"people": {"p-1": {}, "p-2": {}, "p-3": {"status": "departed"}},
	"roles": {
		"held": {"title": "Held", "unit": "agency", "holders": [{"person": "p-1"}]},
		"vacant": {"title": "Vacant", "unit": "agency"},
		"silent": {"title": "Silent", "unit": "agency"},
		"left": {"title": "Left", "unit": "agency", "holders": [{"person": "p-3"}]},
		"frozen": {"title": "Frozen", "unit": "agency", "vacancy": {"reason": "Frozen", "until": "2027-01-01"}},
		"abroad": {"title": "Abroad", "unit": "agency", "external": true},
		"everybody": {"title": "Everybody", "unit": "agency", "everyone": true},
		"board": {"title": "Board", "unit": "agency", "collective": true, "chair": "chair"},
		"chair": {"title": "Chair", "unit": "agency", "holders": [{"person": "p-2"}]},
	},
	"responsibilities": object.union(
		{id: {"statement": concat(" ", ["Keep", id])} | some id in ["held", "vacant", "silent", "left", "frozen", "abroad", "everybody", "board", "both", "either", "open", "part"]},
		{"nobody": {"statement": "Keep nobody", "criticality": "critical"}, "retired": {"statement": "Keep retired", "status": "retired"}},
	),
	"assignments": object.union(
		{id: {"responsibility": id, "role": id, "code": "A"} | some id in ["held", "vacant", "silent", "left", "frozen", "abroad", "everybody", "board"]},
		{
			"both-1": {"responsibility": "both", "role": "vacant", "code": "A"}, "both-2": {"responsibility": "both", "role": "held", "code": "A"},
			"either-1": {"responsibility": "either", "role": "silent", "code": "A"}, "either-2": {"responsibility": "either", "role": "held", "code": "A"},
			"open-1": {"responsibility": "open", "role": "silent", "code": "A"}, "open-2": {"responsibility": "open", "role": "vacant", "code": "A"},
			"part-1": {"responsibility": "part", "role": "held", "code": "A", "scope": {"units": ["north"]}},
			"no": {"responsibility": "nobody", "role": "held", "code": "R"},
		},
	),
	"not_stated": {"holders": ["silent"]},
}

test_unassigned_partly_and_vacant if {
	{id: each.why | some id, each in answer(testing.corpus(given)).unanswered} == {
		"nobody": "unassigned",
		"part": "partly",
		"vacant": "vacant",
	}
}

test_a_duty_with_what_people_want_to_know_of_it if {
	answer(testing.corpus(given)).unanswered.vacant == {
		"why": "vacant", "criticality": "normal", "statement": "Keep vacant",
		"path": ["responsibilities", "vacant"], "roles": ["vacant"],
	}
}

test_not_stated_where_no_accountable_role_is_known_to_be_held if {
	answer(testing.corpus(given)).not_stated == ["open", "silent"]
}

test_the_people_who_answer if {
	answer(testing.corpus(given)).people == {
		"board": ["p-2"],
		"both": ["p-1"],
		"either": ["p-1"],
		"held": ["p-1"],
		"part": ["p-1"],
	}
}

test_rules_that_do_not_run_say_nothing if {
	object.keys(answer(testing.corpus(object.remove(given, ["rules"]))).unanswered) == {"vacant"}
}

test_what_is_no_corpus_has_no_answer if not answer({})
