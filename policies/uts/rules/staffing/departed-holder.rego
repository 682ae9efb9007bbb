# METADATA
# title: Holder who has left
# description: A holding in force names a person who has left the organisation.
# custom:
#   level: error
#   profile: starter
#   subjects: [roles]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, PS-4
#       text: >-
#         "Terminate or revoke any authenticators and credentials associated with the individual"
#     - source: NIST SP 800-53 rev. 5, PS-5
#       text: >-
#         "Review and confirm ongoing operational need for current logical and physical access authorizations to systems
#         and facilities when individuals are reassigned or transferred to other positions within the organization"
#   effect: The role looks filled, and whoever calls its holder reaches nobody.
#   remediation: End the holding on the person's last day, and name the next holder or a `vacancy`.
#   waive: >-
#     Never: end the holding.
package uts.rules.staffing["departed-holder"]

import rego.v1

import data.uts.lib.person
import data.uts.lib.role
import data.uts.lib.text

findings contains {
	"path": ["roles", id, "holders", i, "person"],
	"message": message,
	"related": [{"path": ["people", who], "message": "left"}],
	"cause": concat("/", ["people", who]),
	"key": key,
} if {
	some id, indexes in role.holdings
	some i in indexes
	holding := input.roles[id].holders[i]
	who := holding.person
	who in person.departed
	not role.external(id)
	i == min([j | some j in indexes; _alike(input.roles[id].holders[j], holding)])
	key := concat("/", [who, holding.from])
	message := sprintf("%s is held by %s, who %s", [text.named("roles", id), text.person(who), _left(input.people[who])])
}

# The same person from the same day: one finding, at the first of them.
_alike(one, other) if {
	one.person == other.person
	one.from == other.from
}

_left(who) := sprintf("left on %s", [who.departed_on]) if {
	who.departed_on
} else := "has left"
