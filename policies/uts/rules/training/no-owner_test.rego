package uts.rules.training["no-owner_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.training["no-owner"] as rule

found(fields) := got if {
	got := rule.findings with input as testing.corpus({"training": {"routes": object.union({"title": "Varying routes"}, fields)}})
}

test_silent_with_an_owner if found({"owner": "lead"}) == set()

test_fires_without_an_owner if {
	found({}) == {{"path": ["training", "routes"], "message": "nobody owns the module \"routes\" (Varying routes)"}}
}

test_a_placeholder_counts_as_present if found({"owner": "TBD"}) == set()
