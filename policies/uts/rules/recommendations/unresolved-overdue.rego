# METADATA
# title: Recommendation on which nobody agreed in time
# description: >-
#   A recommendation is unresolved, so no action is agreed, and it was issued longer ago than allowed. Silent where the
#   day of issue is not stated.
# custom:
#   level: error
#   profile: standard
#   subjects: [recommendations]
#   needs: []
#   parameters:
#     days:
#       type: integer
#       unit: days
#       stricter: lower
#       default: 180
#       minimum: 1
#       description: How many days after its issue a recommendation may be unresolved; the last of them is still good.
#   criteria:
#     - source: OMB Circular A-50
#       text: >-
#         In short: agreement on what is to be done is reached within six months of the report.
#   effect: The audit and the organisation disagree, or do not talk, while the weakness stays.
#   remediation: Agree on an action and set `status` to resolved, with `agreed_on` and `due`.
#   waive: Where the auditors themselves have agreed to a later date.
package uts.rules.recommendations["unresolved-overdue"]

import rego.v1

import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["recommendations", id], "message": message} if {
	some id, recommendation in input.recommendations
	recommendation.status == "unresolved"
	days := input.rules["recommendations/unresolved-overdue"].parameters.days
	term.later_than(recommendation.issued, days)
	message := sprintf("the recommendation %s, issued on %s, is unresolved after more than %s", [
		text.quoted(id),
		recommendation.issued,
		text.counted(days, "day", "days"),
	])
}
