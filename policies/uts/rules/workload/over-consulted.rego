# METADATA
# title: Responsibility on which too many are consulted
# description: More roles have to be consulted than wanted.
# custom:
#   level: note
#   profile: strict
#   subjects: [responsibilities]
#   needs: []
#   parameters:
#     max:
#       type: integer
#       unit: roles
#       stricter: lower
#       default: 8
#       minimum: 1
#       description: How many roles may have to be consulted.
#   criteria:
#     - source: RACI practice
#       text: >-
#         In short: each role that has to be consulted delays what is to be decided.
#   effect: A decision that should take hours takes weeks, or is taken without asking anybody.
#   remediation: Inform some of them instead.
#   waive: Where law names all those who must be heard.
package uts.rules.workload["over-consulted"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message} if {
	some id, codes in assignment.standing
	roles := {consulted | some one in codes.C; consulted := input.assignments[one].role; not role.everyone(consulted)}
	most := input.rules["workload/over-consulted"].parameters.max
	count(roles) > most
	message := sprintf("%v roles are to be consulted on %s, more than %v", [
		count(roles),
		text.named("responsibilities", id),
		most,
	])
}
