package uts.lib.role_test

import rego.v1

import data.uts.lib.role
import data.uts.lib.testing

corpus := testing.corpus({"roles": {
	"lead": {"title": "Lead"},
	"archived": {"title": "Archived", "status": "abolished"},
	"ended": {"title": "Ended", "abolished_on": "2026-06-15"},
	"ending": {"title": "Ending", "abolished_on": "2026-06-16"},
}})

abolished contains id if {
	some id in ["lead", "archived", "ended", "ending", "unknown"]
	role.abolished(id) with input as corpus
}

test_a_role_is_abolished_from_its_day_on_or_where_its_status_says_so if {
	abolished == {"archived", "ended"}
}
