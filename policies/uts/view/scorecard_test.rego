package uts.view.scorecard_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.scorecard

given := {
	"units": {"agency": {"name": "Agency", "chair": "head"}, "old": {"name": "Old", "status": "archived"}},
	"people": {"p-1": {}, "p-2": {"status": "departed"}, "p-3": {}},
	"roles": {
		"head": {"title": "Head", "unit": "agency", "holders": [{"person": "p-1"}], "exposure": ["phone"]},
		"watch": {"title": "Watch", "unit": "agency", "holders": [{"person": "p-2"}, {"person": "p-3"}]},
		"partner": {"title": "Partner", "unit": "agency", "external": true, "holders": [{"person": "p-3"}]},
		"gone": {"title": "Gone", "unit": "agency", "status": "abolished"},
	},
	"delegations": {
		"now": {"delegator": "head", "delegate": "watch"},
		"past": {"delegator": "head", "delegate": "watch", "to": "2026-06-14"},
	},
	"responsibilities": {"duty": {"statement": "Duty"}, "free": {"statement": "Free"}, "off": {"status": "retired"}},
	"assignments": {
		"a": {"responsibility": "duty", "role": "head", "code": "A"},
		"b": {"responsibility": "off", "role": "head", "code": "A"},
	},
	"directives": {"handbook": {"owner": "TBD"}, "draft": {"status": "draft"}},
	"vectors": {"phone": {}},
	"training": {
		"course": {"owner": "head", "level": "advanced", "audience": {"everyone": false, "roles": [], "exposure": ["phone"]}},
		"all": {"owner": "watch", "mandatory": true, "audience": {"everyone": false, "roles": ["watch"], "exposure": []}},
	},
	"incidents": {"leak": {}, "tail": {}},
	"incident_lines": {"line": {"incident": "leak", "command": "watch"}},
	"vulnerabilities": {"gap": {"owner": "head", "actions": ["fix"]}, "hole": {}},
	"actions": {"fix": {"owner": "watch"}, "did": {"status": "done"}},
	"recommendations": {"one": {"owner": "head"}, "two": {"status": "closed"}},
	"links": {"modules": {"everyone": [], "role": {"watch": ["all"]}, "vector": {"phone": ["course"]}}},
}

test_what_is_in_force_is_counted_with_the_roles_that_own_it if {
	got := scorecard.answer.members with input as testing.corpus(given)
	got == {
		"actions": {"fix": ["watch"]},
		"delegations": {"now": ["head"]},
		"directives": {"handbook": []},
		"incidents": {"leak": ["watch"], "tail": []},
		"people": {"p-1": ["head"], "p-3": ["watch"]},
		"recommendations": {"one": ["head"]},
		"responsibilities": {"duty": ["head"], "free": []},
		"roles": {"head": ["head"], "partner": ["partner"], "watch": ["watch"]},
		"trainees": {"p-1": ["head"], "p-3": ["watch"]},
		"training": {"all": ["watch"], "course": ["head"]},
		"units": {"agency": ["head"]},
		"vulnerabilities": {"gap": ["head"], "hole": []},
	}
}

test_entries_of_other_sections_speak_for_members if {
	got := scorecard.answer.speaks with input as testing.corpus(given)
	got == {
		"incidents": {"incident_lines": {"line": ["leak"]}},
		"responsibilities": {"assignments": {"a": ["duty"], "b": ["off"]}, "roles": {"head": ["duty"]}, "units": {}},
		"trainees": {
			"people": {"p-1": ["p-1"], "p-3": ["p-3"]},
			"training": {"all": ["p-3"], "course": ["p-1"]},
			"vectors": {"phone": ["p-1"]},
		},
		"vulnerabilities": {"actions": {"did": [], "fix": ["gap"]}},
	}
}

test_the_chair_and_its_unit_speak_for_what_a_body_without_holders_answers_for if {
	board := {"roles": {"board": {"title": "Board", "unit": "agency", "collective": true}}, "assignments": {
		"a": {"role": "board"},
		"b": {"responsibility": "free", "role": "head", "code": "A"},
	}}
	got := scorecard.answer.speaks.responsibilities with input as testing.corpus(object.union(given, board))
	[got.roles, got.units] == [{"board": ["duty"], "head": ["duty", "free"]}, {"agency": ["duty"]}]
	members := {"roles": {"board": {"holders": [{"person": "p-3"}]}}}
	held := scorecard.answer.speaks.responsibilities with input as testing.corpus(object.union(object.union(given, board), members))
	[held.roles, held.units] == [{"board": ["duty"], "head": ["free"]}, {}]
}
