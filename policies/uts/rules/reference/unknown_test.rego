package uts.rules.reference.unknown_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.reference.unknown as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

# Everything that can refer to something, and refers to what is there.
base := {
	"units": {"agency": {"name": "Agency", "chair": "lead"}, "north": {
		"name": "North", "parent": "agency",
		"stakeholders": ["agency", "lead"],
	}},
	"people": {"p-1": {"name": "P1"}},
	"authorities": {"declare": {"title": "Declare"}},
	"vectors": {"travel": {"title": "Travel"}},
	"roles": {
		"lead": {
			"title": "Lead", "unit": "agency", "reports_to": "chief", "exposure": ["travel"], "successors": ["chief"],
			"incompatible_with": ["chief"], "eligibility": {"roles": ["chief"], "training": ["course"]},
			"holders": [{"person": "p-1"}],
			"authorities": [{"authority": "declare", "scope": {"units": ["north"], "vectors": ["travel"]}}],
		},
		"chief": {"title": "Chief", "unit": "agency"},
	},
	"delegations": {"d": {
		"delegator": "chief", "delegate": "lead", "authorities": ["declare"],
		"scope": {"units": ["north"], "vectors": ["travel"]},
	}},
	"responsibilities": {
		"brief": {
			"statement": "Brief travellers", "scope": {"units": ["north"], "vectors": ["travel"]}, "requires": ["declare"],
			"criteria": ["a law that nobody declared"], "reviews": ["warn"],
			"joint_accountability": {"reason": "Two chiefs", "approved_by": "chief"},
		},
		"warn": {"statement": "Warn"},
	},
	"assignments": {"a": {
		"responsibility": "brief", "role": "lead", "code": "A",
		"scope": {"units": ["north"], "vectors": ["travel"]},
	}},
	"directives": {
		"order": {
			"title": "Order", "topic": "any", "owner": "lead", "scope": {"units": ["north"], "vectors": ["travel"]},
			"supersedes": ["old"], "cites": ["old"], "assigns": [{"responsibility": "brief", "role": "lead"}],
		},
		"old": {"title": "Old", "status": "superseded"},
	},
	"obligations": {"o": {"directive": "order", "text": "Shall", "responsibilities": ["brief"]}},
	"training": {"course": {"title": "Course", "owner": "lead", "audience": {"roles": ["lead"], "exposure": ["travel"]}}},
	"training_records": {"r": {"person": "p-1", "module": "course", "completed_on": "2026-01-01"}},
	"incidents": {"breach": {"title": "Breach"}},
	"incident_lines": {
		"line": {
			"incident": "breach", "severity": "any", "declare": "lead", "command": "chief", "escalate_to": "above",
			"notify": ["lead"], "scope": {"units": ["north"], "vectors": ["travel"]},
		},
		"above": {"incident": "breach"},
	},
	"assessments": {"study": {"title": "Study"}},
	"vulnerabilities": {"v": {
		"title": "V", "assessment": "study", "vectors": ["travel"], "owner": "lead",
		"actions": ["do"],
	}},
	"actions": {"do": {"title": "Do", "owner": "lead", "requires": ["declare"]}},
	"recommendations": {"rec": {"report": "25-065", "text": "Do", "owner": "lead"}},
	"waivers": {"w": {"rule": "no/rule", "subject": "no/thing", "approved_by": "nobody"}},
}

