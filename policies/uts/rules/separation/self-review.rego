# METADATA
# title: Person who reviews their own work
# description: >-
#   One person holds a role with a standing R or A on a responsibility, and a role with a standing R on one that it
#   reviews, in intersecting scopes.
# custom:
#   level: error
#   profile: standard
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, AC-5
#       text: >-
#         In short: duties of individuals that have to be separated are identified and documented.
#     - source: NIST SP 800-53 rev. 5, CA-2(1)
#       text: >-
#         "Employ independent assessors or assessment teams to conduct control assessments."
#   effect: Nobody else looks at the work, and the review finds what its author wants it to find.
#   remediation: Give the review, or the work, to a role held by somebody else.
#   waive: In a unit of very few people, where somebody outside looks at the review as well.
package uts.rules.separation["self-review"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.scope
import data.uts.lib.text

findings contains {"path": ["responsibilities", id, "reviews", i], "message": message, "related": related, "key": reviewed} if {
	some id, duty in input.responsibilities
	duty.status == "active"
	some i, reviewed in duty.reviews
	before := array.slice(duty.reviews, 0, i)
	not reviewed in before
	clashes := _clashes(id, reviewed)
	count(clashes) > 0
	message := sprintf("%s %s %s, and %s what it reviews, %s", [
		text.people({person | some clash in clashes; some person in clash.persons}),
		_verb({person | some clash in clashes; some person in clash.persons}, "answers for or does", "answer for or do"),
		text.named("responsibilities", id),
		_verb({person | some clash in clashes; some person in clash.persons}, "does", "do"),
		text.named("responsibilities", reviewed),
	])
	related := array.concat(
		[{"path": ["assignments", one], "message": "reviews"} | some one in sort({clash.reviewer | some clash in clashes})],
		[{"path": ["assignments", one], "message": "does the work"} | some one in sort({clash.worker | some clash in clashes})],
	)
}

# Pairs of assignments, and the persons who hold the roles of both.
_clashes(id, reviewed) := {clash |
	some reviewer in _standing(id, {"R", "A"})
	some worker in _standing(reviewed, {"R"})
	persons := role.persons(input.assignments[reviewer].role) & role.persons(input.assignments[worker].role)
	count(persons) > 0
	scope.intersecting(assignment.answered(reviewer), assignment.answered(worker))
	clash := {"reviewer": reviewer, "worker": worker, "persons": persons}
}

_standing(id, codes) := {one | some code in codes; some one in object.get(assignment.standing, [id, code], [])}

_verb(persons, singular, _) := singular if count(persons) == 1

_verb(persons, _, plural) := plural if count(persons) > 1
