package uts.rules.incident["no-line_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.incident.base_test as base
import data.uts.rules.incident["no-line"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

covering(units) := base.changed({"scope": {"units": units}})

told(words, missing) := {{
	"path": ["incidents", "leak"],
	"message": sprintf("there is no line of authority for \"leak\" (Leak) in %s", [words]),
	"related": array.concat(missing, [{"path": ["incident_lines", "l-1"], "message": "covers a part"}]),
}}

itself(id) := {"path": ["units", id, "id"], "message": "not covered itself"}

whole(id) := {"path": ["units", id], "message": "not covered"}

test_silent_where_one_line_is_for_all if {
	found(base.base) == set()
	found(covering(["agency"])) == set()
}

test_fires_where_there_is_no_line if {
	found(base.without("incident_lines")) == {{
		"path": ["incidents", "leak"],
		"message": "there is no line of authority for \"leak\" (Leak)",
	}}
}

test_names_the_smallest_set_of_missing_units if {
	found(covering(["north"])) == told("\"agency\" itself and \"south\"", [itself("agency"), whole("south")])
	found(covering(["port"])) == told("\"agency\" itself, \"north\" itself and \"south\"", [itself("agency"), itself("north"), whole("south")])
	found(covering(["north", "south"])) == told("\"agency\" itself", [itself("agency")])
}

test_lines_cover_together_whatever_their_severity_and_vectors if {
	both := object.union(base.second({"severity": "high", "scope": {"units": ["agency"]}}), {"incident_lines": {"l-1": {"scope": {"units": ["port"]}}}})
	found(both) == set()
	by_vector := object.union(base.base, {"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}}, "incident_lines": {"l-1": {"scope": {"vectors": ["travel"]}}}})
	found(by_vector) == set()
}

test_archived_units_need_no_line if {
	found(object.union(covering(["north"]), {"units": {"agency": {"status": "archived"}, "south": {"status": "archived"}}})) == set()
}

test_silent_where_a_scope_is_bad if {
	found(covering(["north", "suth"])) == set()
	found(object.union(covering(["north"]), {"incident_lines": {"l-1": {"scope": {"vectors": ["travl"]}}}})) == set()
	found(object.union(covering(["north", "south"]), {"units": {"south": {"status": "archived"}}})) == set()
}

test_without_declared_incidents_the_smallest_line_is_told if {
	free := object.remove(object.union(base.second({"scope": {"units": ["port"]}}), {"incident_lines": {"l-1": {"scope": {"units": ["south"]}}}}), ["incidents"])
	found(free) == {{
		"path": ["incident_lines", "l-1"],
		"message": "there is no line of authority for \"leak\" in \"agency\" itself and \"north\" itself",
		"related": [itself("agency"), itself("north"), {"path": ["incident_lines", "l-2"], "message": "covers a part"}],
	}}
}

test_a_line_of_an_unknown_incident_is_passed_over if {
	found(object.union(covering(["agency"]), {"incident_lines": {"l-9": {"incident": "leek", "scope": {"units": ["port"]}}}})) == set()
}

test_silent_where_no_units_are_declared if {
	found(object.remove(covering(["north"]), ["units"])) == set()
	found(base.without("units")) == set()
}
