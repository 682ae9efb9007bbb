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
