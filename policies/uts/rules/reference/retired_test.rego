package uts.rules.reference.retired_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.reference.retired as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {
		"agency": {"name": "Agency"},
		"old-unit": {"name": "Old unit", "status": "archived"},
		"north": {"name": "North", "parent": "agency"},
	},
	"people": {"p-1": {"name": "P1"}},
	"roles": {
		"lead": {"title": "Lead", "unit": "agency"},
		"old-post": {"title": "Old post", "unit": "agency", "status": "abolished"},
	},
	"responsibilities": {
		"brief": {"statement": "Brief travellers"},
		"old-duty": {"statement": "Old duty", "status": "retired"},
	},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
}

changed(section, id, fields) := found(object.union(base, {section: {id: fields}}))

told(path, target, message) := {{
	"path": path,
	"message": message,
	"related": [{"path": target, "message": "ended here"}],
	"cause": concat("/", target),
	"key": concat("/", array.concat([step | some i, step in path; i > 1; is_string(step)], [target[1]])),
}}

post(path) := told(path, ["roles", "old-post"], "\"old-post\" (Old post) was abolished")

unit(path) := told(path, ["units", "old-unit"], "\"old-unit\" (Old unit) is archived")

duty(path) := told(path, ["responsibilities", "old-duty"], "\"old-duty\" (Old duty) is retired")

test_silent_where_all_is_in_force if found(base) == set()

test_fires_on_roles if {
	changed("units", "north", {"chair": "old-post"}) == post(["units", "north", "chair"])
	changed("units", "north", {"stakeholders": ["old-post"]}) == post(["units", "north", "stakeholders", 0])
	changed("roles", "lead", {"reports_to": "old-post"}) == post(["roles", "lead", "reports_to"])
	changed("roles", "lead", {"successors": ["old-post"]}) == post(["roles", "lead", "successors", 0])
	changed("roles", "lead", {"eligibility": {"roles": ["old-post"]}}) == post(["roles", "lead", "eligibility", "roles", 0])
	changed("assignments", "a", {"role": "old-post"}) == post(["assignments", "a", "role"])
	changed("directives", "x", {"owner": "old-post"}) == post(["directives", "x", "owner"])
	changed("directives", "x", {"assigns": [{"responsibility": "brief", "role": "old-post"}]}) == post(["directives", "x", "assigns", 0, "role"])
	changed("training", "x", {"owner": "old-post"}) == post(["training", "x", "owner"])
	changed("training", "x", {"audience": {"roles": ["old-post"]}}) == post(["training", "x", "audience", "roles", 0])
	changed("vulnerabilities", "x", {"owner": "old-post"}) == post(["vulnerabilities", "x", "owner"])
	changed("actions", "x", {"owner": "old-post"}) == post(["actions", "x", "owner"])
	changed("recommendations", "x", {"owner": "old-post"}) == post(["recommendations", "x", "owner"])
	line := {"incident": "any"}
	changed("incident_lines", "x", object.union(line, {"declare": "old-post"})) == post(["incident_lines", "x", "declare"])
	changed("incident_lines", "x", object.union(line, {"command": "old-post"})) == post(["incident_lines", "x", "command"])
	changed("incident_lines", "x", object.union(line, {"notify": ["old-post"]})) == post(["incident_lines", "x", "notify", 0])
}

test_fires_on_both_ends_of_a_delegation if {
	changed("delegations", "x", {"delegator": "old-post", "delegate": "lead"}) == post(["delegations", "x", "delegator"])
	changed("delegations", "x", {"delegator": "lead", "delegate": "old-post"}) == post(["delegations", "x", "delegate"])
}

