# METADATA
# title: Waiver past its last day
# description: The waiver has expired. It hides nothing any more.
# custom:
#   level: error
#   profile: starter
#   subjects: [waivers]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. An exception ends on the day it was granted to; who needs it longer asks again.
#   effect: Readers of the declarations believe that an exception holds which nobody has approved for today.
#   remediation: Delete the waiver, or have it approved again with a new `approved_on` and `expires`.
#   waive: >-
#     Never: renew the waiver, or remove it.
package uts.rules.waivers.expired

import rego.v1

import data.uts.lib.text

findings contains {"path": ["waivers", id, "expires"], "message": message} if {
	some id, waiver in input.waivers
	waiver.expires < input.as_of
	message := sprintf("the waiver %s of %s for %s expired on %s", [
		text.named("waivers", id),
		text.quoted(waiver.rule),
		text.quoted(waiver.subject),
		waiver.expires,
	])
}
