# METADATA
# title: Person who answers for too much
# description: Through all roles together, one person is accountable for more responsibilities than wanted.
# custom:
#   level: warning
#   profile: strict
#   subjects: [people]
#   needs: []
#   parameters:
#     max:
#       type: integer
#       unit: responsibilities
#       stricter: lower
#       default: 12
#       minimum: 1
#       description: How many responsibilities one person may answer for.
#   criteria:
#     - source: RACI practice
#       text: >-
#         In short: nobody is accountable for more than can be answered for.
#   effect: Everything has an owner on paper, and nobody has the time.
#   remediation: Move some of the responsibilities to other roles.
#   waive: Where most of these duties rest for the greater part of the year.
package uts.rules.workload.overloaded

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["people", person], "message": message, "related": related} if {
	some person, holdings in input.links.holdings
	roles := {id | some [id, i] in holdings; i in role.served[id]}
	duties := {duty | some id in roles; some duty in _duties[id]}
	most := input.rules["workload/overloaded"].parameters.max
	count(duties) > most
	message := sprintf("%s is accountable for %v responsibilities, more than %v", [
		text.person(person),
		count(duties),
		most,
	])
	related := [{"path": ["roles", id], "message": text.counted(count(_duties[id]), "responsibility", "responsibilities")} |
		some id in sort(roles)
		_duties[id]
	]
}

# {role {responsibility …}} of standing A's.
_duties := {id: duties |
	some id, codes in input.links.assignments_by_role
	id in role.living
	duties := {input.assignments[one].responsibility | some one in codes.A; assignment.current(one)}
	count(duties) > 0
}
