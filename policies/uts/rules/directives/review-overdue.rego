# METADATA
# title: Directive that was not reviewed in time
# description: A directive in force is past its `review_by`. Silent where no date is stated.
# custom:
#   level: warning
#   profile: standard
#   subjects: [directives]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, the -1 control of each family
#       text: >-
#         In short: policy and procedures are reviewed and updated at a defined frequency and following defined events.
#   effect: The text binds people to an organisation, and to ways of surveillance, that may no longer exist.
#   remediation: Review the directive and state the next `review_by`.
#   waive: Where the review waits for a law or a higher text that has a date.
package uts.rules.directives["review-overdue"]

import rego.v1

import data.uts.lib.directive
import data.uts.lib.text

findings contains {"path": ["directives", id, "review_by"], "message": message} if {
	some id in directive.in_force
	due := input.directives[id].review_by
	due < input.as_of
	message := sprintf("the directive %s was due for review by %s", [text.named("directives", id), due])
}
