package uts.rules.reporting["no-description_test"]

import rego.v1

import data.uts.rules.reporting["no-description"] as rule

corpus(entry) := {
	"as_of": "2026-11-23",
	"rules": {"reporting/no-description": {"level": "warning", "parameters": {"words": ["TBD"]}}},
	"roles": {"lead": object.union({"title": "Lead", "status": "active"}, entry)},
}

test_is_silent_without_a_description if {
	found := rule.findings with input as corpus({})
	found == set()
}

test_fires_on_a_description_that_says_nothing if {
	found := rule.findings with input as corpus({"description": "TBD"})
	found == {{"path": ["roles", "lead"], "message": "\"lead\" (Lead) has a description that says nothing"}}
}

test_is_silent_with_a_description if {
	found := rule.findings with input as corpus({"description": "Leads the watch"})
	found == set()
}

test_is_silent_on_an_abolished_role if {
	found := rule.findings with input as corpus({"abolished_on": "2026-11-23"})
	found == set()
}
