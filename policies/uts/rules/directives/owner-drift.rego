# METADATA
# title: Directive and assignments disagree
# description: >-
#   A directive in force makes a role accountable for a responsibility, and others are accountable for it in the
#   directive's scope. Silent where nobody is (another rule speaks of that), and on roles that are unknown or abolished.
# custom:
#   level: warning
#   profile: standard
#   subjects: [directives]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, PS-9
#       text: >-
#         "Incorporate security and privacy roles and responsibilities into organizational position descriptions."
#     - source: NIST CSF 2.0, GV.RR-02
#       text: >-
#         "Roles, responsibilities, and authorities related to cybersecurity risk management are established,
#         communicated, understood, and enforced"
#   effect: The text and the matrix name different officials, and each of the two can point to the other.
#   remediation: Bring the text or the assignment in line.
#   waive: Where the text is to be reissued by a date, and everybody knows who answers meanwhile.
package uts.rules.directives["owner-drift"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.directive
import data.uts.lib.scope
import data.uts.lib.text

findings contains {"path": ["directives", id, "assigns", i], "message": message, "related": related, "key": key} if {
	some id, by_duty in directive.assigned
	some duty, roles in by_duty
	owners := _owners(id, duty)
	accountable := {input.assignments[owner].role | some owner in owners}
	count(accountable) > 0
	some role in (roles - accountable)
	i := min({j | some j, stated in input.directives[id].assigns; stated == {"responsibility": duty, "role": role}})
	message := sprintf("the directive %s makes %s accountable for %s, for which %s", [
		text.named("directives", id),
		text.named("roles", role),
		text.named("responsibilities", duty),
		_are(accountable),
	])
	related := [{"path": ["assignments", owner, "role"], "message": "accountable here"} | some owner in owners]
	key := concat("/", [duty, role])
}

# The standing A's of a responsibility that answer for something in the directive's scope.
_owners(id, duty) := [owner |
	some owner in assignment.accountable[duty]
	scope.intersecting(assignment.answered(owner), object.union(scope.region(input.directives[id].scope), {"without": []}))
]

_are(roles) := sprintf("%s is accountable", [text.listed(roles)]) if count(roles) == 1

_are(roles) := sprintf("%s are accountable", [text.listed(roles)]) if count(roles) > 1
