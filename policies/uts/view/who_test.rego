package uts.view.who_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.who

base := {
	"units": {
		"agency": {"name": "Agency"},
		"field": {"name": "Field", "parent": "agency"},
		"other": {"name": "Other"},
		"old": {"name": "Old", "parent": "agency", "status": "archived"},
	},
	"vectors": {"online": {"title": "Online"}, "travel": {"title": "Travel"}},
	"authorities": {"sign": {"title": "Sign"}},
	"people": {"p-1": {}},
	"roles": {
		"director": {"title": "Director", "unit": "agency", "holders": [{"person": "p-1"}]},
		"lead": {"title": "Lead", "unit": "field", "holders": [{"person": "p-1"}]},
		"empty": {"title": "Empty", "unit": "field"},
		"abroad": {"title": "Abroad", "unit": "agency", "external": true},
		"gone": {"title": "Gone", "unit": "field", "status": "abolished"},
	},
	"responsibilities": {"brief": {"statement": "Brief travellers", "scope": {"units": ["agency"]}}},
}

asked(question, changes, assignments) := got if {
	corpus := testing.corpus(object.union(object.union(base, changes), {"assignments": {id: object.union({"responsibility": "brief", "code": "A"}, entry) |
		some id, entry in assignments
	}}))
	got := who.answer.answers[0] with input as object.union(corpus, {"question": object.union(
		{"responsibilities": ["brief"]},
		question,
	)})
}

places(assignments) := asked({}, {}, assignments).places

both := ["online", "travel"]

answered(units, vectors, by) := {
	"answered": true, "contested": false, "by": by, "reaching": by, "nobody": [], "besides": [],
	"units": units, "vectors": vectors, "where": [{"unit": unit, "but": []} | some unit in units],
}

nobody(units, vectors, reaching, reasons) := {
	"answered": false, "contested": false, "by": [], "reaching": reaching, "nobody": reasons, "besides": [],
	"units": units, "vectors": vectors, "where": [{"unit": unit, "but": []} | some unit in units],
}

but(place, below) := object.union(place, {"where": [{"unit": unit, "but": below} | some unit in place.units]})

test_what_is_no_corpus_has_no_answer if {
	not who.answer with input as {"question": {"responsibilities": ["brief"]}}
}

test_a_retired_duty_has_no_place if {
	found := asked({}, {"responsibilities": {"brief": {"status": "retired"}}}, {"a": {"role": "lead"}})
	[found.status, found.places, found.accountable, found.others, found.joint] == ["retired", [], [], [], false]
}

test_one_who_is_there_answers_everywhere if places({"a": {"role": "lead"}}) == [answered(["agency"], both, ["a"])]

test_without_an_owner_nobody_answers if {
	places({}) == [nobody(["agency"], both, [], [{"kind": "gap"}])]
	found := asked({}, {}, {"a": {"role": "lead", "to": "2026-06-14"}, "b": {"role": "lead", "from": "2026-06-16"}})
	found.not_in_force == [
		{"assignment": "a", "path": ["assignments", "a"], "role": "lead", "from": "0001-01-01", "to": "2026-06-14"},
		{"assignment": "b", "path": ["assignments", "b"], "role": "lead", "from": "2026-06-16", "to": "9999-12-31"},
	]
}

test_a_gap_is_told_where_it_is if {
	places({"a": {"role": "lead", "scope": {"units": ["field"], "vectors": ["travel"]}}}) == [
		nobody(["field"], ["online"], [], [{"kind": "gap"}]),
		but(nobody(["agency"], both, [], [{"kind": "gap"}]), ["field"]),
		answered(["field"], ["travel"], ["a"]),
	]
}

test_what_overrides_decides_where_it_holds if {
	places({"a": {"role": "director"}, "b": {"role": "TBD", "scope": {"units": ["field"]}, "overrides": true}}) == [
		nobody(["field"], both, ["b"], [{"kind": "no-role", "assignment": "b", "role": "TBD", "state": "placeholder"}]),
		but(answered(["agency"], both, ["a"]), ["field"]),
	]
}

test_two_roles_contest_and_may_have_agreed_to if {
	two := {"a": {"role": "director"}, "b": {"role": "lead"}}
	contested := object.union(answered(["agency"], both, ["a", "b"]), {"contested": true})
	found := asked({}, {}, two)
	[found.joint, found.places] == [false, [contested]]
	agreed := {"responsibilities": {"brief": {"joint_accountability": {"reason": "Two halves", "approved_by": "director"}}}}
	asked({}, agreed, two).joint == true
}

test_a_role_that_is_none_or_has_no_holder_is_nobody if {
	places({"a": {"role": "gone"}, "b": {"role": "empty"}, "c": {"role": "ghost"}}) == [nobody(["agency"], both, ["a", "b", "c"], [
		{"kind": "no-role", "assignment": "a", "role": "gone", "state": "abolished"},
		{"kind": "vacant", "assignment": "b", "role": "empty", "state": "vacant"},
		{"kind": "no-role", "assignment": "c", "role": "ghost", "state": "unknown"},
	])]
}

