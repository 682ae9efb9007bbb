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
#       text: >-
#         In short: exactly one role is accountable for each responsibility.
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: policies were not clear and unambiguous throughout the enterprise.
#   effect: Each of them can believe that the other acts, and nobody can be asked why neither did.
#   remediation: Leave one accountable role, give each its own scope, or state `joint_accountability` with `reason` and `approved_by`.
#   waive: >-
#     Hardly ever. Where two roles really answer together, `joint_accountability` says so for good, with who approved
#     it.
package uts.rules.ownership["multiple-accountable"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.scope
import data.uts.lib.text
import data.uts.lib.unit

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, pairs in _meeting
	conflicting := {one |
		some [shape, other] in pairs
		theirs := {input.assignments[each].role | some each in _sharing[id][other]}
		some one in _sharing[id][shape]
		count(theirs - {input.assignments[one].role}) > 0
	}
	count(conflicting) > 0
	roles := {input.assignments[one].role | some one in conflicting}
	message := sprintf("%s are accountable for the same part of %s", [
		text.listed(roles),
		text.named("responsibilities", id),
	])
	related := [{"path": ["assignments", one], "message": "also accountable here"} | some one in sort(conflicting)]
}

# Responsibilities with standing A's of different roles, which nobody has agreed to.
_doubled contains id if {
	some id, ids in assignment.accountable
	count(ids) > 1
	count({input.assignments[one].role | some one in ids}) > 1
	duty := input.responsibilities[id]
	not _joint(duty)
}

_joint(duty) if {
	duty.joint_accountability.reason
	duty.joint_accountability.approved_by
}

_answers := {one: assignment.answered(one) |
	some id in _doubled
	some one in assignment.accountable[id]
}

_shapes := {one: json.marshal(answer) | some one, answer in _answers}

# {responsibility {shape {assignment}}}: those with one and the same answered scope. NOTE: two thousand of them are
# then compared as one.
_sharing := {id: shapes |
	some id in _doubled
	ids := assignment.accountable[id]
	shapes := {shape: alike |
		some shape in {_shapes[one] | some one in ids}
		alike := {one | some one in ids; _shapes[one] == shape}
	}
}

# {responsibility {unit {shape}}}: where the shapes have their roots.
_rooted := {id: roots |
	some id, shapes in _sharing
	units := {shape: _answers[min(ids)].units | some shape, ids in shapes}
	roots := {root: standing |
		some root in {each | some _, all in units; some each in all}
		standing := {shape | some shape, all in units; root in all}
	}
}

# {responsibility {[shape, shape]}}: which shapes share a pair, each with itself too. Of two that do, one has a root at
# or below a root of the other.
_meeting := {id: pairs |
	some id, shapes in _sharing
	pairs := {pair |
		some lower, ids in shapes
		answer := _answers[min(ids)]
		some root in answer.units
		some step in unit.steps(root)
		some upper in _rooted[id][step]
		scope.intersecting(answer, _answers[min(shapes[upper])])
		some pair in [[lower, upper], [upper, lower]]
	}
}