# Where each reference stands, by section, id and place, and what a message calls its target.
places := [
	["units", "agency", ["chair"], "role", "roles"],
	["units", "north", ["parent"], "unit", "units"],
	["units", "north", ["stakeholders", 0], "role or unit", "roles"],
	["roles", "lead", ["unit"], "unit", "units"],
	["roles", "lead", ["reports_to"], "role", "roles"],
	["roles", "lead", ["exposure", 0], "vector", "vectors"],
	["roles", "lead", ["successors", 0], "role", "roles"],
	["roles", "lead", ["incompatible_with", 0], "role", "roles"],
	["roles", "lead", ["eligibility", "roles", 0], "role", "roles"],
	["roles", "lead", ["eligibility", "training", 0], "training module", "training"],
	["roles", "lead", ["holders", 0, "person"], "person", "people"],
	["roles", "lead", ["authorities", 0, "authority"], "authority", "authorities"],
	["roles", "lead", ["authorities", 0, "scope", "units", 0], "unit", "units"],
	["roles", "lead", ["authorities", 0, "scope", "vectors", 0], "vector", "vectors"],
	["delegations", "d", ["delegator"], "role", "roles"],
	["delegations", "d", ["delegate"], "role", "roles"],
	["delegations", "d", ["authorities", 0], "authority", "authorities"],
	["delegations", "d", ["scope", "units", 0], "unit", "units"],
	["delegations", "d", ["scope", "vectors", 0], "vector", "vectors"],
	["responsibilities", "brief", ["scope", "units", 0], "unit", "units"],
	["responsibilities", "brief", ["scope", "vectors", 0], "vector", "vectors"],
	["responsibilities", "brief", ["requires", 0], "authority", "authorities"],
	["responsibilities", "brief", ["reviews", 0], "responsibility", "responsibilities"],
	["responsibilities", "brief", ["joint_accountability", "approved_by"], "role", "roles"],
	["assignments", "a", ["responsibility"], "responsibility", "responsibilities"],
	["assignments", "a", ["role"], "role", "roles"],
	["assignments", "a", ["scope", "units", 0], "unit", "units"],
	["assignments", "a", ["scope", "vectors", 0], "vector", "vectors"],
	["directives", "order", ["owner"], "role", "roles"],
	["directives", "order", ["scope", "units", 0], "unit", "units"],
	["directives", "order", ["scope", "vectors", 0], "vector", "vectors"],
	["directives", "order", ["supersedes", 0], "directive", "directives"],
	["directives", "order", ["cites", 0], "directive", "directives"],
	["directives", "order", ["assigns", 0, "responsibility"], "responsibility", "responsibilities"],
	["directives", "order", ["assigns", 0, "role"], "role", "roles"],
	["obligations", "o", ["directive"], "directive", "directives"],
	["obligations", "o", ["responsibilities", 0], "responsibility", "responsibilities"],
	["training", "course", ["owner"], "role", "roles"],
	["training", "course", ["audience", "roles", 0], "role", "roles"],
	["training", "course", ["audience", "exposure", 0], "vector", "vectors"],
	["training_records", "r", ["person"], "person", "people"],
	["training_records", "r", ["module"], "training module", "training"],
	["incident_lines", "line", ["incident"], "type of incident", "incidents"],
	["incident_lines", "line", ["declare"], "role", "roles"],
	["incident_lines", "line", ["command"], "role", "roles"],
	["incident_lines", "line", ["escalate_to"], "incident line", "incident_lines"],
	["incident_lines", "line", ["notify", 0], "role", "roles"],
	["incident_lines", "line", ["scope", "units", 0], "unit", "units"],
	["incident_lines", "line", ["scope", "vectors", 0], "vector", "vectors"],
	["vulnerabilities", "v", ["assessment"], "assessment", "assessments"],
	["vulnerabilities", "v", ["vectors", 0], "vector", "vectors"],
	["vulnerabilities", "v", ["owner"], "role", "roles"],
	["vulnerabilities", "v", ["actions", 0], "action", "actions"],
	["actions", "do", ["owner"], "role", "roles"],
	["actions", "do", ["requires", 0], "authority", "authorities"],
	["recommendations", "rec", ["owner"], "role", "roles"],
]

sound := testing.corpus(base)

# The base with another id at one place; links stay as they were.
broken(place, value) := json.patch(sound, [{
	"op": "replace",
	"path": array.concat([place[0], place[1]], place[2]),
	"value": value,
}])

found_with(place, value) := got if got := rule.findings with input as broken(place, value)

