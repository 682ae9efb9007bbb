package uts.rules.training.base_test

import rego.v1

# An exposed role with one holder, and one mandatory advanced module that applies to it by exposure.
base := {
	"units": {"agency": {"name": "Agency"}},
	"vectors": {"travel": {"title": "Travel"}, "online": {"title": "Online"}},
	"people": {"p-1": {"name": "P1"}},
	"roles": {"driver": {"title": "Driver", "unit": "agency", "exposure": ["travel"], "holders": [{"person": "p-1", "from": "2026-01-01"}]}},
	"training": {"routes": {
		"title": "Varying routes", "level": "advanced", "mandatory": true, "owner": "driver",
		"audience": {"everyone": false, "roles": [], "exposure": ["travel"]},
	}},
	"training_records": {"p-1/routes/2026-01-10": {
		"person": "p-1", "module": "routes", "completed_on": "2026-01-10", "expires_on": "2026-12-31",
	}},
	"links": {"modules": {"everyone": [], "role": {}, "vector": {"travel": ["routes"]}}},
}

without(section) := object.remove(base, [section])

# The same with other links to modules, whatever the audience says.
for_everyone := {"links": {"modules": {"everyone": ["routes"], "role": {}, "vector": {}}}}

for_role := {"links": {"modules": {"everyone": [], "role": {"driver": ["routes"]}, "vector": {}}}}

relinked(given, links) := object.union(object.remove(given, ["links"]), links)
