package uts.rules.staffing["below-minimum_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing["below-minimum"] as rule

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

base := {
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2", "status": "departed"}},
	"roles": {"chairs": {"title": "Chairs", "seats": 2, "minimum": 2, "holders": [{"person": "p-1", "kind": "acting", "share": 500000000}]}},
}

changed(fields) := silence(object.union(base, {"roles": {"chairs": fields}}), {}).findings

told(number, related) := {{
	"path": ["roles", "chairs", "minimum"],
	"message": sprintf("\"chairs\" (Chairs) needs 2 holders and has %v", [number]),
	"related": [{"path": ["roles", "chairs", "holders", i], "message": "holds it"} | some i in related],
}}

test_fires_below_the_minimum if {
	silence(base, {}) == {"findings": told(1, [0]), "judged": {["roles", "chairs"]}, "not_judged": set()}
}

test_people_are_counted_whoever_they_are_and_once if {
	changed({"holders": [{"person": "p-1"}, {"person": "p-2"}]}) == set()
	changed({"holders": [{"person": "p-1"}, {"person": "TBD"}]}) == set()
	changed({"holders": [{"person": "p-1"}, {"person": "p-1", "kind": "acting"}]}) == told(1, [0, 1])
	changed({"holders": [{"person": "p-1"}, {"person": "p-2", "to": "2026-06-14"}]}) == told(1, [0])
}

test_silent_where_it_is_vacant_or_means_to_be if {
	changed({"holders": []}) == set()
	changed({"vacancy": {"reason": "Recruiting"}}) == set()
}

test_a_body_whose_chair_is_there_is_not_vacant if {
	body := {"roles": {
		"chairs": {"title": "Chairs", "collective": true, "chair": "head", "minimum": 2},
		"head": {"title": "Head", "holders": [{"person": "p-1"}]},
	}}
	silence(body, {}).findings == told(0, [])
}

test_only_posts_of_this_organisation if {
	changed({"external": true}) == set()
	changed({"status": "abolished"}) == set()
	changed({"minimum": 1}) == set()
}

test_silence_is_not_absence if {
	unsaid := {"roles": {"chairs": {"title": "Chairs", "minimum": 2, "seats": 2}}}
	silence(unsaid, {"holders": ["chairs"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["roles", "chairs"], "fact": "holders", "missing": ["roles", "chairs"]}},
	}
}