expected(place, value) := {{
	"path": array.concat([place[0], place[1]], place[2]),
	"message": sprintf("\"%s\" names no %s", [value, place[3]]),
	"cause": concat("/", [place[4], value]),
	"key": concat("/", array.concat([step | some step in place[2]; is_string(step)], [value])),
}}

test_silent_where_all_is_declared if found(base) == set()

test_fires_at_every_place if {
	every place in places {
		found_with(place, "gone") == expected(place, "gone")
	}
}

owners := {
	"units/agency/chair", "assignments/a/role", "directives/order/owner", "training/course/owner",
	"vulnerabilities/v/owner", "actions/do/owner", "recommendations/rec/owner", "incident_lines/line/declare",
	"incident_lines/line/command", "roles/lead/holders/person",
}

test_a_placeholder_is_passed_over_in_an_owners_place_only if {
	passed := {name |
		some place in places
		found_with(place, " TBD") == set()
		name := concat("/", [step | some step in array.concat([place[0], place[1]], place[2]); is_string(step)])
	}
	passed == owners
}

test_what_has_ended_is_silent if {
	ended := {
		"units": {"status": "archived"},
		"roles": {"status": "abolished"},
		"delegations": {"to": "2026-06-14"},
		"responsibilities": {"status": "retired"},
		"assignments": {"to": "2026-06-14"},
		"directives": {"status": "rescinded"},
		"actions": {"status": "done"},
		"recommendations": {"status": "closed"},
	}
	told := {place[0] |
		some place in places
		given := broken(place, "gone")
		over := object.union(given, {place[0]: {place[1]: object.get(ended, place[0], {})}})
		findings := rule.findings with input as over
		count([1 | some finding in findings; finding.cause == sprintf("%s/gone", [place[4]])]) > 0
	}
	told == {"obligations", "training", "training_records", "incident_lines", "vulnerabilities"}
}

changed(section, id, fields) := found(object.union(base, {section: {id: fields}}))

test_other_ways_to_end if {
	changed("directives", "order", {"owner": "gone", "to": "2026-06-14"}) == set()
	changed("directives", "order", {"owner": "gone", "status": "superseded"}) == set()
	changed("delegations", "d", {"delegate": "gone", "rescinded_on": "2026-06-15"}) == set()
	count(changed("delegations", "d", {"delegate": "gone", "rescinded_on": "2026-06-16"})) == 1
	changed("roles", "lead", {"holders": [{"person": "gone", "to": "2026-06-14"}]}) == set()
	count(changed("roles", "lead", {"holders": [{"person": "gone", "to": "2026-06-15"}]})) == 1
	changed("roles", "lead", {"authorities": [{"authority": "gone", "to": "2026-06-14"}]}) == set()
	changed("roles", "lead", {"authorities": [{
		"authority": "declare", "scope": {"units": ["gone"]},
		"to": "2026-06-14",
	}]}) == set()
	found(object.union(base, {
		"responsibilities": {"brief": {"status": "retired"}},
		"assignments": {"a": {"role": "gone"}},
		"directives": {"order": {"assigns": []}},
	})) == set()
}

test_what_has_not_begun_is_checked if {
	count(changed("assignments", "a", {"role": "gone", "from": "2026-06-16"})) == 1
	count(changed("directives", "order", {"owner": "gone", "status": "draft"})) == 1
	count(changed("roles", "lead", {"holders": [{"person": "gone", "from": "2026-06-16"}]})) == 1
}

test_the_nearest_id_is_suggested if {
	given := object.union(base, {
		"assignments": {"a": {"role": "laed"}},
		"links": {"nearest": {"roles": {"laed": "lead"}}},
	})
	{finding.message | some finding in found(given)} == {"\"laed\" names no role; did you mean \"lead\"?"}
}

called := {"p-1": [["people", "p-1"]], "north": [["units", "north"]], "The Lead": [["roles", "lead"]]}

assigned_called(role) := {finding.message |
	some finding in found(object.union(base, {
		"assignments": {"a": {"role": role}},
		"links": {"called": called},
	}))
}

