# METADATA
# title: Training that has lapsed
# description: >-
#   Somebody serves in a role that a mandatory module applies to, has completed it before, and no record is good any more.
#   The day of expiry itself is still good.
# custom:
#   level: warning
#   profile: standard
#   subjects: [people]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, AT-4
#       text: >-
#         "Document and monitor information security and privacy training activities, including security and privacy
#         awareness training and specific role-based security and privacy training"
#   effect: What was learnt is out of date while the ways of surveillance change.
#   remediation: Have the module completed again and add the record.
#   waive: For somebody who is booked on a course that has a date.
package uts.rules.training.lapsed

import rego.v1

import data.uts.lib.text
import data.uts.lib.training

findings contains {"path": ["people", person], "message": message, "related": related, "key": module} if {
	some person, by_module in training.bound
	some module, roles in by_module
	records := training.records(person, module)
	count(records) > 0
	every id in records {
		input.training_records[id].expires_on < input.as_of
	}
	message := sprintf("the training of %s in %s, mandatory for %s, expired on %s", [
		text.person(person),
		text.named("training", module),
		text.listed(roles),
		max({input.training_records[id].expires_on | some id in records}),
	])
	related := [{"path": ["training_records", id], "message": "expired"} | some id in records]
}
