package uts.view.post_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.post

described(role, given) := got if {
	got := post.described(role) with input as testing.corpus(object.union(
		{"units": {"agency": {"name": "Agency"}}},
		given,
	))
}

open := {"from": "0001-01-01", "to": "9999-12-31"}

test_a_role_has_holders_and_successors if {
	given := {
		"people": {"p-1": {}, "p-2": {"status": "departed"}, "p-3": {}},
		"roles": {
			"lead": {
				"title": "Lead", "unit": "agency",
				"holders": [
					{"person": "p-1", "to": "2026-06-14"}, {"person": "p-1"}, {"person": "p-2", "kind": "acting"},
					{"person": "TBD"}, {"person": "p-9"},
				],
				"successors": ["empty", "elsewhere", "deputy", "gone", "ghost"],
			},
			"deputy": {"title": "Deputy", "unit": "agency", "holders": [{"person": "p-3"}, {"person": "p-1"}]},
			"empty": {"title": "Empty", "unit": "agency"},
			"elsewhere": {"title": "Elsewhere", "unit": "agency", "external": true, "holders": [{"person": "p-3"}]},
			"gone": {"title": "Gone", "unit": "agency", "status": "abolished"},
		},
	}
	holder := object.union(open, {"kind": "permanent"})
	described("lead", given) == {
		"role": "lead", "state": "living", "role_path": ["roles", "lead"], "title": "Lead", "external": false,
		"everyone": false, "stated": {"holders": true, "successors": true},
		"holders": [
			object.union(holder, {"person": "p-1", "path": ["roles", "lead", "holders", 1], "state": "serving"}),
			object.union(holder, {"person": "p-2", "kind": "acting", "path": ["roles", "lead", "holders", 2], "state": "departed"}),
			object.union(holder, {"person": "TBD", "path": ["roles", "lead", "holders", 3], "state": "placeholder"}),
			object.union(holder, {"person": "p-9", "path": ["roles", "lead", "holders", 4], "state": "unknown"}),
		],
		"vacancy": [],
		"chair": [],
		"successors": [
			{"role": "empty", "path": ["roles", "lead", "successors", 0], "state": "living", "stated": true, "persons": []},
			{"role": "elsewhere", "path": ["roles", "lead", "successors", 1], "state": "living", "stated": true, "persons": []},
			{"role": "deputy", "path": ["roles", "lead", "successors", 2], "state": "living", "stated": true, "persons": ["p-1", "p-3"]},
			{"role": "gone", "path": ["roles", "lead", "successors", 3], "state": "abolished", "stated": true, "persons": []},
			{"role": "ghost", "path": ["roles", "lead", "successors", 4], "state": "unknown", "stated": true, "persons": []},
		],
		"next": "deputy",
	}
}

test_what_is_no_role_has_its_state if {
	described("TBD", {}) == {
		"role": "TBD", "state": "placeholder",
		"holders": [], "vacancy": [], "chair": [], "successors": [], "next": "",
		"everyone": false, "stated": {"holders": true, "successors": true},
	}
}

test_a_holder_on_leave_is_told_and_holds_the_role if {
	given := {
		"people": {"p-1": {"status": "on-leave"}, "p-2": {"status": "on-leave", "departed_on": "2026-06-15"}},
		"roles": {"lead": {"title": "Lead", "unit": "agency", "holders": [{"person": "p-1"}, {"person": "p-2"}]}},
	}
	[[each.person, each.state] | some each in described("lead", given).holders] == [["p-1", "on-leave"], ["p-2", "departed"]]
	not unheld("lead", given)
}

unheld(id, given) if post.unheld(id) with input as testing.corpus(object.union(
	{"units": {"agency": {"name": "Agency"}}},
	given,
))

