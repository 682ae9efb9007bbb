# METADATA
# title: Assignment that was not reviewed in time
# description: A standing assignment was last reviewed longer ago than allowed. Silent where no review is stated.
# custom:
#   level: warning
#   profile: standard
#   subjects: [assignments]
#   needs: []
#   parameters:
#     days:
#       type: integer
#       unit: days
#       stricter: lower
#       default: 365
#       minimum: 1
#       description: How many days a review holds; the last of them is still good.
#   criteria:
#     - source: NIST CSF 2.0, GV.RR-03
#       text: >-
#         "Adequate resources are allocated commensurate with the cybersecurity risk strategy, roles, responsibilities,
#         and policies"
#   effect: The assignment describes an organisation that may no longer exist.
#   remediation: Review the assignment and state the new `reviewed_on`.
#   waive: Where the review waits for a reorganisation that has a date.
package uts.rules.ownership["review-overdue"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["assignments", id, "reviewed_on"], "message": message} if {
	some id in assignment.first_written(_spoken)
	assigned := input.assignments[id]
	message := sprintf("the assignment of %s to %s was last reviewed on %s", [
		text.quoted(assigned.responsibility),
		text.named("roles", assigned.role),
		assigned.reviewed_on,
	])
}

_spoken := {id |
	some id, assigned in input.assignments
	term.later_than(assigned.reviewed_on, input.rules["ownership/review-overdue"].parameters.days)
	assignment.stands(id)
}
