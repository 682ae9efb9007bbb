# METADATA
# title: Accountable role below the seniority that is asked for
# description: >-
#   A responsibility states a `min_seniority`, and a role that is accountable for it has a lower `seniority`. Silent where
#   either is not stated.
# custom:
#   level: warning
#   profile: standard
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, CA-6
#       text: >-
#         "Assign a senior official as the authorizing official for the system"
#   effect: Others in the organisation can overrule whoever answers for the duty.
#   remediation: Make a more senior role accountable, or lower what is asked for.
#   waive: Where the role acts for a more senior one for a time that has an end.
package uts.rules.authority["insufficient-seniority"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role as roles
import data.uts.lib.text

findings contains {"path": ["responsibilities", id, "min_seniority"], "message": message, "related": related, "key": role} if {
	some id, ids in assignment.accountable
	asked := input.responsibilities[id].min_seniority
	some role in {input.assignments[one].role | some one in ids}
	has := input.roles[role].seniority
	has < asked
	role in roles.asked
	message := sprintf("%s asks for seniority %v, and %s has %v", [
		text.named("responsibilities", id),
		asked,
		text.named("roles", role),
		has,
	])
	related := [{"path": ["roles", role, "seniority"], "message": "accountable, and less senior"}]
}
