package uts.rules.delegation["limits-unstated_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.delegation["limits-unstated"] as rule

found(fields) := got if {
	given := {"delegations": {"d-1": object.union({"title": "First", "delegator": "chief", "delegate": "head", "authorities": ["commit-funds"]}, fields)}}
	got := rule.findings with input as testing.corpus(given)
}

told := {{
	"path": ["delegations", "d-1"],
	"message": "\"d-1\" (First) of \"commit-funds\" states neither limits nor whether it may be passed on",
	"cause": "delegations/d-1",
	"key": "commit-funds",
}}

test_one_of_the_two_is_enough if {
	found({}) == told
	found({"limits": "Up to a thousand a month"}) == set()
	found({"redelegable": true}) == set()
	found({"redelegable": false}) == set()
}

test_only_in_force if {
	found({"to": "2026-06-15"}) == told
	found({"to": "2026-06-14"}) == set()
	found({"from": "2026-06-16"}) == set()
	found({"rescinded_on": "2026-06-15"}) == set()
}
