package uts.rules.workload["nobody-told_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.workload["nobody-told"] as rule

found(assignment) := got if {
	got := rule.findings with input as testing.corpus({
		"roles": {"lead": {"title": "Lead", "unit": "agency"}},
		"responsibilities": {"brief": {"statement": "Brief travellers"}, "old": {"statement": "Old", "status": "retired"}},
		"assignments": {"a": object.union({"responsibility": "brief", "role": "lead"}, assignment)},
	})
}

nobody := {{"path": ["responsibilities", "brief"], "message": "nobody is consulted or informed about \"brief\" (Brief travellers)"}}

test_one_of_the_two_is_enough if {
	found({"code": "C"}) == set()
	found({"code": "I"}) == set()
}

test_fires_with_other_codes_only if found({"code": "A"}) == nobody

test_only_assignments_in_force_count if {
	found({"code": "C", "to": "2026-06-15"}) == set()
	found({"code": "C", "to": "2026-06-14"}) == nobody
}

test_a_placeholder_counts_as_present if found({"code": "I", "role": "TBD"}) == set()

test_silence_is_not_absence if {
	given := testing.corpus({"responsibilities": {"brief": {"statement": "Brief"}}, "not_stated": {"informed": ["brief"]}})
	findings := rule.findings with input as given
	judged := rule.judged with input as given
	not_judged := rule.not_judged with input as given
	findings == set()
	judged == set()
	not_judged == {{"path": ["responsibilities", "brief"], "fact": "informed", "missing": ["responsibilities", "brief"]}}
	stated := rule.judged with input as object.union(given, {"not_stated": {"informed": []}})
	stated == {["responsibilities", "brief"]}
}
