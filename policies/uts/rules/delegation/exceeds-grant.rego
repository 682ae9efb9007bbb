# METADATA
# title: Delegation of more than the delegator has
# description: >-
#   The delegator never had the authority; or the delegation states a scope, or an end, beyond what the delegator has.
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
#   effect: The delegate relies on a power that nobody could give.
#   remediation: Grant the delegator what is missing, or bring the delegation within what the delegator has.
#   waive: Where the wider grant has been decided and only its text is missing.
package uts.rules.delegation["exceeds-grant"]

import rego.v1

import data.uts.lib.delegation
import data.uts.lib.text

findings contains {
	"path": ["delegations", id, "authorities", i],
	"message": message,
	"related": related,
	"key": authority,
} if {
	some [id, authority] in _pairs
	reasons := {reason | some reason in ["nothing", "scope", "to"]; [id, authority, reason] in delegation.exceeding}
	i := delegation.place(id, authority)
	message := sprintf("%s passes on %s %s", [
		text.named("delegations", id),
		text.named("authorities", authority),
		text.joined([words | some reason in sort(reasons); words := _words(reason, id, authority)]),
	])
	related := [{"path": ["delegations", id, reason], "message": "beyond what the delegator has"} |
		some reason in sort(reasons)
		reason != "nothing"
	]
}

_pairs := {[id, authority] | some [id, authority, _] in delegation.exceeding}

_words(reason, id, _) := sprintf("that %s never had", [text.named("roles", input.delegations[id].delegator)]) if {
	reason == "nothing"
}

_words(reason, id, _) := sprintf("over a wider scope than %s has", [text.named("roles", input.delegations[id].delegator)]) if {
	reason == "scope"
}

_words(reason, id, authority) := sprintf("until %s, longer than %s has it, until %s", [
	input.delegations[id].to,
	text.named("roles", input.delegations[id].delegator),
	delegation.until(id, authority),
]) if {
	reason == "to"
}
