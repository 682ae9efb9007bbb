package uts.rules.training["optional-for-exposed_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.training.base_test as base
import data.uts.rules.training["optional-for-exposed"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

voluntary := object.union(base.base, {"training": {"routes": {"mandatory": false}}})

optional := {{
	"path": ["training", "routes"],
	"message": "\"routes\" (Varying routes) is advanced, applies to 1 role with an exposure, and is not mandatory",
	"related": [{"path": ["roles", "driver", "exposure"], "message": "exposed"}],
}}

test_silent_where_it_is_mandatory if found(base.base) == set()

test_fires_where_it_is_not if found(voluntary) == optional

test_it_applies_by_role_and_to_everyone if {
	found(base.relinked(voluntary, base.for_everyone)) == optional
	found(base.relinked(voluntary, base.for_role)) == optional
}

test_silent_on_a_basic_module_and_one_without_a_level if {
	found(object.union(voluntary, {"training": {"routes": {"level": "basic"}}})) == set()
	bare := {"training": {"routes": object.remove(voluntary.training.routes, ["level"])}}
	found(object.union(object.remove(voluntary, ["training"]), bare)) == set()
}

test_silent_where_no_role_it_applies_to_is_exposed if {
	unexposed := {"roles": {"driver": {"exposure": []}}}
	found(object.union(base.relinked(voluntary, base.for_role), unexposed)) == set()
}

test_silent_where_the_exposed_role_is_abolished_or_external if {
	found(object.union(voluntary, {"roles": {"driver": {"status": "abolished"}}})) == set()
	found(object.union(voluntary, {"roles": {"driver": {"external": true}}})) == set()
}

test_the_role_needs_no_holder if found(object.union(voluntary, {"roles": {"driver": {"holders": []}}})) == optional
