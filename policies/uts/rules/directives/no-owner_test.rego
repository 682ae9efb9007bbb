package uts.rules.directives["no-owner_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives["no-owner"] as rule

found(fields) := got if {
	got := rule.findings with input as testing.corpus({"directives": {"d-1": object.union({"title": "Travel order"}, fields)}})
}

unowned := {{"path": ["directives", "d-1"], "message": "nobody owns the directive \"d-1\" (Travel order)"}}

test_silent_with_an_owner if found({"owner": "lead"}) == set()

test_fires_only_in_force if {
	every state in base.in_force {
		found(state) == unowned
	}
	every state in base.not_in_force {
		found(state) == set()
	}
}

test_a_placeholder_counts_as_present if found({"owner": "TBD"}) == set()
