# METADATA
# title: Recommendation whose agreed action is past its date
# description: A recommendation is resolved and not closed, and its due date is over. Silent where no date is stated.
# custom:
#   level: warning
#   profile: standard
#   subjects: [recommendations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: OMB Circular A-50
#       text: >-
#         "emphasize the importance of monitoring the implementation of resolved audit recommendations in order to
#         assure that promised corrective action is actually taken"
#   effect: What was agreed is not done, and whoever relies on the agreement does not know.
#   remediation: Close it with `evidence`, or agree a new `due` date.
#   waive: Where the auditors themselves have agreed to a later date.
package uts.rules.recommendations["action-overdue"]

import rego.v1

import data.uts.lib.text

findings contains {"path": ["recommendations", id, "due"], "message": message} if {
	some id, recommendation in input.recommendations
	recommendation.status == "resolved"
	recommendation.due < input.as_of
	message := sprintf("the action agreed on the recommendation %s was due on %s", [text.quoted(id), recommendation.due])
}
