# METADATA
# title: A body is accountable, and nobody chairs it
# description: The accountable role is a collective (a board, a committee), and its unit declares no `chair` who speaks for it.
# custom:
#   level: warning
#   profile: standard
#   subjects: [assignments]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What everybody on a board answers for, nobody does, unless one of them speaks for it.
#   effect: When the duty fails, each member can point to the others.
#   remediation: Declare the `chair` of the body's unit, or make one post accountable.
#   waive: Where law or charter gives the decision to the body itself and to none of its members.
package uts.rules.ownership["collective-owner"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.text
import data.uts.lib.unit

findings contains {
	"path": ["assignments", id, "role"],
	"message": message,
	"related": [{"path": ["units", of], "message": "declares no chair"}],
	"cause": concat("/", ["roles", body]),
} if {
	some id in assignment.first_written(_spoken)
	assigned := input.assignments[id]
	body := assigned.role
	of := input.roles[body].unit
	message := sprintf("%s, a collective, is accountable for %s, and its unit %s declares no chair", [
		text.named("roles", body),
		text.quoted(assigned.responsibility),
		text.quoted(of),
	])
}

_spoken := {id |
	some body in _headless
	some id in input.links.assignments_by_role[body].A
	assignment.current(id)
}

# NOTE: a unit that is unknown or archived is a finding of reference/*, and no unit to ask for a chair.
_headless contains id if {
	some id, body in input.roles
	body.collective == true
	id in role.living
	not role.external(id)
	home := body.unit
	home in unit.in_force
	not input.units[home].chair
}
