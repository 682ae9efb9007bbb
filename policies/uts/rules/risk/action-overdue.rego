# METADATA
# title: Action past its date
# description: An action is open and its due date is over. Silent where no date is stated.
# custom:
#   level: warning
#   profile: standard
#   subjects: [actions]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, CA-5
#       text: >-
#         In short: the plan of action and milestones is updated at a defined frequency, on the findings of assessments,
#         audits and monitoring.
#   effect: The plan no longer says when the weakness will be gone.
#   remediation: Finish it and set `status` to done, or agree a new `due` date.
#   waive: Where a new date was agreed and the plan is to be reissued with others.
package uts.rules.risk["action-overdue"]

import rego.v1

import data.uts.lib.text

findings contains {"path": ["actions", id, "due"], "message": message} if {
	some id, action in input.actions
	action.status == "open"
	action.due < input.as_of
	message := sprintf("the open action %s was due on %s", [text.named("actions", id), action.due])
}
