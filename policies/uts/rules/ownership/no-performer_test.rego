package uts.rules.ownership["no-performer_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["no-performer"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"brief/lead/R": {"responsibility": "brief", "role": "lead", "code": "R"}},
}

nobody := {{
	"path": ["responsibilities", "brief"],
	"message": "no role is responsible for doing \"brief\" (Brief travellers)",
}}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

test_silent_with_a_responsible_role if found(base) == set()

test_fires_with_an_accountable_role_only if {
	found(changed("assignments", "brief/lead/R", {"code": "A"})) == nobody
	found(object.remove(base, ["assignments"])) == nobody
}

test_the_term_includes_both_ends if {
	found(changed("assignments", "brief/lead/R", {"from": "2026-06-15", "to": "2026-06-15"})) == set()
	found(changed("assignments", "brief/lead/R", {"to": "2026-06-14"})) == nobody
	found(changed("assignments", "brief/lead/R", {"from": "2026-06-16"})) == nobody
}

test_placeholders_and_roles_that_are_gone_count_as_present if {
	found(changed("assignments", "brief/lead/R", {"role": "TBD"})) == set()
	found(changed("assignments", "brief/lead/R", {"role": "leed"})) == set()
	found(changed("roles", "lead", {"status": "abolished"})) == set()
}

test_silent_on_a_retired_responsibility if {
	given := {"responsibilities": {"brief": {"status": "retired"}}, "assignments": {"brief/lead/R": {"code": "A"}}}
	found(object.union(base, given)) == set()
}

test_fires_where_the_scope_lies_outside if {
	given := {
		"responsibilities": {"brief": {"scope": {"units": ["north"]}}},
		"assignments": {"brief/lead/R": {"scope": {"units": ["south"]}}},
	}
	found(object.union(base, given)) == {{
		"path": ["responsibilities", "brief"],
		"message": "no role is responsible for doing any part of the scope of \"brief\" (Brief travellers)",
		"related": [{"path": ["assignments", "brief/lead/R"], "message": "responsible outside that scope"}],
	}}
}

test_silent_where_a_scope_is_bad if {
	found(changed("assignments", "brief/lead/R", {"scope": {"units": ["nroth"]}})) == set()
	found(changed("responsibilities", "brief", {"scope": {"units": ["nroth"]}})) == set()
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	doing := object.remove(base, ["assignments"])
	silence(doing, {"responsible": ["brief"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["responsibilities", "brief"], "fact": "responsible", "missing": ["responsibilities", "brief"]}},
	}
	silence(doing, {}) == {"findings": nobody, "judged": {["responsibilities", "brief"]}, "not_judged": set()}
}
