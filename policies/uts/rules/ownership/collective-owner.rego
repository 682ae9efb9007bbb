# METADATA
# title: A body is accountable, and nobody chairs it
# description: The accountable role is a collective (a board, a committee), and neither it nor its unit declares a `chair` who speaks for it.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What everybody on a board answers for, nobody does, unless one of them speaks for it.
#   effect: When the duty fails, each member can point to the others.
#   remediation: Declare the `chair` of the body, or make one post accountable.
#   waive: Where law or charter gives the decision to the body itself and to none of its members.
package uts.rules.ownership["collective-owner"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.text
import data.uts.lib.unit

findings contains {"path": ["roles", body], "message": message, "related": related} if {
	some body in _headless
	ids := {id | some id in input.links.assignments_by_role[body].A; assignment.current(id)}
	duties := {input.assignments[id].responsibility | some id in ids}
	message := sprintf("%s, a body that nobody chairs, is accountable for %s", [
		text.named("roles", body),
		text.listed(duties),
	])
	related := [{"path": ["assignments", id, "role"], "message": "accountable here"} |
		some id in sort(assignment.first_written(ids))
	]
}

# NOTE: a unit that is unknown or archived is a finding of reference/*, and no unit to ask for a chair.
_headless contains id if {
	some id in assignment.accountable_roles
	id in role.asked
	body := input.roles[id]
	body.collective == true
	body.unit in unit.in_force
	not role.chair(id)
}
