# METADATA
# title: Directive without an owner
# description: Every directive in force needs a role that answers for its text.
# custom:
#   level: error
#   profile: standard
#   subjects: [directives]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, the -1 control of each family
#       text: >-
#         In short: an official is designated to manage the development, documentation and dissemination of the policy
#         and procedures.
#   effect: Nobody mends the text when it is wrong, and nobody says what it means.
#   remediation: Name the role that answers for it under `owner`.
#   waive: For a text that is to be rescinded by a date.
package uts.rules.directives["no-owner"]

import rego.v1

import data.uts.lib.directive
import data.uts.lib.text

findings contains {"path": ["directives", id], "message": message} if {
	some id in directive.in_force
	not input.directives[id].owner
	message := sprintf("nobody owns the directive %s", [text.named("directives", id)])
}
