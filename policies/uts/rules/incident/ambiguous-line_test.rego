package uts.rules.incident["ambiguous-line_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.incident["ambiguous-line"] as rule
import data.uts.rules.incident.base_test as base

found(given) := got if got := rule.findings with input as testing.corpus(given)

told := {{
	"path": ["incident_lines", "l-2"],
	"message": "\"l-1\" and \"l-2\" put \"chief\" (Chief) and \"head\" (Head) in command of the same incident",
	"related": [{"path": ["incident_lines", "l-1", "command"], "message": "another commander"}],
	"key": "l-1",
}}

scoped(one, other) := object.union(base.second({"scope": other}), {"incident_lines": {"l-1": {"scope": one}}})

test_fires_on_the_greater_id if found(base.second({})) == told

test_silent_with_one_commander if found(base.second({"command": "chief"})) == set()

test_silent_for_another_incident_or_severity if {
	found(base.second({"incident": "theft"})) == set()
	found(base.second({"severity": "high"})) == set()
	found(object.union(base.second({"severity": "high"}), {"incident_lines": {"l-1": {"severity": "high"}}})) == told
}

test_a_strictly_narrower_scope_is_an_exception_to_the_wider_one if {
	found(scoped({"units": ["agency"]}, {"units": ["north"]})) == set()
	found(scoped({"units": ["port"]}, {"units": ["north"]})) == set()
	found(scoped({"units": ["north"]}, {"units": ["north"]})) == told
	found(scoped({"units": ["north"]}, {"units": ["south"]})) == set()
	found(scoped({"units": ["north", "south"]}, {"units": ["port", "agency"]})) == set()
}

test_scopes_that_cross_each_other_are_ambiguous if {
	vectors := {"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}}}
	found(object.union(scoped({"units": ["north"]}, {"vectors": ["travel"]}), vectors)) == told
}

test_only_living_commanders if {
	found(base.second({"command": "TBD"})) == set()
	found(object.union(base.second({}), {"roles": {"head": {"status": "abolished"}}})) == set()
	found(object.union(base.second({}), {"roles": {"chief": {"status": "abolished"}}})) == set()
	found(object.union(base.second({}), {"roles": {"head": {"external": true}}})) == told
}
