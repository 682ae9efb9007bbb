package uts.rules.authority.undocumented_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.authority.undocumented as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

granted(grants) := {"roles": {"chief": {"title": "Chief", "unit": "agency", "authorities": grants}}}

bare := {"authority": "commit-funds"}

role_finding(related) := {{
	"path": ["roles", "chief", "authorities", 0],
	"message": "the grant of \"commit-funds\" to \"chief\" (Chief) names no source",
	"related": related,
	"key": "commit-funds",
}}

test_silent_with_a_source if found(granted([object.union(bare, {"source": "Order 1"})])) == set()

test_fires_without_one if found(granted([bare])) == role_finding([])

test_only_grants_in_force if {
	found(granted([object.union(bare, {"to": "2026-06-15"})])) == role_finding([])
	found(granted([object.union(bare, {"to": "2026-06-14"})])) == set()
	found(granted([object.union(bare, {"from": "2026-06-16"})])) == set()
}

test_abolished_and_external_roles_are_passed_over if {
	found(object.union(granted([bare]), {"roles": {"chief": {"status": "abolished"}}})) == set()
	found(object.union(granted([bare]), {"roles": {"chief": {"external": true}}})) == set()
}

test_one_finding_for_each_authority if {
	found(granted([bare, bare])) == role_finding([{"path": ["roles", "chief", "authorities", 1], "message": "likewise"}])
	{got.key | some got in found(granted([bare, {"authority": "task-units"}]))} == {"commit-funds", "task-units"}
}

delegated(fields) := {"delegations": {"d-1": object.union({"delegator": "chief", "delegate": "head", "authorities": ["commit-funds"]}, fields)}}

delegation_finding := {{
	"path": ["delegations", "d-1"],
	"message": "the delegation \"d-1\" of \"commit-funds\" from \"chief\" to \"head\" names no instrument",
	"cause": "delegations/d-1",
	"key": "commit-funds",
}}

test_a_delegation_needs_an_instrument if {
	found(delegated({"instrument": "Memo 2"})) == set()
	found(delegated({})) == delegation_finding
}

test_only_delegations_in_force if {
	found(delegated({"to": "2026-06-15"})) == delegation_finding
	found(delegated({"to": "2026-06-14"})) == set()
	found(delegated({"from": "2026-06-16"})) == set()
	found(delegated({"rescinded_on": "2026-06-16"})) == delegation_finding
	found(delegated({"rescinded_on": "2026-06-15"})) == set()
}
