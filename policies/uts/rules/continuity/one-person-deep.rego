# METADATA
# title: Critical responsibility that hangs on one person
# description: >-
#   The holders of the accountable roles, of the responsible roles and of the accountable roles' successors are one and
#   the same person. Silent where an external role is among them.
# custom:
#   level: warning
#   profile: standard
#   subjects: [responsibilities]
#   needs: [roles.successors]
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What one person does, answers for and is to take over ends with that person's first
#         day of absence.
#   effect: Whoever finds and stops this one person stops the duty.
#   remediation: Give one of the roles, or a successor, to somebody else.
#   waive: While a second person is being trained.
package uts.rules.continuity["one-person-deep"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.continuity
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, codes in assignment.standing
	input.responsibilities[id].criticality == "critical"
	accountable := {input.assignments[one].role | some one in object.get(codes, "A", [])}
	responsible := {input.assignments[one].role | some one in object.get(codes, "R", [])}
	succeeding := {one | some post in accountable; some one in input.roles[post].successors; one in role.living}
	roles := (accountable | responsible) | succeeding
	count({one | some one in roles; role.external(one)}) == 0
	persons := {person | some one in roles; some person in continuity.holders(one)}
	count(persons) == 1
	some person in persons
	person in {other | some one in roles; some other in role.persons(one)}
	message := sprintf("the critical responsibility %s hangs on %s, who holds %s", [
		text.named("responsibilities", id),
		text.quoted(person),
		text.listed({one | some one in roles; person in continuity.holders(one)}),
	])
	related := [{"path": ["roles", one], "message": "held by the same person"} |
		some one in sort(roles)
		person in continuity.holders(one)
	]
}
