# METADATA
# title: Last holding or assignment that ends soon
# description: >-
#   The only holding of an accountable role, or the only accountable assignment of a responsibility, ends within the next
#   days, and nothing declared lasts longer. That somebody is to leave is no end: the holding says when it ends.
# custom:
#   level: note
#   profile: standard
#   subjects: [roles, assignments]
#   needs: []
#   parameters:
#     days:
#       type: integer
#       unit: days
#       stricter: higher
#       default: 60
#       minimum: 0
#       description: How many days ahead to look; an end on the last of them is told.
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A vacancy that can be foreseen is filled before it begins.
#   effect: From that day nobody holds the post, or nobody answers for the duty.
#   remediation: Extend the holding or assignment, or declare what follows it.
#   waive: Where the next holder has been chosen and may not be named yet.
package uts.rules.staffing["ends-soon"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["roles", id, "holders", i, "to"], "message": message} if {
	some id in (assignment.accountable_roles & role.asked)
	not role.chair(id)
	count(role.holdings[id]) == 1
	some i in role.holdings[id]
	last := input.roles[id].holders[i].to
	_soon(last)
	not _held_longer(id, last)
	not _vacant_longer(id, last)
	message := sprintf("the only holding of %s ends on %s", [text.named("roles", id), last])
}

findings contains {"path": ["assignments", one, "to"], "message": message} if {
	some duty, ids in assignment.accountable
	count(assignment.in_force_with(duty, "A")) == 1
	some one in ids
	assigned := input.assignments[one]
	last := assigned.to
	_soon(last)
	not _assigned_longer(duty, last)
	message := sprintf("the only accountable assignment of %s ends on %s", [
		text.named("responsibilities", duty),
		last,
	])
}

_soon(last) if {
	last != term.last_day
	input.days[last] <= term.today + input.rules["staffing/ends-soon"].parameters.days
}

_held_longer(id, last) if {
	some holding in input.roles[id].holders
	holding.to > last
}

_vacant_longer(id, last) if input.roles[id].vacancy.until > last

_assigned_longer(duty, last) if {
	some one in input.links.assignments[duty].A
	input.assignments[one].to > last
}
