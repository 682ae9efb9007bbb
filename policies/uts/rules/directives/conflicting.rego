# METADATA
# title: Directives that contradict each other
# description: >-
#   Two directives in force on one topic, in intersecting scopes, assign one active responsibility to different roles, and
#   neither supersedes nor outranks the other.
# custom:
#   level: error
#   profile: standard
#   subjects: [directives]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: policies were not clear and unambiguous throughout the enterprise.
#   effect: Each of two officials can show a text that says it is the other's duty.
#   remediation: Change one text, or state which supersedes or outranks the other (`supersedes`, `precedence`).
#   waive: >-
#     Hardly ever: give one of the two precedence, which is one line.
package uts.rules.directives.conflicting

import rego.v1

import data.uts.lib.directive
import data.uts.lib.text

findings contains {"path": ["directives", other], "message": message, "related": related, "key": one} if {
	some pair, duties in directive.contrary
	[one, other] := pair
	message := sprintf("%s and %s assign %s to different roles, and neither gives way", [
		text.named("directives", one),
		text.named("directives", other),
		text.listed(duties),
	])
	related := [{"path": ["directives", id, "assigns", i], "message": _word(id, other)} |
		some id in pair
		some i, stated in input.directives[id].assigns
		stated.responsibility in duties
	]
}

_word(id, other) := "assigned here" if id == other

_word(id, other) := "assigned to another role here" if id != other