held_by(holders) := {
	"people": {"p-1": {}, "p-2": {"status": "departed"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency", "holders": holders}},
}

test_nobody_holds_what_only_those_hold_who_have_left_or_are_nobody if {
	unheld("lead", held_by([]))
	unheld("lead", held_by([{"person": "p-2"}]))
	unheld("lead", held_by([{"person": "TBD"}, {"person": "p-9"}]))
	unheld("lead", held_by([{"person": "p-1", "to": "2026-06-14"}]))
	not unheld("lead", held_by([{"person": "p-1"}, {"person": "p-2"}]))
}

test_a_vacancy_on_purpose_is_held_by_nobody_too if {
	unheld("lead", object.union(held_by([]), {"roles": {"lead": {"vacancy": {"reason": "Recruiting"}}}}))
}

absence(id, given) := got if got := post.absence(id) with input as testing.corpus(object.union(
	{"units": {"agency": {"name": "Agency"}}},
	given,
))

vacated(fields) := object.union(held_by([]), {"roles": {"lead": {"vacancy": fields}}})

test_why_nobody_can_act_is_what_the_rules_say if {
	absence("lead", held_by([])) == "vacant"
	absence("lead", held_by([{"person": "p-2"}])) == "invalid"
	absence("lead", held_by([{"person": "TBD"}])) == "invalid"
	not absence("lead", held_by([{"person": "p-1"}]))
	absence("lead", vacated({"reason": "Recruiting", "until": "2026-06-15"})) == "vacancy"
	absence("lead", vacated({"reason": "Recruiting", "until": "2026-06-14"})) == "vacant"
	absence("lead", vacated({"until": "2026-12-31"})) == "vacant"
}

test_why_nobody_can_act_in_a_body if {
	absence("members", body("head", {})) == "vacant"
	absence("members", body("head", {"vacancy": {"reason": "Recruiting"}})) == "vacancy"
	absence("members", body("head", {"vacancy": {"reason": "Recruiting", "until": "2026-06-14"}})) == "vacant"
	absence("members", body("head", {"holders": [{"person": "p-2"}]})) == "invalid"
	absence("members", body("ghost", {})) == "invalid"
}

test_a_body_whose_members_are_not_stated_is_not_called_vacant if {
	given := object.union(body("head", {"vacancy": {"reason": "Recruiting"}}), {"not_stated": {"holders": ["members"]}})
	absence("members", given) == "vacancy"
	lapsed := {"roles": {"head": {"vacancy": {"reason": "Recruiting", "until": "2026-06-14"}}}}
	absence("members", object.union(given, lapsed)) == "invalid"
}

test_what_answers_elsewhere_or_is_no_more_is_not_asked_who_holds_it if {
	not unheld("lead", object.union(held_by([]), {"roles": {"lead": {"external": true}}}))
	not unheld("lead", object.union(held_by([]), {"roles": {"lead": {"status": "abolished"}}}))
}

body(chair, head) := {
	"units": {"board": {"name": "Board", "chair": chair}},
	"people": {"p-1": {}, "p-2": {"status": "departed"}},
	"roles": {
		"members": {"title": "Members", "unit": "board", "collective": true},
		"head": object.union({"title": "Head", "unit": "board"}, head),
	},
}

test_for_a_collective_the_chair_answers if {
	given := body("head", {"holders": [{"person": "p-1"}]})
	not unheld("members", given)
	described("members", given).chair == [{
		"role": "head", "path": ["units", "board", "chair"],
		"state": "living", "external": false, "stated": true, "persons": ["p-1"],
	}]
	described("head", given).chair == []
	described("members", object.union(body("head", {}), {"not_stated": {"holders": ["head"]}})).chair[0].stated == false
	elsewhere := body("head", {"external": true})
	not unheld("members", elsewhere)
	described("members", elsewhere).chair[0].external == true
}

test_a_collective_whose_chair_is_nobody_is_held_by_nobody if {
	unheld("members", body("head", {}))
	unheld("members", body("head", {"holders": [{"person": "p-2"}]}))
	unheld("members", body("head", {"external": true, "status": "abolished"}))
	unheld("members", body("TBD", {}))
}

vacancy(until) := got if {
	found := described("lead", {"roles": {"lead": {
		"title": "Lead", "unit": "agency",
		"vacancy": {"reason": "Under review", "until": until},
	}}})
	got := [found.vacancy, found.next]
}

test_a_vacancy_lapses_after_its_last_day if {
	stated := {"reason": "Under review", "path": ["roles", "lead", "vacancy"]}
	vacancy("2026-06-15") == [[object.union(stated, {"until": "2026-06-15", "lapsed": false})], ""]
	vacancy("2026-06-14") == [[object.union(stated, {"until": "2026-06-14", "lapsed": true})], ""]
}

test_what_is_not_stated_is_told if {
	given := {
		"roles": {"lead": {"title": "Lead", "unit": "agency", "successors": ["next"]}, "next": {"title": "Next", "unit": "agency"}},
		"not_stated": {"holders": ["lead", "next"], "successors": ["next"]},
	}
	found := described("lead", given)
	[found.stated, found.successors[0].stated] == [{"holders": false, "successors": true}, false]
	not unheld("lead", given)
	unheld("lead", object.remove(given, ["not_stated"]))
}

test_a_body_has_the_chair_that_it_names_itself if {
	given := {"roles": {
		"board": {"title": "Board", "unit": "agency", "collective": true, "chair": "head"},
		"head": {"title": "Head", "unit": "agency"},
	}}
	[each.path | some each in described("board", given).chair] == [["roles", "board", "chair"]]
}
