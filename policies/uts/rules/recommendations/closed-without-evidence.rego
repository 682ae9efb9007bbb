# METADATA
# title: Recommendation closed without evidence
# description: A recommendation is closed, and nothing is named that shows the final action.
# custom:
#   level: error
#   profile: standard
#   subjects: [recommendations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: GAO, status of recommendations
#       text: >-
#         In short: a recommendation is closed as implemented once the agency has shown that it took the action.
#   effect: The weakness counts as gone, and nobody can show that it is.
#   remediation: Name under `evidence` what shows the final action, or open the recommendation again.
#   waive: Where the evidence is classified, and the reason says who can see it.
package uts.rules.recommendations["closed-without-evidence"]

import rego.v1

import data.uts.lib.text

findings contains {"path": ["recommendations", id], "message": message} if {
	some id, recommendation in input.recommendations
	recommendation.status == "closed"
	not _shown(recommendation)
	message := sprintf("the recommendation %s is closed, and no evidence is named", [text.quoted(id)])
}

_shown(recommendation) if {
	evidence := recommendation.evidence
	count(evidence) > 0
	not _blank(evidence)
}

_blank(evidence) if {
	is_string(evidence)
	text.blank(evidence)
}
