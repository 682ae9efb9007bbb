# METADATA
# title: Delegations that rest on each other
# description: >-
#   Delegations of one authority lead round in a circle, and no member of it has the authority from outside. Told once, on
#   the smallest id.
# custom:
#   level: error
#   profile: standard
#   subjects: [delegations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. Power that everybody has from the next one comes from nobody.
#   effect: On paper everybody in the circle has the power; in truth nobody was ever given it.
#   remediation: Grant the authority to one of them, or rescind a delegation.
#   waive: >-
#     Never: nobody in the loop has the power.
package uts.rules.delegation.cycle

import rego.v1

import data.uts.lib.delegation
import data.uts.lib.former
import data.uts.lib.text

findings contains {
	"path": ["delegations", id, "authorities", i],
	"message": message,
	"related": related,
	"key": authority,
} if {
	some [authority, members] in delegation.loops
	id := former.least("delegations", members)
	not [id, authority] in delegation.not_delegable
	i := delegation.place(id, authority)
	message := sprintf("%s of %s", [_who(members), _what(authority)])
	related := [{"path": ["delegations", other], "message": "in the same loop"} | some other in sort(members); other != id]
}

_who(members) := sprintf("%s leads back to where it began, and no grant feeds its delegation", [text.listed(members)]) if {
	count(members) == 1
}

_who(members) := sprintf("%s rest on each other, and no grant feeds their delegation", [text.listed(members)]) if {
	count(members) > 1
}

_what(authority) := text.named("authorities", authority)
