# METADATA
# title: Role with a description that says nothing
# description: A role in force has a description that says nothing.
# custom:
#   level: warning
#   profile: strict
#   subjects: [roles]
#   needs: []
#   parameters:
#     words:
#       type: array
#       unit: words
#       stricter: longer
#       default: [TBD, none]
#       description: Descriptions that say nothing.
#   criteria:
#     - source: Judgement
#       text: Whoever takes a role over should not have to guess what it is for.
#   effect: Whoever takes the role over has to guess.
#   remediation: Describe the role in `description`.
package uts.rules.reporting["no-description"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["roles", id], "message": message} if {
	some id, entry in input.roles
	not role.abolished(id)
	entry.description
	not _described(entry)
	message := sprintf("%s has a description that says nothing", [text.named("roles", id)])
}

_described(entry) if {
	description := entry.description
	words := input.rules["reporting/no-description"].parameters.words
	not description in words
}
