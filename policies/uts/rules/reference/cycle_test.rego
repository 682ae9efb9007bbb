package uts.rules.reference.cycle_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.reference.cycle as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

units(given, loops) := found({"units": given, "links": {"cycles": {"units": loops}}})

# NOTE: only the kinds of loop that a test gives are there.
test_silent_without_a_loop if units({"a": {"name": "A"}}, []) == set()

test_fires_on_the_smallest_unit if {
	units({"a": {"name": "A", "parent": "b"}, "b": {"name": "B", "parent": "a"}}, [["a", "b"]]) == {{
		"path": ["units", "a", "parent"],
		"message": "\"a\" (A) is its own parent, by way of \"b\"",
		"related": [{"path": ["units", "b"], "message": "in the same loop"}],
		"key": "parent/b",
	}}
}

test_fires_on_an_entry_that_names_itself if {
	units({"a": {"name": "A", "parent": "a"}}, [["a"]]) == {{
		"path": ["units", "a", "parent"],
		"message": "\"a\" (A) is its own parent",
		"related": [],
		"key": "parent/a",
	}}
}

test_what_has_ended_is_passed_over_and_silent_alone if {
	loop := {"a": {"name": "A", "parent": "b", "status": "archived"}, "b": {"name": "B", "parent": "a"}}
	{finding.path | some finding in units(loop, [["a", "b"]])} == {["units", "b", "parent"]}
	units(object.union(loop, {"b": {"status": "archived"}}), [["a", "b"]]) == set()
}

test_fires_on_roles_that_report_in_a_circle if {
	loop := {
		"a": {"title": "A", "reports_to": "b", "status": "abolished"},
		"b": {"title": "B", "reports_to": "c"},
		"c": {"title": "C", "reports_to": "a"},
	}
	found({"roles": loop, "links": {"cycles": {"reports": [["a", "b", "c"]]}}}) == {{
		"path": ["roles", "b", "reports_to"],
		"message": "\"b\" (B) reports to itself, by way of \"a\" and \"c\"",
		"related": [
			{"path": ["roles", "a"], "message": "in the same loop"},
			{"path": ["roles", "c"], "message": "in the same loop"},
		],
		"key": "reports_to/c",
	}}
}

directives(given) := found({"directives": given, "links": {"cycles": {"cites": [["a", "b"]], "supersedes": [["a", "b"]]}}})

test_fires_on_directives_at_the_reference_that_leads_on if {
	loop := {
		"a": {"title": "A", "supersedes": ["x", "b"], "cites": ["y", "z", "b"]},
		"b": {"title": "B", "supersedes": ["a"], "cites": ["a"]},
	}
	related := [{"path": ["directives", "b"], "message": "in the same loop"}]
	directives(loop) == {
		{
			"path": ["directives", "a", "supersedes", 1],
			"message": "\"a\" (A) supersedes itself, by way of \"b\"",
			"related": related,
			"key": "supersedes/b",
		},
		{
			"path": ["directives", "a", "cites", 2],
			"message": "\"a\" (A) cites itself, by way of \"b\"",
			"related": related,
			"key": "cites/b",
		},
	}
}

paths(fields) := {finding.path | some finding in found({"directives": loop, "links": {"cycles": {"cites": [["a", "b"]]}}})} if {
	loop := object.union({"a": {"title": "A", "cites": ["b"]}, "b": {"title": "B", "cites": ["a"]}}, {"a": fields})
}

test_directives_that_are_over_are_passed_over if {
	paths({"status": "rescinded"}) == {["directives", "b", "cites", 0]}
	paths({"status": "superseded"}) == {["directives", "b", "cites", 0]}
	paths({"to": "2026-06-14"}) == {["directives", "b", "cites", 0]}
	paths({"status": "draft"}) == {["directives", "a", "cites", 0]}
}
