# METADATA
# title: Deliberate vacancy that has lapsed
# description: A living role has no holder, and the `vacancy` that excuses it is past its `until`, or states no reason.
# custom:
#   level: error
#   profile: standard
#   subjects: [roles]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A vacancy is a decision only as long as somebody has said why and until when.
#   effect: A post stays empty because an old excuse still hides it.
#   remediation: Fill the post, or decide anew and state the reason and the new `until`.
#   waive: >-
#     Hardly ever: a new decision is a new `until`.
package uts.rules.staffing["vacancy-lapsed"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": path, "message": message} if {
	some id, served in role.served
	count(served) == 0
	vacancy := input.roles[id].vacancy
	not role.external(id)
	[place, fact] := _lapsed(vacancy)
	path := array.concat(["roles", id, "vacancy"], place)
	message := sprintf("the vacancy of %s %s", [text.named("roles", id), fact])
}

_lapsed(vacancy) := [["until"], sprintf("ended on %s and nobody holds the role", [vacancy.until])] if {
	vacancy.until < input.as_of
} else := [[], "states no reason and nobody holds the role"] if {
	not _reasoned(vacancy)
}

_reasoned(vacancy) if {
	reason := vacancy.reason
	not text.blank(reason)
}
