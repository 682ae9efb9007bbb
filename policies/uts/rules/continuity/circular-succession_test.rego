package uts.rules.continuity["circular-succession_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.continuity.base_test as base
import data.uts.rules.continuity["circular-succession"] as rule

found(given) := got if got := rule.findings with input as testing.corpus_for("continuity/circular-succession", {"depth": 3}, given)

looped := object.union(base.base, {
	"roles": {"deputy": {"successors": ["chief"]}},
	"links": {"cycles": {"successors": [["chief", "deputy"]]}},
})

on(fields) := object.union(looped, {"roles": {"deputy": fields}})

circle := {{
	"path": ["roles", "chief", "successors"],
	"message": "\"chief\" and \"deputy\" succeed each other, and nobody else does",
	"related": [{"path": ["roles", "deputy", "successors"], "message": "in the same loop"}],
}}

one_hand := {{
	"path": ["roles", "chief", "successors"],
	"message": "\"chief\" (Chief) and every successor it names are held by P1 (\"p-1\")",
	"related": [{"path": ["roles", "deputy"], "message": "held by the same person"}],
}}

test_silent_on_a_line if found(base.base) == set()

test_fires_on_a_loop if found(looped) == circle

test_told_on_the_smallest_member_in_sight if {
	found(object.union(looped, {"roles": {"chief": {"collective": true}, "deputy": {"key": true}}})) == {{
		"path": ["roles", "deputy", "successors"],
		"message": "\"chief\" and \"deputy\" succeed each other, and nobody else does",
		"related": [{"path": ["roles", "chief", "successors"], "message": "in the same loop"}],
	}}
	found(object.union(looped, {"roles": {"chief": {"collective": true}}})) == set()
}

test_a_way_out_is_enough if {
	third := {"third": {"title": "Third", "unit": "agency", "holders": [{"person": "p-3"}]}}
	found(object.union(on({"successors": ["chief", "third"]}), {"roles": third})) == set()
	found(on({"successors": ["chief", "thrd"]})) == set()
}

test_a_bad_external_or_vacant_member_is_a_way_out if {
	found(on({"status": "abolished"})) == set()
	found(on({"external": true})) == set()
	found(on({"holders": []})) == set()
}

test_a_deliberate_vacancy_is_none if found(on({"holders": [], "vacancy": {"reason": "Saved", "until": "2027-01-01"}})) == circle

test_a_role_that_succeeds_itself if {
	itself := object.union(base.changed({"successors": ["chief"]}), {"links": {"cycles": {"successors": [["chief"]]}}})
	found(itself) == {{
		"path": ["roles", "chief", "successors"],
		"message": "\"chief\" (Chief) names only itself as successor",
		"related": [],
	}}
}

test_fires_where_one_person_holds_them_all if {
	found(object.union(base.base, {"roles": {"deputy": {"holders": [{"person": "p-1"}]}}})) == one_hand
}

test_the_loop_is_told_once_even_in_one_hand if found(on({"holders": [{"person": "p-1"}]})) == circle

test_silent_where_somebody_else_holds_one_of_them if {
	found(object.union(base.base, {"roles": {"deputy": {"holders": [{"person": "p-1"}, {"person": "p-2"}]}}})) == set()
	found(object.union(base.base, {"roles": {"deputy": {"holders": []}}})) == set()
}

test_silent_where_one_of_them_is_bad_or_external if {
	alike := {"holders": [{"person": "p-1"}]}
	found(object.union(base.base, {"roles": {"deputy": object.union(alike, {"status": "abolished"})}})) == set()
	found(object.union(base.base, {"roles": {"deputy": object.union(alike, {"external": true})}})) == set()
	found(base.changed({"successors": ["depty"]})) == set()
}

test_whoever_has_left_is_nobody if {
	alike := {"roles": {"deputy": {"holders": [{"person": "p-1"}]}}, "people": {"p-1": {"status": "departed"}}}
	found(object.union(base.base, alike)) == set()
}

test_silent_on_posts_out_of_sight if {
	alike := {"roles": {"deputy": {"holders": [{"person": "p-1"}]}}}
	every fields in base.out_of_sight {
		found(object.union(base.changed(fields), alike)) == set()
	}
}

test_it_judges_the_posts_that_say_who_takes_over if {
	given := testing.corpus(object.union(base.base, {"not_stated": {"successors": ["chief"]}}))
	judged := rule.judged with input as given
	not_judged := rule.not_judged with input as given
	judged == set()
	not_judged == {{"path": ["roles", "chief"], "fact": "successors", "missing": ["roles", "chief"]}}
	stated := rule.judged with input as testing.corpus(base.base)
	stated == {["roles", "chief"]}
}

test_a_longer_loop_is_deep_enough if {
	third := {"roles": {
		"deputy": {"successors": ["third"]},
		"third": {"title": "Third", "unit": "agency", "holders": [{"person": "p-3"}], "successors": ["chief"]},
	}}
	given := object.union(object.union(base.base, third), {"links": {"cycles": {"successors": [["chief", "deputy", "third"]]}}})
	every depth, number in {3: 0, 4: 1} {
		got := rule.findings with input as testing.corpus_for("continuity/circular-succession", {"depth": depth}, given)
		count(got) == number
	}
}
