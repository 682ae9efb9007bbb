# METADATA
# title: Responsibility of which nobody is told
# description: No role is consulted before, and none informed after.
# custom:
#   level: note
#   profile: strict
#   subjects: [responsibilities]
#   needs: [informed]
#   parameters: {}
#   criteria:
#     - source: RACI practice
#       text: >-
#         In short: those whose work depends on the outcome hear of it.
#   effect: Others learn of a decision when it has gone wrong.
#   remediation: Name who is consulted or informed, or retire the responsibility.
#   waive: Where the duty is secret even inside the organisation.
package uts.rules.workload["nobody-told"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message} if {
	some id in _active
	not id in _silent
	assignment.unheld(id, "C")
	assignment.unheld(id, "I")
	message := sprintf("nobody is consulted or informed about %s", [text.named("responsibilities", id)])
}

judged contains ["responsibilities", id] if {
	some id in _active
	not id in _silent
}

not_judged contains {"path": ["responsibilities", id], "fact": "informed", "missing": ["responsibilities", id]} if {
	some id in (_active & _silent)
}

_active := {id | some id, duty in input.responsibilities; duty.status == "active"}

_silent := {id | some id in input.not_stated.informed}
