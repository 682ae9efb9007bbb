# METADATA
# title: Responsibility without an accountable role
# description: >-
#   Every active responsibility needs a role that answers for it today. An assignment counts even where its role is
#   unknown or a placeholder (other rules speak of that); it does not count where its scope has nothing in common with
#   the responsibility's.
# custom:
#   level: error
#   profile: starter
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "the initial outline of the strategy did not include a plan for assigning responsibility to officials with the
#         authority to execute the strategy"
#     - source: NIST SP 800-53 rev. 5, IR-8
#       text: >-
#         "Explicitly designates responsibility for incident response"
#   effect: The duty is written down and nobody answers for it, so it is done by chance and missed without anyone noticing.
#   remediation: Name one role under `accountable`, or retire the responsibility.
#   waive: >-
#     While the post that is to answer for it is being set up, for weeks rather than months. A duty that nobody will
#     ever answer for is better retired.
package uts.rules.ownership.unassigned

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message} if {
	some id, duty in input.responsibilities
	duty.status == "active"
	assignment.unheld(id, "A")
	message := sprintf("nobody is accountable for %s", [text.named("responsibilities", id)])
}

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, ids in assignment.astray("A")
	message := sprintf("nobody is accountable for any part of the scope of %s", [text.named("responsibilities", id)])
	related := [{"path": ["assignments", other], "message": "accountable outside that scope"} | some other in sort(ids)]
}
