# METADATA
# title: Waiver that runs too long
# description: The time from approval to expiry is longer than allowed. Silent once the waiver has expired.
# custom:
#   level: warning
#   profile: standard
#   subjects: [waivers]
#   needs: []
#   parameters:
#     days:
#       type: integer
#       unit: days
#       stricter: lower
#       default: 365
#       minimum: 1
#       description: The longest time from approval to the last day, in days.
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. An exception that nobody looks at for more than a year has become the rule.
#   effect: The exception outlives the reason for it.
#   remediation: Shorten `expires`, and have the waiver approved again when it ends.
#   waive: >-
#     Hardly ever: a yearly renewal is the point.
package uts.rules.waivers["too-long"]

import rego.v1

import data.uts.lib.text

findings contains {"path": ["waivers", id, "expires"], "message": message} if {
	some id, waiver in input.waivers
	input.as_of <= waiver.expires
	days := input.days[waiver.expires] - input.days[waiver.approved_on]
	days > input.rules["waivers/too-long"].parameters.days
	message := sprintf("the waiver %s runs for %v days, from %s to %s", [
		text.named("waivers", id),
		days,
		waiver.approved_on,
		waiver.expires,
	])
}
