# METADATA
# title: Directive in force beside the one it supersedes
# description: Both are in force today. Silent where they supersede each other, of which another rule speaks.
# custom:
#   level: error
#   profile: standard
#   subjects: [directives]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What is superseded does not bind any more.
#   effect: People go on following the old text, and can show that it is in force.
#   remediation: Set the old one's `status` to superseded, or give it an end.
#   waive: For a transition that the new text itself allows.
package uts.rules.directives["both-in-force"]

import rego.v1

import data.uts.lib.directive
import data.uts.lib.text

findings contains {"path": ["directives", id, "supersedes", i], "message": message, "related": related, "key": old} if {
	some id in directive.in_force
	supersedes := input.directives[id].supersedes
	some i, old in supersedes
	old in directive.in_force
	not _mutual(id, old)
	before := array.slice(supersedes, 0, i)
	not old in before
	message := sprintf("%s supersedes %s, and both are in force", [
		text.named("directives", id),
		text.named("directives", old),
	])
	related := [{"path": ["directives", old], "message": "still in force"}]
}

# Each supersedes the other, directly or through others: the loop is told by itself.
_mutual(id, old) if {
	some loop in input.links.cycles.supersedes
	id in loop
	old in loop
}
