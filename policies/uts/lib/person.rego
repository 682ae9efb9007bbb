# METADATA
# title: People
# description: Who has left, and who can be said to hold a role.
package uts.lib.person

import rego.v1

# NOTE: where a day is given it decides, otherwise the status does.
departed contains id if {
	some id, person in input.people
	person.departed_on <= input.as_of
}

departed contains id if {
	some id, person in input.people
	not person.departed_on
	person.status == "departed"
}

# Declared, and has not left: placeholders and unknown ids are nobody.
serving(id) if {
	input.people[id]
	not id in departed
}
