package uts.rules.continuity.base_test

import rego.v1

# An essential post that answers for something critical, its deputy, and two people.
base := {
	"units": {"agency": {"name": "Agency"}},
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2"}, "p-3": {"name": "P3"}},
	"roles": {
		"chief": {"title": "Chief", "unit": "agency", "key": true, "holders": [{"person": "p-1"}], "successors": ["deputy"]},
		"deputy": {"title": "Deputy", "unit": "agency", "holders": [{"person": "p-2"}]},
	},
	"responsibilities": {"command": {"statement": "Command", "criticality": "critical"}},
	"assignments": {"a": {"responsibility": "command", "role": "chief", "code": "A"}},
}

changed(fields) := object.union(base, {"roles": {"chief": fields}})

# What takes a post out of sight, on top of a corpus where it would be told.
out_of_sight := [
	{"status": "abolished"},
	{"abolished_on": "2026-06-15"},
	{"collective": true},
	{"external": true},
	{"holders": [{"person": "p-1"}, {"person": "p-3"}]},
]

# What does not.
in_sight := [
	{"abolished_on": "2026-06-16"},
	{"holders": []},
	{"holders": [{"person": "p-1"}, {"person": "p-3", "kind": "acting"}]},
	{"holders": [{"person": "p-1"}, {"person": "p-3", "to": "2026-06-14"}]},
	{"holders": [{"person": "p-1"}, {"person": "p-1", "from": "2026-01-01"}]},
	{"key": false},
]
