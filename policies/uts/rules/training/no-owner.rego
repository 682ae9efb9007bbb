# METADATA
# title: Training module without an owner
# description: Every module needs a role that answers for its content.
# custom:
#   level: warning
#   profile: standard
#   subjects: [training]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What nobody answers for is not kept current.
#   effect: The module teaches what was true when it was written.
#   remediation: Name the role that answers for it under `owner`.
#   waive: For a module that ends by a date.
package uts.rules.training["no-owner"]

import rego.v1

import data.uts.lib.text

findings contains {"path": ["training", id], "message": message} if {
	some id, module in input.training
	not module.owner
	message := sprintf("nobody owns the module %s", [text.named("training", id)])
}
