package uts.rules.incident.base_test

import rego.v1

# One incident with one line for everybody, commanded from the root unit by somebody who may declare.
base := {
	"units": {
		"agency": {"name": "Agency"},
		"north": {"name": "North", "parent": "agency"},
		"south": {"name": "South", "parent": "agency"},
		"port": {"name": "Port", "parent": "north"},
	},
	"people": {"p-1": {"name": "P1"}, "p-2": {"name": "P2"}},
	"roles": {
		"chief": {"title": "Chief", "unit": "agency", "holders": [{"person": "p-1"}]},
		"head": {"title": "Head", "unit": "north", "holders": [{"person": "p-2"}]},
	},
	"authorities": {"declare-incident": {"title": "Declare an incident"}},
	"incidents": {"leak": {"title": "Leak"}},
	"incident_lines": {"l-1": {"incident": "leak", "declare": "chief", "command": "chief"}},
	"links": {"grants": {"chief": {"declare-incident": [{"from": "0001-01-01", "to": "9999-12-31", "via": []}]}}},
}

changed(fields) := object.union(base, {"incident_lines": {"l-1": fields}})

second(fields) := object.union(base, {"incident_lines": {"l-2": object.union({"incident": "leak", "declare": "chief", "command": "head"}, fields)}})

without(section) := object.remove(base, [section])
