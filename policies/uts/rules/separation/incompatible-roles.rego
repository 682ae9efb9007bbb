# METADATA
# title: Person in incompatible roles
# description: One person holds two living roles of which one names the other in `incompatible_with`.
# custom:
#   level: warning
#   profile: standard
#   subjects: [people]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, AC-5
#       text: >-
#         In short: duties of individuals that have to be separated are identified and documented.
#   effect: The check that two people keep on each other is gone.
#   remediation: Give one of the roles to somebody else.
#   waive: For a time that has an end, with a check by somebody else that the reason names.
package uts.rules.separation["incompatible-roles"]

import rego.v1

import data.uts.lib.former
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["people", person], "message": message, "related": related, "key": concat("/", pair)} if {
	some person, pairs in _pairs
	some pair in pairs
	message := sprintf("%s holds both %s and %s, which do not go together", [
		text.person(person),
		text.named("roles", pair[0]),
		text.named("roles", pair[1]),
	])
	related := [{"path": ["roles", id], "message": "held"} | some id in pair]
}

# {person {[role, role] …}}, each pair in the order of first names.
_pairs := {person: pairs |
	some person, holdings in input.links.holdings
	count(holdings) > 1
	held := {id | some [id, i] in holdings; i in role.served[id]}
	pairs := {_ordered(one, other) |
		some one in held
		some other in input.roles[one].incompatible_with
		other in held
		one != other
	}
	count(pairs) > 0
}

_ordered(one, other) := [one, other] if {
	former.before("roles", one, other)
} else := [other, one]
