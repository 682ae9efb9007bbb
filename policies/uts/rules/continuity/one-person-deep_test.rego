package uts.rules.continuity["one-person-deep_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.continuity.base_test as base
import data.uts.rules.continuity["one-person-deep"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

alone := object.union(base.base, {"roles": {"deputy": {"holders": [{"person": "p-1"}]}}})

told(holds, roles) := {{
	"path": ["responsibilities", "command"],
	"message": sprintf("the critical responsibility \"command\" (Command) hangs on P1 (\"p-1\"), who holds %s", [holds]),
	"related": [{"path": ["roles", id], "message": "held by the same person"} | some id in roles],
}}

test_silent_where_the_successor_is_somebody_else if found(base.base) == set()

test_fires_where_one_person_holds_them_all if found(alone) == told("\"chief\" and \"deputy\"", ["chief", "deputy"])

test_vacant_successors_do_not_help if {
	found(object.union(base.base, {"roles": {"deputy": {"holders": []}}})) == told("\"chief\"", ["chief"])
	found(base.changed({"successors": []})) == told("\"chief\"", ["chief"])
	found(base.changed({"successors": ["depty"]})) == told("\"chief\"", ["chief"])
}

test_whoever_does_the_work_counts if {
	doer := {"assignments": {"r": {"responsibility": "command", "role": "doer", "code": "R"}}, "roles": {"doer": {"title": "Doer", "unit": "agency", "holders": [{"person": "p-3"}]}}}
	found(object.union(alone, doer)) == set()
	informed := object.union(doer, {"assignments": {"r": {"code": "I"}}})
	found(object.union(alone, informed)) == told("\"chief\" and \"deputy\"", ["chief", "deputy"])
}

test_the_successors_of_those_who_do_the_work_do_not_count if {
	doer := {"assignments": {"r": {"responsibility": "command", "role": "doer", "code": "R"}}, "roles": {
		"doer": {"title": "Doer", "unit": "agency", "holders": [{"person": "p-1"}], "successors": ["third"]},
		"third": {"title": "Third", "unit": "agency", "holders": [{"person": "p-3"}]},
	}}
	found(object.union(alone, doer)) == told("\"chief\", \"deputy\" and \"doer\"", ["chief", "deputy", "doer"])
}

test_only_critical_and_active_ones if {
	found(object.union(alone, {"responsibilities": {"command": {"criticality": "high"}}})) == set()
	found(object.union(alone, {"responsibilities": {"command": {"status": "retired"}}})) == set()
}

test_silent_where_an_external_role_is_among_them if {
	found(object.union(alone, {"roles": {"deputy": {"external": true}}})) == set()
	found(object.union(alone, {"roles": {"chief": {"external": true}}})) == set()
}

test_a_holder_who_is_unknown_or_has_left_counts_as_somebody_else if {
	found(object.union(alone, {"roles": {"deputy": {"holders": [{"person": "p-9"}]}}})) == set()
	found(object.union(alone, {"people": {"p-1": {"status": "departed"}}})) == set()
}

test_silent_where_nobody_holds_anything if {
	found(object.union(base.changed({"holders": []}), {"roles": {"deputy": {"holders": []}}})) == set()
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

unjudged(fact, missing) := {
	"findings": set(),
	"judged": set(),
	"not_judged": {{"path": ["responsibilities", "command"], "fact": fact, "missing": missing}},
}

test_silence_is_not_absence if {
	silence(alone, {"responsible": ["command"]}) == unjudged("responsible", ["responsibilities", "command"])
	silence(alone, {"successors": ["chief"]}) == unjudged("successors", ["roles", "chief"])
	silence(alone, {"holders": ["deputy"]}) == unjudged("holders", ["roles", "deputy"])
	silence(alone, {}).judged == {["responsibilities", "command"]}
}

test_two_people_settle_it if {
	silence(base.base, {"responsible": ["command"]}) == {
		"findings": set(),
		"judged": {["responsibilities", "command"]},
		"not_judged": set(),
	}
}

test_silent_beside_a_body_or_a_class_of_people if {
	found(object.union(alone, {"roles": {"deputy": {"everyone": true}}})) == set()
	found(object.union(alone, {"roles": {"deputy": {"collective": true}}})) == set()
}
