package uts.rules.training.untrained_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.training.base_test as base
import data.uts.rules.training.untrained as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

unrecorded := base.without("training_records")

untrained := {{
	"path": ["people", "p-1"],
	"message": "P1 (\"p-1\") has no record of \"routes\" (Varying routes), which is mandatory for \"driver\"",
	"related": [{"path": ["roles", "driver"], "message": "held, and the module applies to it"}],
	"key": "routes",
}}

changed(section, id, fields) := object.union(unrecorded, {section: {id: fields}})

test_silent_with_a_record if found(base.base) == set()

test_fires_without_a_record if found(unrecorded) == untrained

test_nobody_has_to_have_completed_what_is_yet_to_begin if {
	found(changed("training", "routes", {"since": "2026-06-16"})) == set()
	found(changed("training", "routes", {"since": "2026-06-15"})) == untrained
}

test_an_expired_record_is_a_record if {
	found(object.union(base.base, {"training_records": {"p-1/routes/2026-01-10": {"expires_on": "2026-02-01"}}})) == set()
}

test_a_completion_to_come_has_not_happened if {
	later := {"training_records": {"p-1/routes/2026-01-10": {"completed_on": "2026-06-16"}}}
	ahead := {"related": [
		{"path": ["roles", "driver"], "message": "held, and the module applies to it"},
		{
			"path": ["training_records", "p-1/routes/2026-01-10"],
			"message": "dated later than the check, so it has not happened",
		},
	]}
	found(object.union(base.base, later)) == {object.union(finding, ahead) | some finding in untrained}
	today := {"training_records": {"p-1/routes/2026-01-10": {"completed_on": "2026-06-15"}}}
	found(object.union(base.base, today)) == set()
}

test_a_module_applies_by_role_and_to_everyone if {
	found(base.relinked(unrecorded, base.for_everyone)) == untrained
	found(base.relinked(unrecorded, base.for_role)) == untrained
}

test_silent_where_the_module_is_not_mandatory if found(changed("training", "routes", {"mandatory": false})) == set()

test_silent_where_the_role_is_not_exposed if found(changed("roles", "driver", {"exposure": ["online"]})) == set()

test_the_holding_must_be_in_force if {
	found(changed("roles", "driver", {"holders": [{"person": "p-1", "to": "2026-06-14"}]})) == set()
	found(changed("roles", "driver", {"holders": [{"person": "p-1", "to": "2026-06-15"}]})) == untrained
	found(changed("roles", "driver", {"holders": [{"person": "p-1", "from": "2026-06-16"}]})) == set()
}

test_an_abolished_and_an_external_role_bind_nobody if {
	found(changed("roles", "driver", {"status": "abolished"})) == set()
	found(changed("roles", "driver", {"external": true})) == set()
}

test_whoever_has_left_or_is_unknown_is_passed_over if {
	found(changed("people", "p-1", {"status": "departed"})) == set()
	found(changed("people", "p-1", {"departed_on": "2026-06-15"})) == set()
	found(changed("people", "p-1", {"status": "on-leave"})) == untrained
	found(object.remove(unrecorded, ["people"])) == set()
}

test_one_finding_for_a_module_through_several_roles if {
	second := {"roles": {"courier": {"title": "Courier", "unit": "agency", "exposure": ["travel"], "holders": [{"person": "p-1"}]}}}
	found(object.union(unrecorded, second)) == {{
		"path": ["people", "p-1"],
		"message": "P1 (\"p-1\") has no record of \"routes\" (Varying routes), which is mandatory for \"courier\" and \"driver\"",
		"related": [
			{"path": ["roles", "courier"], "message": "held, and the module applies to it"},
			{"path": ["roles", "driver"], "message": "held, and the module applies to it"},
		],
		"key": "routes",
	}}
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	silence(unrecorded, {"records": ["p-1"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["people", "p-1"], "fact": "records", "missing": ["people", "p-1"]}},
	}
	silence(unrecorded, {}) == {"findings": untrained, "judged": {["people", "p-1"]}, "not_judged": set()}
}

test_a_class_of_people_in_an_audience_means_everyone if {
	found(base.relinked(changed("roles", "all", {"title": "All", "everyone": true}), {"links": {"modules": {"everyone": [], "role": {"all": ["routes"]}, "vector": {}}}})) == untrained
}
