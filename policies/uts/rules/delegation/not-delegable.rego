# METADATA
# title: Delegation of an authority that may not be delegated
# description: >-
#   A delegation in force passes on an authority that is declared not to be delegable.
# custom:
#   level: error
#   profile: standard
#   subjects: [delegations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: USDA Rural Development, Instruction 2006-F
#       text: >-
#         "Any delegated authority is subject to the provisions of the delegating instrument."
#   effect: The acts of the delegate can be contested, and may be void.
#   remediation: Rescind it, or take the authority out of it; the post that holds it has to act itself.
#   waive: >-
#     Never: a power that may not be passed on was not passed on.
package uts.rules.delegation["not-delegable"]

import rego.v1

import data.uts.lib.delegation
import data.uts.lib.text

findings contains {"path": ["delegations", id, "authorities", i], "message": message, "key": authority} if {
	some [id, authority] in delegation.not_delegable
	i := delegation.place(id, authority)
	message := sprintf("%s passes on %s, which may not be delegated", [
		text.named("delegations", id),
		text.named("authorities", authority),
	])
}