test_who_is_able_answers_beside_who_is_not if {
	places({"b": {"role": "lead"}, "c": {"role": "gone"}, "d": {"role": "empty"}, "e": {"role": "TBD"}}) == [object.union(answered(["agency"], both, ["b"]), {
		"contested": true,
		"reaching": ["b", "c", "d", "e"],
		"besides": [
			{"kind": "no-role", "assignment": "c", "role": "gone", "state": "abolished"},
			{"kind": "vacant", "assignment": "d", "role": "empty", "state": "vacant"},
			{"kind": "no-role", "assignment": "e", "role": "TBD", "state": "placeholder"},
		],
	})]
}

test_a_place_is_told_by_its_topmost_units_and_what_is_cut_out_of_them if {
	changes := {
		"units": {"north": {"name": "North", "parent": "field"}},
		"roles": {"director": {"holders": []}},
	}
	found := asked({}, changes, {
		"a": {"role": "director"},
		"b": {"role": "lead", "scope": {"units": ["field"]}},
		"c": {"role": "director", "scope": {"units": ["north"]}, "overrides": true},
	})
	[[place.answered, place.units, place.where] | some place in found.places] == [
		[false, ["agency"], [{"unit": "agency", "but": ["field"]}]],
		[false, ["north"], [{"unit": "north", "but": []}]],
		[true, ["field"], [{"unit": "field", "but": ["north"]}]],
	]
}

test_a_unit_below_another_with_the_same_answer_is_named_once if {
	needing([grant({"units": ["agency", "field"]})]).places == [object.union(
		answered(["agency", "field"], both, ["a"]),
		{"where": [{"unit": "agency", "but": []}]},
	)]
}

test_where_it_is_not_stated_who_holds_a_role_nobody_is_missing if {
	asked({}, {"not_stated": {"holders": ["empty"]}}, {"b": {"role": "empty"}}).places == [answered(["agency"], both, ["b"])]
}

test_a_role_that_answers_elsewhere_is_asked_for_nothing if {
	found := asked({}, {"responsibilities": {"brief": {"requires": ["sign"]}}}, {"a": {"role": "abroad"}})
	[found.places, found.accountable[0].authorities] == [[answered(["agency"], both, ["a"])], []]
}

needing(grants) := asked(
	{}, object.union(
		{"responsibilities": {"brief": {"requires": ["ghost", "sign", "sign"]}}},
		{"links": {"grants": {"lead": {"sign": grants}}}},
	),
	{"a": {"role": "lead"}},
)

without_power(state) := {"kind": "powerless", "assignment": "a", "role": "lead", "authority": "sign", "state": state}

grant(scope) := object.union({"from": "0001-01-01", "to": "9999-12-31", "via": []}, scope)

test_without_the_power_nobody_answers if {
	found := needing([])
	found.places == [nobody(["agency"], both, ["a"], [without_power("none")])]
	found.accountable[0].authorities[0].required_path == ["responsibilities", "brief", "requires", 1]
}

test_the_power_decides_place_by_place if {
	needing([grant({"units": ["field"]})]).places == [
		but(nobody(["agency"], both, ["a"], [without_power("narrow")]), ["field"]),
		answered(["field"], both, ["a"]),
	]
	needing([grant({})]).places == [answered(["agency"], both, ["a"])]
}

test_a_grant_over_what_is_not_in_force_is_not_judged if {
	found := asked(
		{}, object.union(
			{"responsibilities": {"brief": {"requires": ["sign"]}}},
			{"links": {
				"grants": {"lead": {"sign": [grant({"units": []})]}},
				"grants_over_bad_scopes": {"lead": ["sign"]},
			}},
		),
		{"a": {"role": "lead"}},
	)
	found.places == [answered(["agency"], both, ["a"])]
}

test_a_question_about_one_place_has_one_answer if {
	assignments := {"a": {"role": "lead", "scope": {"units": ["field"]}}, "c": {"role": "director", "code": "C", "scope": {"units": ["field"]}}}
	inside := asked({"unit": "field", "vector": "online"}, {}, assignments)
	[inside.places, count(inside.others)] == [[answered(["field"], ["online"], ["a"])], 1]
	outside := asked({"unit": "agency"}, {}, assignments)
	[outside.places, outside.others] == [[nobody(["agency"], both, [], [{"kind": "gap"}])], []]
	asked({"unit": "other"}, {}, assignments).places == []
	asked({"unit": "old"}, {}, assignments).places == []
}

test_who_has_a_part_is_named_with_it if {
	asked({}, {}, {"r": {"role": "TBD", "code": "R"}}).others == [{
		"code": "R", "assignment": "r", "path": ["assignments", "r"],
		"role": "TBD", "state": "placeholder", "scope": {"units": ["agency"]},
	}]
}

test_a_chain_begins_with_the_assignment if {
	found := asked({}, {}, {"a": {"role": "TBD", "scope": {"units": ["ghost"]}}})
	found.accountable == [{
		"assignment": "a", "path": ["assignments", "a"], "scope": {"units": ["ghost"]},
		"from": "0001-01-01", "to": "9999-12-31", "overrides": false, "doubtful": true, "authorities": [],
		"role": "TBD", "state": "placeholder", "holders": [], "vacancy": [], "chair": [], "successors": [], "next": "",
		"everyone": false, "stated": {"holders": true, "successors": true},
	}]
	asked({}, {}, {"a": {"role": "lead"}}).accountable[0].doubtful == false
}
