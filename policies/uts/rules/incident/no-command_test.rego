package uts.rules.incident["no-command_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.incident.base_test as base
import data.uts.rules.incident["no-command"] as rule

found_with(authority, given) := got if {
	got := rule.findings with input as testing.corpus_for("incident/no-command", {"authority": authority}, given)
}

found(given) := found_with("declare-incident", given)

absent(field, verb) := {
	"path": ["incident_lines", "l-1"],
	"message": sprintf("nobody %s on the line \"l-1\" of \"leak\"", [verb]),
	"key": field,
}

vacant(field, verb) := {
	"path": ["incident_lines", "l-1", field],
	"message": sprintf("\"chief\" (Chief), who %s on the line \"l-1\" of \"leak\", is vacant", [verb]),
	"related": [{"path": ["roles", "chief"], "message": "vacant"}],
	"cause": "roles/chief",
	"key": field,
}

powerless := {
	"path": ["incident_lines", "l-1", "declare"],
	"message": "\"head\" (Head) declares on the line \"l-1\" of \"leak\", and does not hold \"declare-incident\" (Declare an incident)",
	"related": [{"path": ["roles", "head"], "message": "declares, and without it"}],
	"cause": "roles/head",
	"key": "authority",
}

line(fields) := object.union(base.without("incident_lines"), {"incident_lines": {"l-1": object.union({"incident": "leak"}, fields)}})

test_silent_where_somebody_declares_and_commands if found(base.base) == set()

test_fires_where_nobody_does if {
	found(line({"command": "chief"})) == {absent("declare", "declares")}
	found(line({"declare": "chief"})) == {absent("command", "commands")}
	found(line({})) == {absent("declare", "declares"), absent("command", "commands")}
}

test_fires_where_the_role_is_vacant if {
	nobody := {"roles": {"chief": {"holders": []}}}
	found(object.union(base.base, nobody)) == {vacant("declare", "declares"), vacant("command", "commands")}
	ended := {"roles": {"chief": {"holders": [{"person": "p-1", "to": "2026-06-14"}]}}}
	found(object.union(base.base, ended)) == {vacant("declare", "declares"), vacant("command", "commands")}
	last := {"roles": {"chief": {"holders": [{"person": "p-1", "to": "2026-06-15"}]}}}
	found(object.union(base.base, last)) == set()
}

test_a_deliberate_vacancy_is_none if {
	found(object.union(base.base, {"roles": {"chief": {"holders": [], "vacancy": {"reason": "Saved"}}}})) == set()
}

test_fires_where_the_declarer_may_not_declare if {
	found(base.changed({"declare": "head"})) == {powerless}
	found(base.changed({"command": "head"})) == set()
}

test_the_authority_is_configured_and_must_be_declared if {
	found_with("ring-the-bell", base.changed({"declare": "head"})) == set()
	found(object.remove(base.changed({"declare": "head"}), ["authorities"])) == set()
	bell := object.union(base.base, {"authorities": {"ring-the-bell": {"title": "Ring the bell"}}})
	some got in found_with("ring-the-bell", bell)
	got.key == "authority"
}

test_unknown_abolished_and_placeholder_roles_count_as_present if {
	found(line({"declare": "TBD", "command": "chif"})) == set()
	found(object.union(base.changed({"declare": "head", "command": "head"}), {"roles": {"head": {"status": "abolished"}}})) == set()
}

test_external_roles_are_not_asked if {
	elsewhere := {"roles": {"head": {"external": true, "holders": []}}}
	found(object.union(base.changed({"declare": "head", "command": "head"}), elsewhere)) == set()
}

test_silent_where_the_authority_might_come_by_a_way_on_which_something_is_bad if {
	given := line({"declare": "head", "command": "chief"})
	found(object.union(given, {"links": {"grants_over_bad_scopes": {"head": ["declare-incident"]}}})) == set()
	found(object.union(given, {"links": {"grants_over_bad_scopes": {"head": ["direct-units"]}}})) == {powerless}
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus_for("incident/no-command", {"authority": "declare-incident"}, object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	empty := object.union(base.base, {"roles": {"chief": {"holders": []}}})
	silence(empty, {"holders": ["chief"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["incident_lines", "l-1"], "fact": "holders", "missing": ["roles", "chief"]}},
	}
	declared := base.changed({"declare": "head"})
	silence(declared, {"grants": ["head"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["incident_lines", "l-1"], "fact": "grants", "missing": ["roles", "head"]}},
	}
	silence(declared, {}) == {"findings": {powerless}, "judged": {["incident_lines", "l-1"]}, "not_judged": set()}
	silence(base.base, {}) == {"findings": set(), "judged": {["incident_lines", "l-1"]}, "not_judged": set()}
}

test_it_has_one_cause_with_the_grant_that_ended if {
	lapsed := {"delegations": {"d": {"delegator": "chief", "delegate": "head", "authorities": ["declare-incident"]}}, "roles": {"chief": {"authorities": [{"authority": "declare-incident", "to": "2026-06-14"}]}}}
	given := object.union(object.remove(base.changed({"declare": "head"}), ["links"]), lapsed)
	found(given) == {object.union(powerless, {"cause": "roles/chief"})}
}

test_a_class_of_people_is_not_asked if {
	found(object.union(base.changed({"declare": "head"}), {"roles": {"head": {"everyone": true}}})) == set()
}
