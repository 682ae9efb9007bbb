package uts.rules.delegation.base_test

import rego.v1

# The chief holds an authority and delegates it to the head, who passes it on to the clerk with permission.
base := {
	"units": {"agency": {"name": "Agency"}, "north": {"name": "North", "parent": "agency"}, "south": {"name": "South", "parent": "agency"}},
	"roles": {
		"chief": {"title": "Chief", "unit": "agency", "authorities": [{"authority": "commit-funds"}]},
		"head": {"title": "Head", "unit": "agency"},
		"clerk": {"title": "Clerk", "unit": "agency"},
	},
	"authorities": {"commit-funds": {"title": "Commit funds"}},
	"delegations": {
		"d-1": {"title": "First", "delegator": "chief", "delegate": "head", "authorities": ["commit-funds"], "redelegable": true},
		"d-2": {"title": "Second", "delegator": "head", "delegate": "clerk", "authorities": ["commit-funds"]},
	},
	"links": {"on_paper": {"chief": {"commit-funds": whole}, "head": {"commit-funds": whole}}},
}

whole := {"scopes": [{"permitted": true}], "bad": false, "until": "9999-12-31"}

# What the head has on paper.
holding(paper) := object.union(object.remove(base, ["links"]), {"links": {"on_paper": {"chief": {"commit-funds": whole}, "head": {"commit-funds": paper}}}})

# The head has nothing, and the first delegation is as given.
empty_handed(first) := object.union(
	object.remove(base, ["links"]),
	{"delegations": {"d-1": first}, "links": {"on_paper": {"chief": {"commit-funds": whole}}}},
)

passing(fields) := {"delegations": {"d-2": fields}}

# States in which the second delegation is not in force, and those in which it is.
not_in_force := [{"to": "2026-06-14"}, {"from": "2026-06-16"}, {"rescinded_on": "2026-06-15"}]

in_force := [{}, {"to": "2026-06-15"}, {"from": "2026-06-15"}, {"rescinded_on": "2026-06-16"}]

# Delegators of whom nothing is asked.
passed_over := [
	{"roles": {"head": {"status": "abolished"}}},
	{"roles": {"head": {"external": true}}},
	{"delegations": {"d-2": {"delegator": "hed"}}},
]
