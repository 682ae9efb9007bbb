# METADATA
# title: Grant or delegation without its instrument
# description: >-
#   A grant in force does not say where it is written (`source`), or a delegation in force does not name its written act
#   (`instrument`). External roles answer elsewhere and are passed over.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles, delegations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: US Department of Energy, delegation procedures
#       text: >-
#         "Citation of the original source of the authority"
#     - source: US Fish and Wildlife Service, 030 FW 2
#       text: >-
#         "All delegations must be made in writing"
#   effect: When the power is used, nobody can show that it was given.
#   remediation: Cite the order that grants it under `source`, or the written act under `instrument`.
#   waive: Where the instrument is classified, and the reason says who can see it.
package uts.rules.authority.undocumented

import rego.v1

import data.uts.lib.delegation
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["roles", id, "authorities", first], "message": message, "related": related, "key": power} if {
	some id in role.asked
	bare := {i: grant.authority |
		some i, grant in input.roles[id].authorities
		term.current(grant)
		not grant.source
	}
	some power in {granted | some granted in bare}
	places := [i | some i, _ in input.roles[id].authorities; bare[i] == power]
	first := places[0]
	message := sprintf("the grant of %s to %s names no source", [
		text.quoted(power),
		text.named("roles", id),
	])
	related := [{"path": ["roles", id, "authorities", i], "message": "likewise"} | some i in places; i != first]
}

findings contains {"path": ["delegations", id], "message": message, "cause": cause, "key": power} if {
	some id in delegation.in_force
	passed := input.delegations[id]
	not passed.instrument
	some power in passed.authorities
	message := sprintf("the delegation %s of %s from %s to %s names no instrument", [
		text.named("delegations", id),
		text.quoted(power),
		text.quoted(passed.delegator),
		text.quoted(passed.delegate),
	])
	cause := concat("/", ["delegations", id])
}
