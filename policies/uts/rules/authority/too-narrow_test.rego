package uts.rules.authority["too-narrow_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.authority.base_test as base
import data.uts.rules.authority["too-narrow"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

narrow(where) := {{
	"path": ["responsibilities", "shield", "requires", 0],
	"message": sprintf("\"shield\" (Shield rooms) requires \"commit-funds\" (Commit funds), which \"chief\" (Chief) does not hold over all that it answers for%s", [where]),
	"related": [{"path": ["assignments", "a"], "message": "answers for more"}],
	"key": "chief/commit-funds",
}}

vectors := {"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}}}

test_silent_where_it_is_held_everywhere if found(base.base) == set()

test_silent_where_it_is_not_held_at_all if found(base.without_grants) == set()

test_fires_where_it_is_held_in_a_part if {
	found(base.granted([{"units": ["north"], "via": []}])) == narrow(", such as in \"agency\"")
	found(object.union(base.granted([{"units": [], "via": []}]), {"responsibilities": {"shield": {"scope": {"units": ["south"]}}}})) == narrow(", such as in \"south\"")
}

test_grants_add_up if {
	found(base.granted([{"units": ["north"], "via": []}, {"units": ["agency"], "via": ["d"]}])) == set()
	split := [{"vectors": ["travel"], "via": []}, {"vectors": ["online"], "via": []}]
	found(object.union(base.granted(split), vectors)) == set()
}

test_vectors_count if {
	found(object.union(base.granted([{"vectors": ["travel"], "via": []}]), vectors)) == narrow(", such as in \"agency\", as far as \"online\" is concerned")
}

test_without_units_and_vectors_nothing_can_be_named if {
	bare := object.remove(base.granted([{"units": ["north"], "via": []}]), ["units"])
	found(bare) == narrow("")
}

test_only_what_it_answers_for_counts if {
	part := {"responsibilities": {"shield": {"scope": {"units": ["north"]}}}}
	found(object.union(base.granted([{"units": ["north"], "via": []}]), part)) == set()
	override := {
		"assignments": {"b": {"responsibility": "shield", "role": "head", "code": "A", "scope": {"units": ["south"]}, "overrides": true}},
		"responsibilities": {"shield": {"scope": {"units": ["north", "south"]}}},
		"roles": {"head": {"external": true}},
	}
	found(object.union(base.granted([{"units": ["north"], "via": []}]), override)) == set()
}

test_silent_where_a_scope_on_the_way_is_bad if {
	doubtful := object.union(base.granted([{"units": ["north"], "via": []}]), {"links": {"grants_over_bad_scopes": {"chief": ["commit-funds"]}}})
	found(doubtful) == set()
}

test_external_roles_are_not_asked if {
	found(object.union(base.granted([{"units": ["north"], "via": []}]), {"roles": {"chief": {"external": true}}})) == set()
}
