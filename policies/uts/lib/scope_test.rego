package uts.lib.scope_test

import rego.v1

import data.uts.lib.scope
import data.uts.lib.testing
import data.uts.lib.unit

# agency ─ north ─ north-1, north-2; south (archived) ─ south-1; apart
corpus := testing.corpus({
	"units": {
		"agency": {"name": "Agency"},
		"north": {"name": "North", "parent": "agency"},
		"north-1": {"name": "North 1", "parent": "north"},
		"north-2": {"name": "North 2", "parent": "north"},
		"south": {"name": "South", "parent": "agency", "status": "archived"},
		"south-1": {"name": "South 1", "parent": "south"},
		"apart": {"name": "Apart"},
	},
	"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}},
})

scopes := [
	{},
	{"units": ["agency"]},
	{"units": ["north"]},
	{"units": ["north-1", "north-2"]},
	{"units": ["north-1", "apart"], "vectors": ["travel"]},
	{"units": ["agency", "north"], "vectors": ["online", "travel"]},
	{"vectors": ["online"]},
	{"units": ["south-1", "north"], "vectors": ["online"]},
	{"units": ["south"]},
	{"units": ["nowhere"], "vectors": ["travel"]},
	{"units": ["agency", "apart"]},
]

# Every pair, one by one: what a region means.
pairs(region) := {[id, vector] |
	some id in unit.in_force
	some step in input.units[id].path
	step in region.units
	some vector in region.vectors
}

meant(one) := got if got := pairs(scope.region(one)) with input as corpus

test_an_open_part_is_every_unit_in_force_and_every_vector if {
	meant({}) == {[id, vector] |
		some id in ["agency", "north", "north-1", "north-2", "south-1", "apart"]
		some vector in ["travel", "online"]
	}
}

test_a_unit_stands_for_what_is_below_and_archived_and_unknown_ones_for_nothing if {
	meant({"units": ["agency"], "vectors": ["travel"]}) == {[id, "travel"] |
		some id in ["agency", "north", "north-1", "north-2", "south-1"]
	}
	meant({"units": ["south"]}) == set()
	meant({"units": ["north-1", "nowhere"], "vectors": ["travel", "sound"]}) == {["north-1", "travel"]}
}

test_bad_scopes if {
	bad := [i | some i, one in scopes; scope.bad(one)] with input as corpus
	bad == [8, 9]
	scope.bad({"vectors": ["sound"]}) with input as corpus
}

test_empty_regions if {
	empty := [i | some i, one in scopes; scope.empty(scope.region(one))] with input as corpus
	empty == [8, 9]
	scope.empty(scope.region({"vectors": ["sound"]})) with input as corpus
}

test_an_intersection_holds_the_pairs_of_both if {
	wrong := {[one, other] |
		some one in scopes
		some other in scopes
		both := scope.intersection(scope.region(one), scope.region(other))
		pairs(both) != pairs(scope.region(one)) & pairs(scope.region(other))
	} with input as corpus
	wrong == set()
}

test_a_region_contains_another_where_no_pair_is_outside if {
	wrong := {[one, other] |
		some one in scopes
		some other in scopes
		wide := scope.region(one)
		narrow := scope.region(other)
		not scope.empty(narrow)
		contained := {1 | scope.contains_region(wide, narrow)}
		outside := pairs(narrow) - pairs(wide)
		contained != {1 | count(outside) == 0}
	} with input as corpus
	wrong == set()
}

test_strictly_means_that_something_is_left if {
	strict := {[i, j] |
		some i, one in scopes
		some j, other in scopes
		j in {1, 2, 3}
		scope.strictly_contains(scope.region(one), scope.region(other))
	} with input as corpus
	strict == {[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3], [5, 2], [5, 3], [10, 1], [10, 2], [10, 3]}
}

test_uncovered_is_empty_where_the_covers_hold_every_pair if {
	wrong := {[one, two, three] |
		some one in scopes
		some two in scopes
		some three in scopes
		region := scope.region(one)
		covers := [scope.region(two), scope.region(three)]
		outside := pairs(region) - (pairs(covers[0]) | pairs(covers[1]))
		held := {1 | count(scope.uncovered(region, covers)) == 0}
		held != {1 | count(outside) == 0}
	} with input as corpus
	wrong == set()
}

test_answered_scopes_intersect_where_a_pair_is_left_in_both if {
	wrong := {[one, two, three] |
		some one in scopes
		some two in scopes
		some three in scopes
		first := object.union(scope.region(one), {"without": [scope.region(two)]})
		second := object.union(scope.region(three), {"without": []})
		left := (pairs(scope.region(one)) - pairs(scope.region(two))) & pairs(scope.region(three))
		found := {1 | scope.intersecting(first, second)}
		found != {1 | count(left) > 0}
	} with input as corpus
	wrong == set()
}

test_a_dimension_without_declared_members_has_one_nameless_element if {
	scope.region({}) == {"units": {""}, "vectors": {""}} with input as testing.corpus({})
	scope.empty(scope.region({"units": ["agency"]})) with input as testing.corpus({})
	scope.uncovered(scope.everything, [scope.region({"vectors": ["travel"]})]) == {["", ""]} with input as testing.corpus({})
	scope.uncovered(scope.everything, [scope.everything]) == set() with input as testing.corpus({})
}

test_an_open_scope_is_empty_where_all_units_are_archived if {
	scope.empty(scope.everything) with input as testing.corpus({"units": {"a": {"name": "A", "status": "archived"}}})
}
