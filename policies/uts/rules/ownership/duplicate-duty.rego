# METADATA
# title: One duty written down twice
# description: >-
#   Two active responsibilities under one heading (`group`) have the same statement, and the same roles answer for both in
#   the same scope. Of several that do, each is compared with the first.
# custom:
#   level: note
#   profile: standard
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: GAO, Fragmentation, Overlap, and Duplication (GAO-15-49SP)
#       text: >-
#         In short: duplication is where two or more engage in the same activities or provide the same services to the
#         same beneficiaries.
#   effect: The next change reaches one of the two, and from then on they disagree.
#   remediation: Keep one of the two, or say in the statements what tells them apart.
#   waive: Where two texts demand the same and each is to be evidenced by itself.
package uts.rules.ownership["duplicate-duty"]

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
	[roles, _] := place[0]
	count(roles) > 0
	some id in ids
	other := former.least("responsibilities", {one |
		some one in object.get(statement.candidates, [place], set())
		former.before("responsibilities", one, id)
		_meet(id, one)
	})
	message := sprintf("%s says the same as %s, and %s answers for both", [
		text.quoted(id),
		text.named("responsibilities", other),
		text.listed(roles),
	])
}

_meet(id, other) if {
	some one in assignment.accountable[id]
	some two in assignment.accountable[other]
	scope.intersecting(assignment.answered(one), assignment.answered(two))
}
