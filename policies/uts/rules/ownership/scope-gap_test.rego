package uts.rules.ownership["scope-gap_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["scope-gap"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

# agency ─ north ─ north-1, north-2; south ─ south-1
base := {
	"units": {
		"agency": {"name": "Agency"},
		"north": {"name": "North", "parent": "agency"},
		"north-1": {"name": "North 1", "parent": "north"},
		"north-2": {"name": "North 2", "parent": "north"},
		"south": {"name": "South", "parent": "agency"},
		"south-1": {"name": "South 1", "parent": "south"},
	},
	"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency"}, "chief": {"title": "Chief", "unit": "agency"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
}

duty(scope) := {"responsibilities": {"brief": {"scope": scope}}}

assigned(id, scope) := {"assignments": {id: {"responsibility": "brief", "role": "lead", "code": "A", "scope": scope}}}

gap(where, ids, missing) := {{
	"path": ["responsibilities", "brief"],
	"message": sprintf("nobody is accountable for \"brief\" (Brief travellers)%s", [where]),
	"related": array.concat(missing, [{"path": ["assignments", id], "message": "accountable for a part"} | some id in ids]),
}}

itself(id) := {"path": ["units", id, "id"], "message": "not covered itself"}

whole(id) := {"path": ["units", id], "message": "not covered"}

vector(id) := {"path": ["vectors", id], "message": "not covered"}

test_silent_where_the_scopes_are_the_same if {
	found(base) == set()
	found(object.union(base, duty({"units": ["south"]}))) == set()
}

test_silent_where_a_wider_scope_covers_all if {
	found(object.union_n([base, duty({"units": ["north-1"]}), assigned("a", {"units": ["agency"]})])) == set()
	found(object.union_n([base, duty({"units": ["north-1"]}), assigned("a", {"vectors": ["travel", "online"]})])) == set()
}

test_an_open_scope_is_covered_by_the_root_and_by_every_vector if {
	found(object.union(base, assigned("a", {"units": ["agency"], "vectors": ["travel", "online"]}))) == set()
}

test_fires_on_a_missing_branch if {
	found(object.union_n([base, duty({"units": ["north", "south"]}), assigned("a", {"units": ["north"]})])) == gap(" in \"south\"", ["a"], [whole("south")])
}

test_names_the_smallest_set_of_units if {
	found(object.union(base, assigned("a", {"units": ["north"]}))) == gap(" in \"agency\" itself and \"south\"", ["a"], [itself("agency"), whole("south")])
	found(object.union(base, assigned("a", {"units": ["north-1"]}))) == gap(" in \"agency\" itself, \"north\" itself, \"north-2\" and \"south\"", ["a"], [itself("agency"), itself("north"), whole("north-2"), whole("south")])
}

test_two_parts_may_cover_the_whole if {
	both := object.union(assigned("a", {"units": ["north"]}), assigned("b", {"units": ["south"]}))
	found(object.union_n([base, duty({"units": ["north", "south"]}), both])) == set()
	found(object.union(base, both)) == gap(" in \"agency\" itself", ["a", "b"], [itself("agency")])
}

test_vectors_are_part_of_the_pair if {
	found(object.union(base, assigned("a", {"vectors": ["travel"]}))) == gap(" in \"agency\" as far as \"online\" is concerned", ["a"], [whole("agency"), vector("online")])
	both := object.union(
		assigned("a", {"vectors": ["travel"]}),
		assigned("b", {"vectors": ["online"], "units": ["north"]}),
	)
	found(object.union(base, both)) == gap(" in \"agency\" itself and \"south\" as far as \"online\" is concerned", ["a", "b"], [itself("agency"), whole("south"), vector("online")])
	complete := object.union(
		assigned("a", {"vectors": ["travel"]}),
		assigned("b", {"vectors": ["online"]}),
	)
	found(object.union(base, complete)) == set()
}

test_without_units_only_vectors_are_missing if {
	given := object.union(object.remove(base, ["units"]), assigned("a", {"vectors": ["travel"]}))
	found(given) == gap(" as far as \"online\" is concerned", ["a"], [vector("online")])
}

test_archived_units_are_left_out if {
	archived := {"units": {"south": {"status": "archived"}}}
	found(object.union_n([base, archived, assigned("a", {"units": ["north"]})])) == gap(" in \"agency\" itself and \"south-1\"", ["a"], [itself("agency"), whole("south-1")])
	gone := {"units": {"south": {"status": "archived"}, "south-1": {"status": "archived"}}}
	found(object.union_n([base, gone, duty({"units": ["north"]}), assigned("a", {"units": ["north"]})])) == set()
}

test_a_bad_id_of_the_responsibility_is_nothing if {
	found(object.union_n([base, duty({"units": ["north", "gone"]}), assigned("a", {"units": ["north"]})])) == set()
	found(object.union_n([base, duty({"units": ["north", "gone"]}), assigned("a", {"units": ["north-1"]})])) == gap(" in \"north\" itself and \"north-2\"", ["a"], [itself("north"), whole("north-2")])
}

test_silent_where_a_scope_that_would_cover_is_bad if {
	both := object.union(assigned("a", {"units": ["north"]}), assigned("b", {"units": ["suoth"]}))
	found(object.union(base, both)) == set()
}

test_silent_where_unassigned_speaks if {
	found(object.remove(base, ["assignments"])) == set()
	found(object.union_n([base, duty({"units": ["south"]}), assigned("a", {"units": ["north"]})])) == set()
}

test_terms_and_codes_decide_who_covers if {
	both := object.union(assigned("a", {"units": ["north"]}), assigned("b", {}))
	given := object.union_n([base, both])
	found(given) == set()
	found(object.union(given, {"assignments": {"b": {"code": "R"}}})) == gap(" in \"agency\" itself and \"south\"", ["a"], [itself("agency"), whole("south")])
	found(object.union(given, {"assignments": {"b": {"to": "2026-06-14"}}})) == gap(" in \"agency\" itself and \"south\"", ["a"], [itself("agency"), whole("south")])
	found(object.union(given, {"assignments": {"b": {"to": "2026-06-15"}}})) == set()
	found(object.union(given, {"responsibilities": {"brief": {"status": "retired"}}})) == set()
}

test_a_role_that_is_gone_or_a_placeholder_covers if {
	both := object.union(assigned("a", {"units": ["north"]}), assigned("b", {}))
	found(object.union_n([base, both, {"assignments": {"b": {"role": "TBD"}}}])) == set()
	found(object.union_n([base, both, {"assignments": {"b": {"role": "leed"}}}])) == set()
}

test_ten_missing_units_are_named_and_the_rest_counted if {
	many := {"units": {id: {"name": id, "parent": "agency"} | some n in numbers.range(10, 21); id := sprintf("u%d", [n])}}
	given := object.union_n([base, many, assigned("a", {"units": ["north", "south"]})])
	found(given) == gap(
		" in \"agency\" itself, \"u10\", \"u11\", \"u12\", \"u13\", \"u14\", \"u15\", \"u16\", \"u17\", \"u18\" and 3 more",
		["a"],
		array.concat([itself("agency")], [whole(id) | some n in numbers.range(10, 21); id := sprintf("u%d", [n])]),
	)
}
