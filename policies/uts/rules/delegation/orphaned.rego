# METADATA
# title: Delegation whose grant has ended
# description: >-
#   The delegator had the authority once and has nothing of it in force any more: its own grant ended, or the delegation it
#   came by was rescinded or ran out.
# custom:
#   level: error
#   profile: standard
#   subjects: [delegations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: US Department of Energy, delegation procedures
#       text: >-
#         In short: a delegation rests on the authority of whoever delegates, and is rescinded where that has gone.
#   effect: The delegate acts in good faith with a power that no longer exists.
#   remediation: Renew what the delegator held, or rescind the delegation.
#   waive: Where a new act is being signed that gives the same power anew.
package uts.rules.delegation.orphaned

import rego.v1

import data.uts.lib.delegation
import data.uts.lib.text

findings contains {"path": ["delegations", id, "authorities", i], "message": message, "cause": cause, "key": authority} if {
	some [id, authority] in delegation.orphaned
	cause := concat("/", ["roles", input.delegations[id].delegator])
	i := delegation.place(id, authority)
	message := sprintf("%s passes on %s, which %s had and no longer has", [
		text.named("delegations", id),
		text.named("authorities", authority),
		text.named("roles", input.delegations[id].delegator),
	])
}
