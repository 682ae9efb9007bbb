# METADATA
# title: Delegation that states no limits
# description: >-
#   A delegation in force says neither what its limits are nor whether it may be passed on.
# custom:
#   level: warning
#   profile: strict
#   subjects: [delegations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: US Department of Energy, delegation procedures
#       text: >-
#         "Any limitation(s) imposed, including restrictions on redelegation"
#   effect: Each reader draws the limits elsewhere.
#   remediation: State `limits`, or `redelegable`.
#   waive: For old acts that will be replaced by a date.
package uts.rules.delegation["limits-unstated"]

import rego.v1

import data.uts.lib.delegation
import data.uts.lib.text

findings contains {"path": ["delegations", id], "message": message, "cause": cause, "key": authority} if {
	some id in delegation.in_force
	entry := input.delegations[id]
	not entry.limits
	not _spoken(entry)
	some authority in entry.authorities
	message := sprintf("%s of %s states neither limits nor whether it may be passed on", [
		text.named("delegations", id),
		text.quoted(authority),
	])
	cause := concat("/", ["delegations", id])
}

# NOTE: false is a word too, so it is not enough to look whether it holds.
_spoken(entry) if is_boolean(entry.redelegable)
