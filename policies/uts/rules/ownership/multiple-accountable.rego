# METADATA
# title: More than one accountable role
# description: >-
#   Two roles answer for the same part of one responsibility. A narrower assignment with `overrides` replaces the wider
#   one there, and `joint_accountability` with a reason and an approver permits what is meant.
# custom:
#   level: error
#   profile: starter
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: RACI practice
#       text: Exactly one role is accountable for each responsibility.
#     - source: DOJ OIG audit 25-065
#       text: Policies were not clear and unambiguous throughout the enterprise.
#   effect: Each of them can believe that the other acts, and nobody can be asked why neither did.
#   remediation: Leave one accountable role, give each its own scope, or state `joint_accountability` with `reason` and `approved_by`.
package uts.rules.ownership["multiple-accountable"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.scope
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, ids in assignment.accountable
	count(ids) > 1
	not _joint(input.responsibilities[id])
	conflicting := _conflicting(ids)
	count(conflicting) > 0
	roles := {input.assignments[one].role | some one in conflicting}
	message := sprintf("%s are accountable for the same part of %s", [
		text.listed(roles),
		text.named("responsibilities", id),
	])
	related := [{"path": ["assignments", one], "message": "also accountable here"} | some one in sort(conflicting)]
}

_joint(duty) if {
	duty.joint_accountability.reason
	duty.joint_accountability.approved_by
}

_conflicting(ids) := {one |
	answers := {id: assignment.answered(id) | some id in ids}
	some one, answer in answers
	some other, its in answers
	input.assignments[one].role != input.assignments[other].role
	scope.intersecting(answer, its)
}
