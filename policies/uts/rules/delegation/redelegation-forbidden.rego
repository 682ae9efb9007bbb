# METADATA
# title: Authority passed on without permission
# description: >-
#   Some of what a delegation passes on, the delegator has only by delegation, without permission to pass it on. Where the
#   delegation states no scope: all of it.
# custom:
#   level: error
#   profile: standard
#   subjects: [delegations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: USDA Rural Development, Instruction 2006-F
#       text: >-
#         "Authority for any further delegation must be given in the instrument of delegation."
#     - source: US Department of Energy, delegation procedures
#       text: >-
#         "Any limitation(s) imposed, including restrictions on redelegation"
#   effect: The acts of the delegate can be contested, and may be void.
#   remediation: Have the first delegation permit it with `redelegable`, or delegate from the post that holds it.
#   waive: Where permission has been given and only its text is missing.
package uts.rules.delegation["redelegation-forbidden"]

import rego.v1

import data.uts.lib.delegation
import data.uts.lib.text

findings contains {"path": ["delegations", id, "authorities", i], "message": message, "key": authority} if {
	some [id, authority] in delegation.forbidden
	i := delegation.place(id, authority)
	message := sprintf("%s passes on %s, which %s has by delegation and may not pass on", [
		text.named("delegations", id),
		text.named("authorities", authority),
		text.named("roles", input.delegations[id].delegator),
	])
}
