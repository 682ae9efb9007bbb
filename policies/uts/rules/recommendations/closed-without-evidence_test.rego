package uts.rules.recommendations["closed-without-evidence_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.recommendations["closed-without-evidence"] as rule

found(fields) := got if {
	given := {"recommendations": {"r-1": object.union({"report": "Audit 7", "text": "Assign owners", "status": "closed"}, fields)}}
	got := rule.findings with input as testing.corpus(given)
}

bare := {{"path": ["recommendations", "r-1"], "message": "the recommendation \"r-1\" is closed, and no evidence is named"}}

test_fires_where_evidence_is_absent_or_empty if {
	found({}) == bare
	found({"evidence": []}) == bare
	found({"evidence": "  "}) == bare
}

test_silent_with_evidence_in_any_form if {
	found({"evidence": "Memo 7-1"}) == set()
	found({"evidence": ["Memo 7-1"]}) == set()
	found({"evidence": {"title": "Memo", "ref": "7-1"}}) == set()
}

test_silent_until_it_is_closed if {
	found({"status": "resolved"}) == set()
	found({"status": "unresolved", "closed_on": "2026-01-01"}) == set()
}

test_what_was_closed_stays_in_view_however_long_ago if found({"closed_on": "1999-01-01"}) == bare
