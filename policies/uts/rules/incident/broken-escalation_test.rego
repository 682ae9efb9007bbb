package uts.rules.incident["broken-escalation_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.incident.base_test as base
import data.uts.rules.incident["broken-escalation"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

low := base.changed({"command": "head"})

ends := {{
	"path": ["incident_lines", "l-1"],
	"message": "the line \"l-1\" of \"leak\" escalates to nobody, and its commander \"head\" (Head) sits in \"north\" (North), which is not at the top",
	"related": [{"path": ["roles", "head", "unit"], "message": "not at the top"}],
}}

looped := object.union(
	base.second({"escalate_to": "l-1"}),
	{"incident_lines": {"l-1": {"escalate_to": "l-2"}}, "links": {"cycles": {"escalation": [["l-1", "l-2"]]}}},
)

loop := {{
	"path": ["incident_lines", "l-1", "escalate_to"],
	"message": "the lines \"l-1\" and \"l-2\" escalate to each other, and to nobody else",
	"related": [{"path": ["incident_lines", "l-2", "escalate_to"], "message": "in the same loop"}],
}}

test_silent_where_the_commander_is_at_the_top if found(base.base) == set()

test_fires_where_the_commander_is_not if found(low) == ends

test_silent_where_it_escalates if {
	found(object.union(low, {"incident_lines": {"l-1": {"escalate_to": "l-2"}, "l-2": {"incident": "leak", "command": "chief"}}})) == set()
	found(object.union(low, {"incident_lines": {"l-1": {"escalate_to": "l-9"}}})) == set()
}

test_fires_on_a_loop if {
	found(looped) == loop
	itself := object.union(base.changed({"escalate_to": "l-1"}), {"links": {"cycles": {"escalation": [["l-1"]]}}})
	found(itself) == {{
		"path": ["incident_lines", "l-1", "escalate_to"],
		"message": "the line \"l-1\" escalates to itself",
		"related": [],
	}}
}

test_a_loop_that_reaches_an_external_commander_is_good if {
	found(object.union(looped, {"roles": {"head": {"external": true}}})) == set()
	found(object.union(looped, {"roles": {"head": {"external": true, "status": "abolished"}}})) == loop
}

test_silent_where_the_commander_cannot_be_placed if {
	found(base.changed({"command": "hed"})) == set()
	found(object.union(low, {"roles": {"head": {"status": "abolished"}}})) == set()
	found(object.union(low, {"roles": {"head": {"external": true}}})) == set()
	found(object.union(low, {"roles": {"head": {"unit": "nort"}}})) == set()
	found(object.union(low, {"units": {"north": {"status": "archived"}}})) == set()
	found(object.union(low, {"units": {"agency": {"parent": "nowhere"}}})) == set()
	found(object.remove(low, ["units"])) == set()
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	silence(low, {"escalation": ["l-1"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["incident_lines", "l-1"], "fact": "escalation", "missing": ["incident_lines", "l-1"]}},
	}
	silence(low, {}) == {"findings": ends, "judged": {["incident_lines", "l-1"]}, "not_judged": set()}
	silence(base.base, {"escalation": ["l-1"]}) == {"findings": set(), "judged": {["incident_lines", "l-1"]}, "not_judged": set()}
}
