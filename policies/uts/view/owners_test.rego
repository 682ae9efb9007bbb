package uts.view.owners_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.owners

answer(given) := got if got := owners.answer with input as given

base := {
	"units": {
		"agency": {"name": "Agency"},
		"field": {"name": "Field", "parent": "agency"},
		"north": {"name": "North", "parent": "field"},
		"old": {"name": "Old", "parent": "agency", "status": "archived"},
	},
	"vectors": {"online": {"title": "Online"}, "travel": {"title": "Travel"}},
	"roles": {
		"director": {"title": "Director", "unit": "agency"},
		"lead": {"title": "Lead", "unit": "field"},
		"gone": {"title": "Gone", "unit": "field", "status": "abolished"},
	},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
}

corpus(duty, assignments) := testing.corpus(object.union(base, {
	"responsibilities": {"brief": duty},
	"assignments": {id: object.union({"responsibility": "brief", "code": "A"}, entry) | some id, entry in assignments},
}))

both := ["online", "travel"]

test_what_is_no_corpus_has_no_answer if {
	not answer({"responsibilities": {}})
}

test_a_duty_without_an_owner_is_answered_by_nobody if {
	object.remove(answer(corpus({}, {})), ["holders"]) == {
		"owners": {"brief": {"A": [{"units": ["agency"], "vectors": both, "roles": []}]}},
		"unsound": {},
	}
}

test_without_units_and_vectors_there_is_one_nameless_place if {
	given := {"roles": {"lead": {"title": "Lead"}}, "responsibilities": base.responsibilities, "assignments": {
		"a": {"responsibility": "brief", "role": "lead", "code": "A"},
		"r": {"responsibility": "brief", "role": "lead", "code": "R"},
	}}
	piece := {"units": [""], "vectors": [""], "roles": ["lead"]}
	answer(testing.corpus(given)).owners == {"brief": {"A": [piece], "R": [piece]}}
}

test_two_who_share_the_whole_scope_stand_in_one_piece if {
	answer(corpus({}, {"a": {"role": "lead"}, "b": {"role": "director"}})).owners.brief.A == [{
		"units": ["agency"],
		"vectors": both,
		"roles": ["director", "lead"],
	}]
}

test_what_overrides_decides_where_it_holds if {
	answer(corpus({}, {
		"a": {"role": "director"},
		"b": {"role": "lead", "scope": {"units": ["field"], "vectors": ["travel"]}, "overrides": true},
	})).owners.brief.A == [
		{"units": ["agency"], "vectors": both, "roles": ["director"]},
		{"units": ["field"], "vectors": ["online"], "roles": ["director"]},
		{"units": ["field"], "vectors": ["travel"], "roles": ["lead"]},
	]
}

test_what_does_not_override_stands_beside if {
	answer(corpus({}, {"a": {"role": "director"}, "b": {"role": "lead", "scope": {"units": ["north"]}}})).owners.brief.A == [
		{"units": ["agency"], "vectors": both, "roles": ["director"]},
		{"units": ["north"], "vectors": both, "roles": ["director", "lead"]},
	]
}

test_a_gap_is_answered_by_nobody if {
	answer(corpus({"scope": {"units": ["field"]}}, {"a": {"role": "lead", "scope": {"units": ["north"]}}})).owners.brief.A == [
		{"units": ["field"], "vectors": both, "roles": []},
		{"units": ["north"], "vectors": both, "roles": ["lead"]},
	]
}

test_a_scope_of_nothing_has_no_piece if {
	answer(corpus({"scope": {"units": ["old"]}}, {"a": {"role": "lead"}})).owners == {"brief": {"A": []}}
}

test_a_duty_that_is_retired_has_no_owner if {
	got := answer(corpus({"status": "retired"}, {"a": {"role": "lead"}}))
	[got.owners, got.unsound] == [{}, {}]
}

test_who_is_no_living_role_does_not_answer_and_is_named if {
	object.remove(answer(corpus({}, {"a": {"role": "gone"}, "b": {"role": "TBD"}})), ["holders"]) == {
		"owners": {"brief": {"A": [{"units": ["agency"], "vectors": both, "roles": []}]}},
		"unsound": {"brief": [{"units": ["agency"], "vectors": both, "roles": ["TBD", "gone"]}]},
	}
}

test_what_is_no_living_role_is_named_where_it_stands if {
	answer(corpus({}, {
		"a": {"role": "TBD"},
		"b": {"role": "lead", "scope": {"units": ["field"]}, "overrides": true},
		"c": {"role": "ghost", "scope": {"units": ["old"]}},
	})).unsound == {"brief": [
		{"units": ["agency"], "vectors": both, "roles": ["TBD"]},
		{"units": ["field"], "vectors": both, "roles": []},
		{"units": [], "vectors": [], "roles": ["ghost"]},
	]}
}

test_an_assignment_that_has_ended_is_none if {
	got := answer(corpus({}, {"a": {"role": "lead", "to": "2026-06-14"}}))
	[got.owners, got.unsound] == [{"brief": {"A": [{"units": ["agency"], "vectors": both, "roles": []}]}}, {}]
}

test_living_roles_are_held_by_those_who_serve_now if {
	people := {"p-1": {}, "p-2": {}, "p-3": {"status": "departed"}}
	holders := [{"person": "p-2"}, {"person": "p-1"}, {"person": "p-3"}, {"person": "p-4"}]
	ended := [{"person": "p-1", "to": "2026-06-14"}]
	given := {"people": people, "roles": {
		"director": {"title": "Director", "holders": ended},
		"gone": {"title": "Gone", "status": "abolished", "holders": holders},
		"lead": {"title": "Lead", "holders": holders},
	}}
	answer(testing.corpus(given)).holders == {"director": [], "lead": ["p-1", "p-2"]}
}
