package uts.rules.risk["unowned-action_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.risk["unowned-action"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"roles": {"lead": {"title": "Lead", "unit": "agency"}},
	"authorities": {"commit-funds": {"title": "Commit funds"}, "task-units": {"title": "Task units"}},
	"actions": {"shield": {"title": "Shield rooms", "owner": "lead", "requires": ["commit-funds"]}},
	"links": {"grants": {"lead": {"commit-funds": [{"from": "0001-01-01", "to": "9999-12-31", "via": []}]}}},
}

changed(fields) := object.union(base, {"actions": {"shield": fields}})

unowned := object.union(object.remove(base, ["actions"]), {"actions": {"shield": {"title": "Shield rooms"}}})

powerless(words, related) := {{
	"path": ["actions", "shield"],
	"message": sprintf("the open action \"shield\" (Shield rooms) requires %s, which its owner \"lead\" (Lead) holds neither by itself nor by delegation", [words]),
	"related": related,
}}

here(i) := {"path": ["actions", "shield", "requires", i], "message": "required here"}

test_silent_where_the_owner_holds_what_it_requires if found(base) == set()

test_fires_without_an_owner if {
	found(unowned) == {{"path": ["actions", "shield"], "message": "nobody owns the open action \"shield\" (Shield rooms)"}}
}

test_silent_where_it_is_done_or_cancelled if {
	every status in ["done", "cancelled"] {
		found(object.union(unowned, {"actions": {"shield": {"status": status}}})) == set()
		found(changed({"status": status, "requires": ["task-units"]})) == set()
	}
}

test_fires_once_for_all_that_is_missing if {
	found(changed({"requires": ["commit-funds", "task-units"]})) == powerless("\"task-units\"", [here(1)])
	found(object.union(object.remove(base, ["links"]), {"actions": {"shield": {"requires": ["task-units", "commit-funds"]}}})) == powerless(
		"\"commit-funds\" and \"task-units\"",
		[here(0), here(1)],
	)
}

test_an_unknown_authority_is_passed_over if found(changed({"requires": ["comit-funds"]})) == set()

test_a_placeholder_an_unknown_and_an_abolished_owner_count_as_present if {
	found(changed({"owner": "TBD", "requires": ["task-units"]})) == set()
	found(changed({"owner": "leed", "requires": ["task-units"]})) == set()
	found(object.union(changed({"requires": ["task-units"]}), {"roles": {"lead": {"status": "abolished"}}})) == set()
}

test_an_external_owner_is_not_asked if {
	found(object.union(changed({"requires": ["task-units"]}), {"roles": {"lead": {"external": true}}})) == set()
}

test_silent_on_what_might_come_by_a_way_on_which_something_is_bad if {
	doubtful := {"links": {"grants_over_bad_scopes": {"lead": ["task-units"]}}}
	found(object.union(changed({"requires": ["task-units"]}), doubtful)) == set()
	found(object.union(changed({"requires": ["task-units"]}), {"links": {"grants_over_bad_scopes": {"lead": ["commit-funds"]}}})) == powerless("\"task-units\"", [here(0)])
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	bare := object.remove(base, ["links"])
	silence(bare, {"grants": ["lead"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["actions", "shield"], "fact": "grants", "missing": ["roles", "lead"]}},
	}
	silence(bare, {}) == {"findings": powerless("\"commit-funds\"", [here(0)]), "judged": {["actions", "shield"]}, "not_judged": set()}
	silence(changed({"requires": []}), {"grants": ["lead"]}).judged == {["actions", "shield"]}
}
