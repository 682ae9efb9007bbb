package uts.rules.ownership.unacknowledged_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership.unacknowledged as rule

found_within(days, given) := got if {
	got := rule.findings with input as testing.corpus_for("ownership/unacknowledged", {"days": days}, given)
}

found(given) := found_within(30, given)

base := {
	"roles": {"lead": {"title": "Lead"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A", "from": "2026-05-15"}},
}

silent_since(date) := {{
	"path": ["assignments", "a"],
	"message": sprintf(
		"\"lead\" (Lead) has been accountable for \"brief\" since %s and has not acknowledged it",
		[date],
	),
}}

changed(section, id, fields) := object.union(base, {section: {id: fields}})

assigned(fields) := changed("assignments", "a", fields)

test_fires_after_the_last_day if {
	found(base) == silent_since("2026-05-15")
	found(assigned({"from": "2026-05-16"})) == set()
}

test_the_days_are_a_parameter if {
	found_within(31, base) == set()
	found_within(0, assigned({"from": "2026-06-14"})) == silent_since("2026-06-14")
	found_within(0, assigned({"from": "2026-06-15"})) == set()
}

test_silent_once_acknowledged if {
	found(assigned({"acknowledged_on": "2026-06-15"})) == set()
	found(assigned({"acknowledged_on": "2026-06-16"})) == silent_since("2026-05-15")
}

test_silent_where_no_beginning_is_stated if found(assigned({"from": "0001-01-01"})) == set()

test_responsible_roles_are_asked_and_others_are_not if {
	count(found(assigned({"code": "R"}))) == 1
	every code in {"S", "C", "I"} {
		found(assigned({"code": code})) == set()
	}
}

test_silent_where_the_assignment_does_not_stand if {
	found(assigned({"to": "2026-06-14"})) == set()
	found(assigned({"role": "TBD"})) == set()
	found(changed("roles", "lead", {"status": "abolished"})) == set()
	found(changed("responsibilities", "brief", {"status": "retired"})) == set()
}

test_codes_of_one_list_are_told_on_the_first_that_speaks if {
	term := {"responsibility": "brief", "role": "lead", "from": "2026-01-01"}
	together := ["a/I", "a/R", "a/A"]
	given := object.union(object.remove(base, ["assignments"]), {
		"assignments": {id: object.union(term, {"code": code}) |
			some id, code in {"a/I": "I", "a/R": "R", "a/A": "A"}
		},
		"links": {"written_together": {id: together | some id in together}},
	})
	{finding.path | some finding in found(given)} == {["assignments", "a/R"]}
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus_for("ownership/unacknowledged", {"days": 30}, object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	silence(base, {"acknowledged": ["a"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["assignments", "a"], "fact": "acknowledged", "missing": ["assignments", "a"]}},
	}
	silence(base, {}) == {"findings": silent_since("2026-05-15"), "judged": {["assignments", "a"]}, "not_judged": set()}
	done := assigned({"acknowledged_on": "2026-06-15"})
	silence(done, {}) == {"findings": set(), "judged": {["assignments", "a"]}, "not_judged": set()}
}

test_everyone_acknowledges_nothing if found(changed("roles", "lead", {"everyone": true})) == set()