test_what_an_id_is_called_now_is_told if {
	given := object.union(base, {
		"assignments": {"a": {"role": "boss"}},
		"links": {"former_names": {"roles": {"boss": "lead"}}},
	})
	{finding.message | some finding in found(given)} == {"\"boss\" names no role: it is called \"lead\" now"}
}

test_a_person_or_a_unit_in_the_place_of_a_role_is_told_as_such if {
	assigned_called("p-1") == {"\"p-1\" names no role: it is the person \"p-1\", and persons answer through the roles that they hold"}
	assigned_called("north") == {"\"north\" names no role: it is the unit \"north\", and units answer through the roles in them"}
	assigned_called("The Lead") == {"\"The Lead\" names no role; did you mean \"lead\"?"}
	held := {finding.message | some finding in found(object.union(base, {"roles": {"lead": {"holders": [{"person": "north"}]}}, "links": {"called": called}}))}
	held == {"\"north\" names no person"}
}

test_a_stakeholder_is_told_after_its_nearest if {
	stakeholder := object.union(base, {"units": {"north": {"stakeholders": ["nroth"]}}})
	given := object.union(stakeholder, {"links": {"nearest": {"units": {"nroth": "north"}, "roles": {}}}})
	found(given) == {{
		"path": ["units", "north", "stakeholders", 0],
		"message": "\"nroth\" names no role or unit; did you mean \"north\"?",
		"cause": "units/nroth",
		"key": "stakeholders/nroth",
	}}
	{finding.cause | some finding in found(stakeholder)} == {"roles/nroth"}
}

told(links) := {[finding.cause, finding.message] | some finding in found(object.union(base, {
	"units": {"north": {"stakeholders": ["Head Office"]}},
	"links": links,
}))}

test_a_stakeholder_is_meant_by_what_it_is_called if {
	told({"called": {"Head Office": [["units", "agency"]]}}) == {[
		"units/Head Office",
		"\"Head Office\" names no role or unit; did you mean \"agency\"?",
	]}
	told({"called": {"Head Office": [["roles", "lead"], ["units", "agency"]]}}) == {[
		"roles/Head Office",
		"\"Head Office\" names no role or unit; did you mean \"agency\" or \"lead\"?",
	]}
	told({"called": {"Head Office": [["people", "p-1"]]}}) == {[
		"roles/Head Office",
		"\"Head Office\" names no role or unit: it is the person \"p-1\", and persons answer through the roles that they hold",
	]}
	told({"former_names": {"units": {"Head Office": "agency"}}}) == {[
		"units/Head Office",
		"\"Head Office\" names no role or unit: it is called \"agency\" now",
	]}
}

test_an_id_named_twice_in_a_list_is_told_once if {
	paths := {finding.path | some finding in changed("roles", "lead", {"successors": ["chief", "gone", "gone"]})}
	paths == {["roles", "lead", "successors", 1]}
}

test_two_ids_of_one_list_are_two_findings if {
	keys := {finding.key | some finding in changed("roles", "lead", {"successors": ["gone", "too"]})}
	keys == {"successors/gone", "successors/too"}
}

test_codes_of_one_list_are_told_on_the_first if {
	given := object.union(base, {
		"assignments": {
			"a": {"role": "gone"},
			"b": {"responsibility": "brief", "role": "gone", "code": "R"},
		},
		"links": {"written_together": {"a": ["b", "a"], "b": ["b", "a"]}},
	})
	{finding.path | some finding in found(given)} == {["assignments", "b", "role"]}
}

test_a_scope_that_is_taken_over_is_told_where_it_is_written if {
	given := object.union(object.remove(base, ["assignments"]), {
		"responsibilities": {"brief": {"scope": {"units": ["gone"]}}},
		"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
	})
	{finding.path | some finding in found(given)} == {["responsibilities", "brief", "scope", "units", 0]}
}

test_types_of_incident_are_free_where_none_is_declared if {
	given := object.union(object.remove(base, ["incidents"]), {"incident_lines": {"line": {"incident": "whatever"}}})
	found(given) == set()
}
