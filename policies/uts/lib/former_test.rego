package uts.lib.former_test

import rego.v1

import data.uts.lib.former

_links := {"first_names": {"roles": {"a": "z"}}}

test_the_first_name_is_the_id_where_there_was_no_other if {
	former.first("roles", "a") == "z" with input.links as _links
	former.first("roles", "b") == "b" with input.links as _links
	former.first("units", "a") == "a" with input.links as _links
}

test_ids_are_ordered_by_first_names if {
	former.least("roles", ["a", "b"]) == "b" with input.links as _links
	former.greatest("roles", {"a", "b"}) == "a" with input.links as _links
	former.before("roles", "b", "a") with input.links as _links
	not former.before("roles", "a", "b") with input.links as _links
}
