package uts.rules.authority.base_test

import rego.v1

# A responsibility that requires an authority, which its accountable role holds everywhere.
base := {
	"units": {
		"agency": {"name": "Agency"},
		"north": {"name": "North", "parent": "agency"},
		"south": {"name": "South", "parent": "agency"},
	},
	"roles": {"chief": {"title": "Chief", "unit": "agency"}, "head": {"title": "Head", "unit": "north"}},
	"authorities": {"commit-funds": {"title": "Commit funds"}},
	"responsibilities": {"shield": {"statement": "Shield rooms", "requires": ["commit-funds"]}},
	"assignments": {"a": {"responsibility": "shield", "role": "chief", "code": "A"}},
	"links": {"grants": {"chief": {"commit-funds": [{"from": "0001-01-01", "to": "9999-12-31", "via": []}]}}},
}

without_grants := object.remove(base, ["links"])

granted(parts) := object.union(without_grants, {"links": {"grants": {"chief": {"commit-funds": parts}}}})
