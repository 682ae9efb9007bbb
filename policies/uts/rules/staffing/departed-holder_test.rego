package uts.rules.staffing["departed-holder_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.staffing["departed-holder"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"people": {"p-1": {"name": "P1", "departed_on": "2026-06-15"}},
	"roles": {"lead": {"title": "Lead", "holders": [{"person": "p-1", "from": "2025-01-01"}]}},
}

gone(fact) := {{
	"path": ["roles", "lead", "holders", 0, "person"],
	"message": sprintf("\"lead\" (Lead) is held by P1 (\"p-1\"), who %s", [fact]),
	"related": [{"path": ["people", "p-1"], "message": "left"}],
	"cause": "people/p-1",
	"key": "p-1/2025-01-01",
}}

changed(section, id, fields) := found(object.union(base, {section: {id: fields}}))

person(fields) := found(object.union(base, {"people": {"p-1": fields}}))

test_the_day_of_departure_is_the_first_without_the_person if {
	found(base) == gone("left on 2026-06-15")
	person({"departed_on": "2026-06-16"}) == set()
}

test_the_day_decides_where_it_is_stated if {
	person({"departed_on": "2026-06-16", "status": "departed"}) == set()
	person({"departed_on": "2026-06-15", "status": "active"}) == gone("left on 2026-06-15")
}

test_without_a_day_the_status_decides if {
	undated := object.union(object.remove(base, ["people"]), {"people": {"p-1": {"name": "P1", "status": "departed"}}})
	found(undated) == gone("has left")
	found(object.union(undated, {"people": {"p-1": {"status": "on-leave"}}})) == set()
	found(object.union(undated, {"people": {"p-1": {"status": "active"}}})) == set()
}

test_silent_on_holdings_not_in_force if {
	changed("roles", "lead", {"holders": [{"person": "p-1", "to": "2026-06-14"}]}) == set()
	count(changed("roles", "lead", {"holders": [{"person": "p-1", "to": "2026-06-15"}]})) == 1
	changed("roles", "lead", {"holders": [{"person": "p-1", "from": "2026-06-16"}]}) == set()
}

test_abolished_and_external_roles_are_passed_over if {
	changed("roles", "lead", {"status": "abolished"}) == set()
	changed("roles", "lead", {"external": true}) == set()
}

test_unknown_persons_are_not_told_here if changed("roles", "lead", {"holders": [{"person": "p-9"}]}) == set()

test_two_holdings_are_told_apart_by_their_beginning if {
	twice := [{"person": "p-1", "from": "2025-01-01"}, {"person": "p-1", "from": "2025-02-01", "kind": "acting"}]
	same := [{"person": "p-1", "from": "2025-01-01"}, {"person": "p-1", "from": "2025-01-01", "kind": "acting"}]
	{[finding.path[3], finding.key] | some finding in changed("roles", "lead", {"holders": twice})} == {[0, "p-1/2025-01-01"], [1, "p-1/2025-02-01"]}
	changed("roles", "lead", {"holders": same}) == gone("left on 2026-06-15")
}
