# METADATA
# title: Recommendation without an action official
# description: Every recommendation that is not closed needs a role that answers for what is done about it.
# custom:
#   level: error
#   profile: standard
#   subjects: [recommendations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: OMB Circular A-50
#       text: >-
#         In short: agencies assign officials who answer for the follow-up of audit recommendations.
#   effect: The recommendation is nobody's work, and the next audit finds the same again.
#   remediation: Name the action official's role under `owner`.
#   waive: While the report is being read for the first time, for weeks.
package uts.rules.recommendations["no-action-official"]

import rego.v1

import data.uts.lib.text

findings contains {"path": ["recommendations", id], "message": message} if {
	some id, recommendation in input.recommendations
	recommendation.status != "closed"
	not recommendation.owner
	message := sprintf("no role answers for the %s recommendation %s", [recommendation.status, text.quoted(id)])
}
