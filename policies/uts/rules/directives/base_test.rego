package uts.rules.directives.base_test

import rego.v1

# Two directives in force that have nothing to do with each other, and two roles.
base := {
	"units": {
		"agency": {"name": "Agency"},
		"north": {"name": "North", "parent": "agency"},
		"south": {"name": "South", "parent": "agency"},
	},
	"roles": {"lead": {"title": "Lead", "unit": "agency"}, "chief": {"title": "Chief", "unit": "agency"}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"directives": {
		"d-1": {"title": "Travel order", "owner": "lead"},
		"d-2": {"title": "Travel manual", "owner": "lead"},
	},
}

changed(fields) := object.union(base, {"directives": fields})

# States in which a directive is not in force, the last day before and the first day after included.
not_in_force := [
	{"status": "draft"}, {"status": "superseded"}, {"status": "rescinded"},
	{"to": "2026-06-14"}, {"from": "2026-06-16"},
]

in_force := [{}, {"status": "in-force"}, {"to": "2026-06-15"}, {"from": "2026-06-15"}]
