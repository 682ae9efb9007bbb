# METADATA
# title: Acting holder for too long
# description: >-
#   Somebody has held a role in an acting capacity for longer than the organisation allows. The 210 days of the Vacancies
#   Act bind posts that the Senate confirms only; here they are a default. Silent where the start is not stated.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles]
#   needs: []
#   parameters:
#     days:
#       type: integer
#       unit: days
#       stricter: lower
#       default: 210
#       minimum: 1
#       description: How many days after its start an acting holding is still good.
#   criteria:
#     - source: Federal Vacancies Reform Act, 5 U.S.C. 3346 (by analogy)
#       text: >-
#         "for no longer than 210 days beginning on the date the vacancy occurs"
#   effect: A post is run by somebody without its full standing, and nobody looks for a successor.
#   remediation: Fill the post, or end the acting holding.
#   waive: Where the selection has been put off for a reason that somebody approved.
package uts.rules.staffing["acting-too-long"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["roles", id, "holders", first], "message": message, "key": key} if {
	some id, long in _long
	some key, places in long
	first := min(places)
	holding := input.roles[id].holders[first]
	message := sprintf("%s has been acting as %s since %s", [
		text.person(holding.person),
		text.named("roles", id),
		holding.from,
	])
}

# {role {person/from [i …]}}
_long := {id: places |
	some id, served in role.served
	not role.external(id)
	places := {key: [i |
		some i in served
		_acting_too_long(input.roles[id].holders[i])
		_key(input.roles[id].holders[i]) == key
	] |
		some j in served
		_acting_too_long(input.roles[id].holders[j])
		key := _key(input.roles[id].holders[j])
	}
	count(places) > 0
}

_acting_too_long(holding) if {
	holding.kind == "acting"
	term.later_than(holding.from, input.rules["staffing/acting-too-long"].parameters.days)
}

_key(holding) := concat("/", [holding.person, holding.from])
