# METADATA
# title: A gap between two accountable roles
# description: >-
#   An accountable assignment ends within the horizon, nobody is accountable for a part of its scope on the day after,
#   and somebody is again later.
# custom:
#   level: error
#   profile: standard
#   subjects: [responsibilities]
#   needs: []
#   parameters:
#     horizon_days:
#       type: integer
#       unit: days
#       stricter: higher
#       default: 365
#       minimum: 1
#       description: How many days ahead an end is looked for.
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A handover that leaves days without an accountable role is a mistake in the dates more
#         often than a decision.
#   effect: Between the two terms nobody answers for the duty, and both roles can say that it was not theirs.
#   remediation: Let the next term begin on the day after the last one ends, or name somebody for the days between.
#   waive: Where it was decided that nobody answers for it in that time, because the duty rests then.
package uts.rules.ownership["term-gap"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.scope
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, ending_ones in _ending
	gaps := _gaps(id, ending_ones)
	count(gaps) > 0
	[ending, beginning, one, other] := min(gaps)
	message := sprintf("nobody is accountable for %s%s after %s and before %s", [
		_part(id, one),
		text.named("responsibilities", id),
		ending,
		beginning,
	])
	related := [
		{"path": ["assignments", one], "message": "ends here"},
		{"path": ["assignments", other], "message": "begins here"},
	]
}

_part(id, one) := "" if {
	input.assignments[one].scope == input.responsibilities[id].scope
} else := "a part of "

# {[last day, first day again, ending, beginning]} of one responsibility.
_gaps(id, ending_ones) := {[ending, input.assignments[other].from, one, other] |
	all := input.links.assignments[id].A
	some ending in {input.assignments[one].to | some one in ending_ones}
	day := input.days[ending] + 1
	there := {region | some each in all; _holds(input.assignments[each], day); region := assignment.effective(each)}
	some one in ending_ones
	input.assignments[one].to == ending
	some other in all
	input.days[input.assignments[other].from] > day
	shared := scope.intersection(assignment.effective(one), assignment.effective(other))
	not scope.empty(shared)
	count(scope.uncovered(shared, there)) > 0
}

# {responsibility {assignment}}: the A's of active responsibilities that end within the horizon.
_ending := {id: ones |
	some id, codes in input.links.assignments
	input.responsibilities[id].status == "active"
	ones := {one |
		some one in codes.A
		ending := input.assignments[one].to
		ending != term.last_day
		input.as_of <= ending
		input.days[ending] < term.today + input.rules["ownership/term-gap"].parameters.horizon_days
	}
	count(ones) > 0
}

_holds(assigned, day) if {
	input.days[assigned.from] <= day
	day <= input.days[assigned.to]
}
