# METADATA
# title: Fewer holders than the role needs
# description: >-
#   A living role states a `minimum` of holders, and fewer people hold it, of whatever kind. A role that is known to be
#   vacant, or declares a `vacancy`, is another matter.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles]
#   needs: [holders]
#   parameters: {}
#   criteria:
#     - source: Kubernetes, SIG governance requirements
#       text: >-
#         In short: each group has at least two chairs.
#   effect: The work was meant for several, and the one who is left has nobody to check or to stand in.
#   remediation: Name further holders, or state the `minimum` that is really meant.
#   waive: While a holder is being found whose first day is known.
package uts.rules.staffing["below-minimum"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["roles", id, "minimum"], "message": message, "related": related} if {
	some id in _short
	not id in _silent
	not role.vacant(id)
	held := {input.roles[id].holders[i].person | some i in role.holdings[id]}
	message := sprintf("%s needs %s and has %v", [
		text.named("roles", id),
		text.counted(input.roles[id].minimum, "holder", "holders"),
		count(held),
	])
	related := [{"path": ["roles", id, "holders", i], "message": "holds it"} | some i in role.holdings[id]]
}

judged contains ["roles", id] if {
	some id in _looked_at
	not id in _open
}

not_judged contains {"path": ["roles", id], "fact": "holders", "missing": ["roles", id]} if some id in _open

_looked_at := {id | some id in role.asked; input.roles[id].minimum}

_short := {id |
	some id in _looked_at
	not input.roles[id].vacancy
	count({input.roles[id].holders[i].person | some i in role.holdings[id]}) < input.roles[id].minimum
}

_open := _short & _silent

_silent := {id | some id in input.not_stated.holders}
