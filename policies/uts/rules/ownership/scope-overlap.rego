# METADATA
# title: One duty declared twice
# description: >-
#   Two active responsibilities say the same (letter case, punctuation and spacing aside), and different roles are
#   accountable for them in scopes that intersect. Of several that do, each is compared with the first.
# custom:
#   level: warning
#   profile: standard
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: GAO, Fragmentation, Overlap, and Duplication (GAO-15-49SP)
#       text: >-
#         "multiple agencies or programs with similar goals, activities, or beneficiaries"
#   effect: Two roles answer for one thing without knowing of each other, under two names.
#   remediation: Keep one of the two, or make the statements or the scopes say how they differ.
#   waive: While two duties are being merged. Where they differ after all, their statements can say how.
package uts.rules.ownership["scope-overlap"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.former
import data.uts.lib.scope
import data.uts.lib.statement
import data.uts.lib.text

findings contains {
	"path": ["responsibilities", id, "statement"],
	"message": message,
	"related": [{"path": ["responsibilities", other, "statement"], "message": "the same statement"}],
	"key": other,
} if {
	some place, ids in statement.together
	count(place[0][0]) == 0
	some id in ids
	earlier := {one | some one in object.get(statement.candidates, [place], set()); _overlaps(id, one)}
	other := former.least("responsibilities", earlier)
	[role, another] := min(_pairs(id, other))
	message := sprintf("%s says the same as %s, and %s is accountable for the one, %s for the other, in the same scope", [
		text.quoted(id),
		text.named("responsibilities", other),
		text.quoted(role),
		text.quoted(another),
	])
}

_overlaps(id, other) if {
	former.before("responsibilities", other, id)
	statement.roles[other] != statement.roles[id]
	count(_pairs(id, other)) > 0
}

_pairs(id, other) := {[its, others] |
	some one in assignment.accountable[id]
	some two in assignment.accountable[other]
	its := input.assignments[one].role
	others := input.assignments[two].role
	its != others
	scope.intersecting(assignment.answered(one), assignment.answered(two))
}
