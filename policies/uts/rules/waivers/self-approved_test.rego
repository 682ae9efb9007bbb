package uts.rules.waivers["self-approved_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.waivers["self-approved"] as rule

base := {
	"units": {"agency": {"name": "Agency"}, "board": {"name": "Board", "chair": "lead"}},
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2"}, "p-3": {"name": "P3"}},
	"roles": {
		"lead": {"title": "Lead", "unit": "agency", "holders": [{"person": "p-1"}]},
		"chief": {"title": "Chief", "unit": "agency", "holders": [{"person": "p-2"}]},
		"second": {"title": "Second hat", "unit": "agency", "holders": [{"person": "p-1"}]},
		"former": {"title": "Former hat", "unit": "agency", "holders": [{"person": "p-1", "to": "2026-06-14"}]},
	},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {
		"brief/lead/A": {"responsibility": "brief", "role": "lead", "code": "A"},
		"brief/chief/C": {"responsibility": "brief", "role": "chief", "code": "C"},
	},
	"delegations": {"d-1": {"delegator": "lead", "delegate": "second", "authorities": []}},
	"directives": {"order": {"title": "Order", "owner": "lead"}},
	"incident_lines": {"line": {"incident": "leak", "command": "lead", "declare": "chief"}},
	"training_records": {"p-1/basics/2026-01-01": {"person": "p-1", "module": "basics", "completed_on": "2026-01-01"}},
}

waived(subject, approved_by, expires, changes) := got if {
	given := object.union(object.union(base, changes), {"waivers": {"w-1": {
		"rule": "continuity/no-successor", "subject": subject, "reason": "Reorganisation", "approved_by": approved_by,
		"approved_on": "2026-01-01", "expires": expires,
	}}})
	got := rule.findings with input as testing.corpus(given)
}

found(subject, approved_by) := waived(subject, approved_by, "2026-12-31", {})

says(words) := {{"path": ["waivers", "w-1", "approved_by"], "message": concat("", ["the waiver \"w-1\" ", words])}}

no_role(approver, advice) := {object.union(finding, {"cause": concat("/", ["roles", approver])}) |
	some finding in says(sprintf("is approved by \"%s\", which is no role%s", [approver, advice]))
}

itself(subject, words) := says(sprintf("for \"%s\" is approved by %s, whom it excuses", [subject, words]))

excused := {
	"roles/lead", "units/board", "responsibilities/brief", "assignments/brief/lead/A", "delegations/d-1", "directives/order",
	"incident_lines/line",
}

test_silent_where_somebody_else_approves if {
	every subject in excused {
		found(subject, "chief") == set()
	}
}

test_fires_on_each_role_that_the_entry_speaks_of if {
	every subject in excused {
		found(subject, "lead") == itself(subject, "\"lead\" (Lead)")
	}
	found("delegations/d-1", "second") == itself("delegations/d-1", "\"second\" (Second hat)")
}

test_fires_where_the_same_person_holds_the_approving_role if {
	every subject in excused - {"delegations/d-1"} {
		found(subject, "second") == itself(subject, "\"second\" (Second hat), held by P1 (\"p-1\")")
	}
}

test_fires_where_the_person_waived_approves if {
	found("people/p-1", "lead") == itself("people/p-1", "\"lead\" (Lead), held by P1 (\"p-1\")")
	found("training_records/p-1/basics/2026-01-01", "lead") == itself("training_records/p-1/basics/2026-01-01", "\"lead\" (Lead), held by P1 (\"p-1\")")
	found("people/p-1", "chief") == set()
}

test_fires_where_the_approver_is_no_role if {
	found("roles/lead", "p-2") == no_role("p-2", "")
	found("roles/lead", "TBD") == no_role("TBD", "")
}

test_whose_title_stands_there_is_told if {
	waived("roles/lead", "The Chief", "2026-12-31", {"links": {"called": {"The Chief": [["roles", "chief"]]}}}) == no_role(
		"The Chief",
		"; did you mean \"chief\"?",
	)
}

test_one_finding_where_the_entry_speaks_of_what_is_no_role if {
	waived("directives/order", "TBD", "2026-12-31", {"directives": {"order": {"owner": "TBD"}}}) == no_role("TBD", "")
}

test_a_holding_that_has_ended_does_not_count if found("roles/lead", "former") == set()

test_a_person_who_has_left_does_not_count if {
	waived("roles/lead", "second", "2026-12-31", {"people": {"p-1": {"status": "departed"}}}) == set()
}

test_only_the_accountable_roles_of_a_responsibility_count if {
	found("responsibilities/brief", "chief") == set()
	waived("responsibilities/brief", "lead", "2026-12-31", {"assignments": {"brief/lead/A": {"to": "2026-06-14"}}}) == set()
}

test_the_declarer_of_a_line_is_not_its_commander if found("incident_lines/line", "chief") == set()

test_an_entry_that_is_not_declared_speaks_of_nobody if found("roles/leed", "second") == set()

test_who_holds_an_abolished_role_has_approved_all_the_same if {
	gone := {"roles": {"second": {"status": "abolished"}}}
	waived("roles/lead", "second", "2026-12-31", gone) == waived("roles/lead", "second", "2026-12-31", {})
	waived("roles/chief", "second", "2026-12-31", gone) == set()
	waived("roles/second", "second", "2026-12-31", gone) == itself("roles/second", "\"second\" (Second hat)")
}

test_silent_once_it_has_expired if {
	waived("roles/lead", "lead", "2026-06-15", {}) == itself("roles/lead", "\"lead\" (Lead)")
	waived("roles/lead", "lead", "2026-06-14", {}) == set()
	waived("roles/lead", "nobody", "2026-06-14", {}) == set()
}

test_each_entry_that_a_glob_stands_for_is_looked_at if {
	all := {"links": {"excused": {"w-1": ["roles/chief", "roles/lead"]}}}
	waived("roles/*", "lead", "2026-12-31", all) == itself("roles/*", "\"lead\" (Lead)")
	waived("roles/*", "second", "2026-12-31", {"links": {"excused": {"w-1": ["roles/chief"]}}}) == set()
}
