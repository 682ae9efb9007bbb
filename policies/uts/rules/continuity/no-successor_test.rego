package uts.rules.continuity["no-successor_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.continuity.base_test as base
import data.uts.rules.continuity["no-successor"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

alone := base.changed({"successors": []})

told := {{"path": ["roles", "chief"], "message": "\"chief\" (Chief) names no successor"}}

test_silent_with_a_successor if found(base.base) == set()

test_an_unknown_successor_counts_as_present if found(base.changed({"successors": ["depty"]})) == set()

test_fires_on_posts_in_sight if {
	found(alone) == told
	every fields in base.in_sight {
		found(object.union(alone, {"roles": {"chief": fields}})) == told
	}
}

test_silent_on_posts_out_of_sight if {
	every fields in base.out_of_sight {
		found(object.union(alone, {"roles": {"chief": fields}})) == set()
	}
}

test_a_post_is_in_sight_by_either_reason if {
	ordinary := {"responsibilities": {"command": {"criticality": "high"}}}
	found(object.union(alone, ordinary)) == told
	found(object.union(object.union(alone, ordinary), {"roles": {"chief": {"key": false}}})) == set()
	ended := {"assignments": {"a": {"to": "2026-06-14"}}, "roles": {"chief": {"key": false}}}
	found(object.union(alone, ended)) == set()
}

test_silence_is_not_absence if {
	given := testing.corpus_for("continuity/no-successor", {"depth": 3}, object.union(base.changed({"successors": []}), {"not_stated": {"successors": ["chief"]}}))
	findings := rule.findings with input as given
	judged := rule.judged with input as given
	not_judged := rule.not_judged with input as given
	findings == set()
	judged == set()
	not_judged == {{"path": ["roles", "chief"], "fact": "successors", "missing": ["roles", "chief"]}}
	stated := rule.judged with input as object.union(given, {"not_stated": {"successors": []}})
	stated == {["roles", "chief"]}
}

test_where_nobody_says_who_holds_it_the_seats_decide if {
	unsaid := {"not_stated": {"holders": ["chief"]}}
	found(object.union(alone, unsaid)) == told
	found(object.union(object.union(alone, unsaid), {"roles": {"chief": {"seats": 2}}})) == set()
}
