# METADATA
# title: A role does the work and is told of it as well
# description: >-
#   One role is accountable or responsible for a duty and, in the same scope, also consulted or informed about it. Who does
#   it need not be asked or told.
# custom:
#   level: note
#   profile: standard
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: RACI practice
#       text: >-
#         In short: a role has one part in a task, accountable and responsible aside.
#   effect: The table says two things of one role, and a reader cannot tell which was meant.
#   remediation: Take the role out of `consulted` or `informed`, or out of the part that it does not have.
#   waive: Where the table is prescribed from outside and says so.
package uts.rules.workload["contradictory-codes"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.scope
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, codes in assignment.standing
	clashes := _clashes(codes)
	count(clashes) > 0
	named := sort({input.assignments[one].role | some [one, _] in clashes})
	message := sprintf("%s: %s", [
		text.named("responsibilities", id),
		text.joined([sprintf("%s is %s", [text.quoted(each), text.joined(_words(each, clashes))]) | some each in named]),
	])
	related := [{"path": ["assignments", one], "message": assignment.words[input.assignments[one].code]} |
		some one in sort({each | some pair in clashes; some each in pair})
	]
}

# {[assignment, assignment]}: one role does the work by the first, and is asked or told by the second.
_clashes(codes) := {[one, other] |
	some does in ["A", "R"]
	some one in object.get(codes, does, [])
	acting := input.assignments[one].role
	not role.everyone(acting)
	some told in ["C", "I"]
	some other in object.get(codes, told, [])
	input.assignments[other].role == acting
	scope.intersecting(assignment.answered(one), assignment.answered(other))
}

_words(acting, clashes) := [assignment.words[code] |
	some code in ["A", "R", "C", "I"]
	code in {input.assignments[one].code | some pair in clashes; some one in pair; input.assignments[one].role == acting}
]
