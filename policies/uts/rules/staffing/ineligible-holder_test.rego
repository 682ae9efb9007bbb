package uts.rules.staffing["ineligible-holder_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing["ineligible-holder"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}},
	"people": {"p-1": {"name": "P1"}},
	"roles": {
		"lead": {
			"title": "Lead", "unit": "agency", "holders": [{"person": "p-1", "from": "2026-01-01"}],
			"eligibility": {"roles": ["agent", "analyst"], "training": ["routes"]},
		},
		"agent": {"title": "Agent", "unit": "agency", "holders": [{"person": "p-1"}]},
		"analyst": {"title": "Analyst", "unit": "agency"},
	},
	"training": {"routes": {"title": "Varying routes"}},
	"training_records": {"r": {"person": "p-1", "module": "routes", "completed_on": "2026-01-10", "expires_on": "2026-12-31"}},
}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

lacks(words) := {{
	"path": ["roles", "lead", "holders", 0],
	"message": sprintf("P1 (\"p-1\") holds \"lead\" (Lead), and has not %s", [words]),
	"key": "p-1/2026-01-01",
}}

no_role := "one of the roles \"agent\" and \"analyst\""

no_module := "the module \"routes\""

test_silent_where_both_are_met if found(base) == set()

test_one_of_the_roles_is_needed if {
	found(changed("roles", "agent", {"holders": []})) == lacks(no_role)
	found(changed("roles", "agent", {"holders": [{"person": "p-1", "to": "2026-06-14"}]})) == lacks(no_role)
	found(object.union(changed("roles", "agent", {"holders": []}), {"roles": {"analyst": {"holders": [{"person": "p-1"}]}}})) == set()
}

test_every_module_is_needed_unexpired if {
	found(object.remove(base, ["training_records"])) == lacks(no_module)
	found(changed("training_records", "r", {"expires_on": "2026-06-15"})) == set()
	found(changed("training_records", "r", {"expires_on": "2026-06-14"})) == lacks(no_module)
	found(changed("training_records", "r", {"completed_on": "2026-06-16"})) == lacks(no_module)
}

test_one_finding_for_all_that_is_missing if {
	found(object.union(changed("roles", "agent", {"holders": []}), {"training_records": {"r": {"person": "p-2"}}})) == lacks(sprintf("%s and %s", [no_role, no_module]))
}

test_what_is_unknown_or_abolished_in_it_is_passed_over if {
	found(changed("roles", "lead", {"eligibility": {"roles": ["agnt"], "training": ["rotes", "routes"]}})) == set()
	found(object.union(changed("roles", "lead", {"eligibility": {"roles": ["agent"]}}), {"roles": {"agent": {"status": "abolished"}}})) == set()
}

test_empty_lists_ask_for_nothing if found(changed("roles", "lead", {"eligibility": {"roles": [], "training": []}})) == set()

test_only_holdings_in_force_of_people_who_serve if {
	unmet := changed("roles", "agent", {"holders": []})
	found(object.union(unmet, {"roles": {"lead": {"holders": [{"person": "p-1", "to": "2026-06-14"}]}}})) == set()
	found(object.union(unmet, {"people": {"p-1": {"status": "departed"}}})) == set()
	found(object.union(unmet, {"roles": {"lead": {"holders": [{"person": "p-9"}]}}})) == set()
}

test_abolished_and_external_roles_are_passed_over if {
	unmet := changed("roles", "agent", {"holders": []})
	found(object.union(unmet, {"roles": {"lead": {"status": "abolished"}}})) == set()
	found(object.union(unmet, {"roles": {"lead": {"external": true}}})) == set()
}

test_one_finding_for_one_person_from_one_day if {
	unmet := changed("roles", "agent", {"holders": []})
	holding := {"person": "p-1", "from": "2026-01-01"}
	found(object.union(unmet, {"roles": {"lead": {"holders": [holding, holding]}}})) == lacks(no_role)
	later := {"person": "p-1", "from": "2026-02-01"}
	count(found(object.union(unmet, {"roles": {"lead": {"holders": [holding, later]}}}))) == 2
}

test_whoever_holds_a_role_is_one_of_everyone if {
	all := {"roles": {"all": {"title": "All", "unit": "agency", "everyone": true}, "lead": {"eligibility": {"roles": ["all"], "training": []}}}}
	found(object.union(changed("roles", "agent", {"holders": []}), all)) == set()
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

open(gaps) := {"findings": set(), "judged": set(), "not_judged": gaps}

agent_unsaid := {"path": ["roles", "lead"], "fact": "holders", "missing": ["roles", "agent"]}

records_unsaid := {"path": ["roles", "lead"], "fact": "records", "missing": ["people", "p-1"]}

test_who_sits_in_a_body_that_states_no_members_is_not_judged if {
	unheld := changed("roles", "agent", {"holders": []})
	silence(unheld, {"holders": ["agent"]}) == open({agent_unsaid})
	silence(unheld, {}) == {"findings": lacks(no_role), "judged": {["roles", "lead"]}, "not_judged": set()}
}

test_records_that_are_not_stated_are_not_missing if {
	unrecorded := object.remove(base, ["training_records"])
	silence(unrecorded, {"records": ["p-1"]}) == open({records_unsaid})
	silence(changed("roles", "lead", {"eligibility": {"roles": ["agent"]}}), {"records": ["p-1"]}).not_judged == {records_unsaid}
	silence(changed("roles", "lead", {"eligibility": {"training": ["rotes"]}}), {"records": ["p-1"]}).judged == {["roles", "lead"]}
}

test_what_is_stated_settles_it if {
	silence(base, {"holders": ["analyst"]}) == {"findings": set(), "judged": {["roles", "lead"]}, "not_judged": set()}
	settled := silence(object.remove(changed("roles", "agent", {"holders": []}), ["training_records"]), {"records": ["p-1"]})
	settled == {"findings": lacks(no_role), "judged": {["roles", "lead"]}, "not_judged": set()}
}

test_a_role_that_nobody_serves_in_is_not_looked_at if {
	silence(changed("roles", "lead", {"holders": []}), {}) == {"findings": set(), "judged": set(), "not_judged": set()}
}
