package uts.rules.ownership["placeholder-owner_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.ownership["placeholder-owner"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}},
	"people": {"p-1": {"name": "P1"}},
	"roles": {"lead": {"title": "Lead", "unit": "agency", "holders": [{"person": "p-1"}]}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
}

with_entry(section, id, fields) := found(object.union(base, {section: {id: fields}}))

in_assignment := {{
	"path": ["assignments", "a", "role"],
	"message": "\"TBD\" stands where the accountable role of \"brief\" (Brief travellers) should be",
}}

test_silent_on_names if found(base) == set()

test_fires_on_the_role_of_an_assignment if with_entry("assignments", "a", {"role": "TBD"}) == in_assignment

test_white_space_and_case_do_not_matter if {
	every word in ["  Appointment\t NEEDED ", "N/A", "?", "appointment\u00a0needed"] {
		count(with_entry("assignments", "a", {"role": word})) == 1
	}
	every word in ["tbd soon", "n.a.", "to be decided"] {
		with_entry("assignments", "a", {"role": word}) == set()
	}
}

test_the_words_are_configured if {
	given := object.union(base, {"assignments": {"a": {"role": "ΣΣ"}}})
	found(given) == set()
	count(found(object.union(given, {"placeholders": ["σς"]}))) == 1
	found(object.union(base, {"placeholders": [], "assignments": {"a": {"role": "TBD"}}})) == set()
}

test_a_declared_role_of_that_id_is_no_placeholder if {
	given := object.union(base, {"assignments": {"a": {"role": "vacant"}}})
	count(found(given)) == 1
	found(object.union(given, {"roles": {"vacant": {"title": "Vacant", "unit": "agency", "status": "abolished"}}})) == set()
	count(found(object.union(given, {"people": {"vacant": {"name": "V"}}}))) == 1
}

test_what_is_not_in_force_is_silent if {
	with_entry("assignments", "a", {"role": "TBD", "to": "2026-06-14"}) == set()
	with_entry("assignments", "a", {"role": "TBD", "from": "2026-06-16"}) == set()
	with_entry("assignments", "a", {"role": "TBD", "from": "2026-06-15", "to": "2026-06-15"}) == in_assignment
	with_entry("assignments", "a", {"role": "TBD", "responsibility": "breif"}) == set()
	found(object.union(base, {
		"assignments": {"a": {"role": "TBD"}},
		"responsibilities": {"brief": {"status": "retired"}},
	})) == set()
}

test_codes_of_one_list_are_one_place if {
	together := {"z/R": ["z/R", "z/A"], "z/A": ["z/R", "z/A"]}
	given := object.union(base, {
		"assignments": {
			"z/A": {"responsibility": "brief", "role": "TBD", "code": "A"},
			"z/R": {"responsibility": "brief", "role": "TBD", "code": "R"},
		},
		"links": {"written_together": together},
	})
	found(given) == {{
		"path": ["assignments", "z/R", "role"],
		"message": "\"TBD\" stands where the responsible role of \"brief\" (Brief travellers) should be",
	}}
}

test_fires_once_on_a_role_with_placeholders_for_holders if {
	with_entry("roles", "lead", {"holders": [{"person": "p-1"}, {"person": "TBD"}, {"person": "vacant"}]}) == {{
		"path": ["roles", "lead", "holders", 1, "person"],
		"message": "\"TBD\" stands where a holder of \"lead\" (Lead) should be",
		"related": [{"path": ["roles", "lead", "holders", 2, "person"], "message": "and here"}],
	}}
}

test_holders_of_external_and_abolished_roles_and_past_holders_are_passed_over if {
	holders := [{"person": "TBD"}]
	with_entry("roles", "lead", {"holders": holders, "external": true}) == set()
	with_entry("roles", "lead", {"holders": holders, "status": "abolished"}) == set()
	with_entry("roles", "lead", {"holders": [{"person": "TBD", "to": "2026-06-14"}]}) == set()
	count(with_entry("roles", "lead", {"holders": [{"person": "TBD", "to": "2026-06-15"}]})) == 1
}

test_a_person_of_that_id_is_no_placeholder if {
	given := object.union(base, {"roles": {"lead": {"holders": [{"person": "vacant"}]}}})
	count(found(given)) == 1
	found(object.union(given, {"people": {"vacant": {"name": "V"}}})) == set()
}

test_fires_on_the_chair_of_a_unit_in_force if {
	with_entry("units", "agency", {"chair": "TBD"}) == {{
		"path": ["units", "agency", "chair"],
		"message": "\"TBD\" stands where the chair of \"agency\" (Agency) should be",
	}}
	with_entry("units", "agency", {"chair": "TBD", "status": "archived"}) == set()
}

test_fires_on_owners if {
	every section in {"directives", "training", "vulnerabilities", "actions"} {
		with_entry(section, "x", {"title": "X", "owner": "tba"}) == {{
			"path": [section, "x", "owner"],
			"message": "\"tba\" stands where the owner of \"x\" (X) should be",
		}}
	}

	# What a recommendation says is too long for a message.
	with_entry("recommendations", "x", {"text": "Name somebody.", "owner": "tba"}) == {{
		"path": ["recommendations", "x", "owner"],
		"message": "\"tba\" stands where the owner of \"x\" should be",
	}}
}

test_owners_of_what_is_over_are_passed_over if {
	with_entry("directives", "x", {"owner": "tba", "status": "rescinded"}) == set()
	with_entry("directives", "x", {"owner": "tba", "to": "2026-06-14"}) == set()
	with_entry("directives", "x", {"owner": "tba", "status": "draft"}) == set()
	with_entry("actions", "x", {"owner": "tba", "status": "done"}) == set()
	with_entry("recommendations", "x", {"owner": "tba", "status": "closed"}) == set()
}

test_fires_once_on_an_incident_line if {
	with_entry("incident_lines", "x", {"declare": "lead", "command": "?"}) == {{
		"path": ["incident_lines", "x", "command"],
		"message": "\"?\" stands where the role that commands in \"x\" should be",
		"related": [],
	}}
	with_entry("incident_lines", "x", {"declare": "TBD", "command": "?"}) == {{
		"path": ["incident_lines", "x", "declare"],
		"message": "\"TBD\" stands where the role that declares in \"x\" should be",
		"related": [{"path": ["incident_lines", "x", "command"], "message": "and here"}],
	}}
}

test_the_chair_of_a_body_is_an_owner if {
	given := {"roles": {"board": {"title": "Board", "collective": true, "chair": "TBD"}}}
	found(given) == {{
		"path": ["roles", "board", "chair"],
		"message": "\"TBD\" stands where the chair of \"board\" (Board) should be",
		"related": [],
	}}
	both := object.union(given, {"roles": {"board": {"holders": [{"person": "tba"}]}}})
	found(both) == {{
		"path": ["roles", "board", "holders", 0, "person"],
		"message": "\"tba\" stands where a holder of \"board\" (Board) should be",
		"related": [{"path": ["roles", "board", "chair"], "message": "and here"}],
	}}
}