test_fires_on_units if {
	scope := {"units": ["old-unit"]}
	changed("units", "north", {"parent": "old-unit"}) == unit(["units", "north", "parent"])
	changed("units", "north", {"stakeholders": ["old-unit"]}) == unit(["units", "north", "stakeholders", 0])
	changed("roles", "lead", {"unit": "old-unit"}) == unit(["roles", "lead", "unit"])
	found(object.union(base, {
		"authorities": {"declare": {"title": "Declare"}},
		"roles": {"lead": {"authorities": [{"authority": "declare", "scope": scope}]}},
	})) == unit(["roles", "lead", "authorities", 0, "scope", "units", 0])
	changed("responsibilities", "brief", {"scope": scope}) == unit(["responsibilities", "brief", "scope", "units", 0])
	changed("assignments", "a", {"scope": scope}) == unit(["assignments", "a", "scope", "units", 0])
	changed("directives", "x", {"scope": scope}) == unit(["directives", "x", "scope", "units", 0])
	changed("incident_lines", "x", {"incident": "any", "scope": scope}) == unit(["incident_lines", "x", "scope", "units", 0])
	changed("delegations", "x", {"delegator": "lead", "delegate": "lead", "scope": scope}) == unit(["delegations", "x", "scope", "units", 0])
}

test_fires_on_responsibilities if {
	changed("responsibilities", "brief", {"reviews": ["old-duty"]}) == duty(["responsibilities", "brief", "reviews", 0])
	changed("directives", "x", {"assigns": [{"responsibility": "old-duty", "role": "lead"}]}) == duty(["directives", "x", "assigns", 0, "responsibility"])
}

test_what_looks_back_or_excludes_may_name_what_has_ended if {
	changed("roles", "lead", {"incompatible_with": ["old-post"]}) == set()
	changed("responsibilities", "brief", {"joint_accountability": {"reason": "R", "approved_by": "old-post"}}) == set()
	changed("assignments", "a", {"responsibility": "old-duty"}) == set()
	found(object.union(base, {
		"directives": {"x": {"title": "X"}},
		"obligations": {"o": {"directive": "x", "responsibilities": ["old-duty"]}},
	})) == set()
	found(object.union(base, {"directives": {
		"x": {"title": "X", "supersedes": ["y"], "cites": ["y"]},
		"y": {"title": "Y", "status": "superseded"},
	}})) == set()
}

abolished_on(date) := found(object.union(base, {
	"roles": {"soon": {"title": "Soon", "unit": "agency", "abolished_on": date}},
	"assignments": {"a": {"role": "soon"}},
}))

test_the_day_of_abolition_is_the_first_without_the_role if {
	abolished_on("2026-06-16") == set()
	abolished_on("2026-06-15") == told(
		["assignments", "a", "role"],
		["roles", "soon"],
		"\"soon\" (Soon) was abolished on 2026-06-15",
	)
}

test_what_has_ended_itself_is_silent if {
	changed("units", "old-unit", {"parent": "old-unit"}) == set()
	changed("roles", "old-post", {"unit": "old-unit", "successors": ["old-post"]}) == set()
	changed("responsibilities", "old-duty", {"scope": {"units": ["old-unit"]}}) == set()
	changed("assignments", "a", {"role": "old-post", "to": "2026-06-14"}) == set()
	changed("actions", "x", {"owner": "old-post", "status": "cancelled"}) == set()
}

test_what_has_not_begun_is_checked if {
	changed("assignments", "a", {"role": "old-post", "from": "2026-07-01"}) == post(["assignments", "a", "role"])
}

test_what_is_unknown_is_not_told_here if changed("assignments", "a", {"role": "nobody"}) == set()

test_a_post_named_twice_in_a_list_is_told_once if {
	changed("roles", "lead", {"successors": ["old-post", "old-post"]}) == post(["roles", "lead", "successors", 0])
}

test_who_took_over_is_told if {
	replaced := {"status": "abolished", "replaced_by": "chief"}
	messages := {finding.message | some finding in found(object.union(base, {"roles": {"lead": replaced, "chief": {"title": "Chief"}}}))}
	"\"lead\" (Lead) was abolished; \"chief\" (Chief) took over" in messages
}
