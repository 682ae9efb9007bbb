# METADATA
# title: Assignment that was never acknowledged
# description: >-
#   An accountable or responsible role has had its assignment for longer than the time allowed and has not acknowledged
#   it. Assessed where acknowledgements are declared at all; silent where the assignment does not say since when.
# custom:
#   level: warning
#   profile: strict
#   subjects: [assignments]
#   needs: [acknowledged]
#   parameters:
#     days:
#       type: integer
#       unit: days
#       stricter: lower
#       default: 30
#       minimum: 0
#       description: How many days a role has to acknowledge an assignment; the last of them is still good.
#   criteria:
#     - source: NIST CSF 2.0, GV.RR-01
#       text: >-
#         "Organizational leadership is responsible and accountable for cybersecurity risk and fosters a culture that is
#         risk-aware, ethical, and continually improving"
#     - source: NIST CSF 2.0, GV.RR-02
#       text: >-
#         "Roles, responsibilities, and authorities related to cybersecurity risk management are established,
#         communicated, understood, and enforced"
#   effect: The role may not know that the duty is its own.
#   remediation: Ask the holder, and state `acknowledged_on`; or move the assignment.
#   waive: Where the holder is away and will answer on return.
package uts.rules.ownership.unacknowledged

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["assignments", id], "message": message} if {
	some id in assignment.first_written(_spoken)
	assigned := input.assignments[id]
	message := sprintf("%s has been %s for %s since %s and has not acknowledged it", [
		text.named("roles", assigned.role),
		assignment.words[assigned.code],
		text.quoted(assigned.responsibility),
		assigned.from,
	])
}

_spoken := {id |
	some id in _old
	assigned := input.assignments[id]
	not _acknowledged(assigned)
	not id in _silent
}

# Standing A's and R's that began long enough ago to have been acknowledged.
_old := {id |
	some id, assigned in input.assignments
	assigned.code in {"A", "R"}
	term.later_than(assigned.from, input.rules["ownership/unacknowledged"].parameters.days)
	assignment.stands(id)
	holder := assigned.role
	not role.everyone(holder)
}

# NOTE: what is told on the first code of its list is neither a finding of its own nor a pass.
judged contains ["assignments", id] if {
	some id in _old
	not id in _silent
	not id in _spoken
}

judged contains ["assignments", id] if some id in assignment.first_written(_spoken)

not_judged contains {"path": ["assignments", id], "fact": "acknowledged", "missing": ["assignments", id]} if {
	some id in (_old & _silent)
}

_silent := {id | some id in input.not_stated.acknowledged}

_acknowledged(assigned) if term.happened(assigned.acknowledged_on)
