package uts.rules.staffing.vacant_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing.vacant as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2", "status": "departed"}},
	"roles": {"lead": {"title": "Lead"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
}

empty := {{
	"path": ["roles", "lead"],
	"message": "nobody holds \"lead\" (Lead), which is accountable for \"brief\"",
	"related": [told],
}}

told := {"path": ["assignments", "a"], "message": "accountable here"}

changed(section, id, fields) := found(object.union(base, {section: {id: fields}}))

held(holding) := changed("roles", "lead", {"holders": [holding]})

test_fires_without_a_holder if found(base) == empty

test_silent_with_a_holder if held({"person": "p-1"}) == set()

test_the_holding_includes_both_ends if {
	held({"person": "p-1", "from": "2026-06-15", "to": "2026-06-15"}) == set()
	held({"person": "p-1", "to": "2026-06-14"}) == empty
	held({"person": "p-1", "from": "2026-06-16"}) == empty
}

test_a_placeholder_an_unknown_and_a_departed_person_count if {
	held({"person": "TBD"}) == set()
	held({"person": "p-9"}) == set()
	held({"person": "p-2"}) == set()
}

test_acting_and_detailed_holders_count if {
	held({"person": "p-1", "kind": "acting"}) == set()
	held({"person": "p-1", "kind": "detailed"}) == set()
}

test_silent_with_a_vacancy_even_one_that_has_lapsed if {
	changed("roles", "lead", {"vacancy": {"reason": "Recruiting", "until": "2026-12-31"}}) == set()
	changed("roles", "lead", {"vacancy": {"until": "2026-01-31"}}) == set()
}

test_silent_on_a_role_that_is_not_accountable if {
	changed("assignments", "a", {"code": "R"}) == set()
	changed("assignments", "a", {"to": "2026-06-14"}) == set()
	changed("assignments", "a", {"from": "2026-06-16"}) == set()
	changed("responsibilities", "brief", {"status": "retired"}) == set()
	changed("roles", "lead", {"status": "abolished"}) == set()
}

test_an_external_role_is_passed_over if changed("roles", "lead", {"external": true}) == set()

test_names_what_it_answers_for_today if {
	given := object.union(base, {
		"responsibilities": {"warn": {"statement": "Warn"}, "old": {"statement": "Old"}},
		"assignments": {
			"b": {"responsibility": "warn", "role": "lead", "code": "A"},
			"c": {"responsibility": "old", "role": "lead", "code": "A", "to": "2026-06-14"},
			"d": {"responsibility": "old", "role": "lead", "code": "R"},
		},
	})
	found(given) == {{
		"path": ["roles", "lead"],
		"message": "nobody holds \"lead\" (Lead), which is accountable for \"brief\" and \"warn\"",
		"related": [told, {"path": ["assignments", "b"], "message": "accountable here"}],
	}}
}

body := object.union(base, {
	"units": {"board": {"name": "Board", "chair": "head"}, "old": {"name": "Old", "status": "archived", "chair": "head"}},
	"roles": {
		"lead": {"title": "Lead", "unit": "board", "collective": true},
		"head": {"title": "Head", "unit": "board", "holders": [{"person": "p-1"}]},
	},
})

without_either := {object.union(one, {"related": [{"path": ["roles", "head"], "message": "chairs it, and nobody holds that either"}, told]}) |
	some one in empty
}

chaired_by(chair) := found(object.union(body, {"units": {"board": {"chair": chair}}}))

head(fields) := found(object.union(body, {"roles": {"head": fields}}))

member(fields) := found(object.union(body, {"roles": {"lead": fields}}))

test_a_body_whose_chair_is_held_is_not_vacant if {
	found(body) == set()
	head({"holders": [{"person": "p-1", "to": "2026-06-15"}]}) == set()
	head({"holders": [{"person": "p-2"}]}) == set()
}

test_a_body_whose_chair_nobody_holds_is_vacant if {
	head({"holders": []}) == without_either
	head({"holders": [{"person": "p-1", "to": "2026-06-14"}]}) == without_either
	head({"holders": [], "vacancy": {"reason": "Recruiting"}}) == set()
	head({"holders": [], "external": true}) == set()
}

test_a_body_without_a_chair_is_vacant_where_nobody_holds_it if {
	given := object.remove(body, ["units"])
	found(object.union(given, {"units": {"board": {"name": "Board"}}})) == empty
	member({"holders": [{"person": "p-1"}]}) == set()
	member({"vacancy": {"reason": "Elections"}}) == set()
}

test_a_body_that_chairs_itself_is_vacant_where_nobody_holds_it if {
	chaired_by("lead") == {object.union(one, {"related": [
		{"path": ["roles", "lead"], "message": "chairs it, and nobody holds that either"},
		told,
	]}) |
		some one in empty
	}
}

test_a_chair_or_unit_that_is_bad_is_for_other_rules if {
	chaired_by("TBD") == set()
	chaired_by("ghost") == set()
	head({"holders": [], "status": "abolished"}) == set()
	member({"unit": "old"}) == set()
	member({"unit": "ghost"}) == set()
}

test_a_post_is_not_answered_for_by_the_chair_of_its_unit if member({"collective": false}) == empty

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	silence(base, {"holders": ["lead"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["roles", "lead"], "fact": "holders", "missing": ["roles", "lead"]}},
	}
	silence(base, {"holders": ["other"]}) == {"findings": empty, "judged": {["roles", "lead"]}, "not_judged": set()}
}

test_a_body_is_vacant_where_both_state_that_nobody_is_there if {
	given := object.union(base, {"roles": {"lead": {"collective": true, "chair": "head"}, "head": {"title": "Head"}}})
	silence(given, {"holders": ["head"]}).not_judged == {{"path": ["roles", "lead"], "fact": "holders", "missing": ["roles", "head"]}}
	silence(given, {"holders": ["lead"]}).not_judged == {{"path": ["roles", "lead"], "fact": "holders", "missing": ["roles", "lead"]}}
	count(silence(given, {}).findings) == 1
	silence(object.union(given, {"roles": {"head": {"everyone": true}}}), {}).findings == set()
}

test_a_class_of_people_is_never_vacant if changed("roles", "lead", {"everyone": true}) == set()
