# METADATA
# title: Succession that leads back
# description: >-
#   A few posts succeed each other in a loop that nothing leads out of; or a post and all its successors are held by one person.
#   A successor that is unknown, abolished, external or vacant is a way out of a loop: other rules speak of it. A loop is
#   told on the smallest id of its members that are essential or answer for something critical.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles]
#   needs: [successors]
#   parameters:
#     depth:
#       type: integer
#       unit: successors
#       stricter: higher
#       default: 3
#       minimum: 1
#       description: A loop of as many roles or more is deep enough.
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. Who follows is of use only where it is somebody else in the end.
#   effect: The list looks like a plan, and ends with the person who is missing.
#   remediation: Add a successor outside the loop, held by somebody else.
#   waive: Where the way out is an arrangement with another organisation that cannot be declared.
package uts.rules.continuity["circular-succession"]

import rego.v1

import data.uts.lib.continuity
import data.uts.lib.former
import data.uts.lib.person as people
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["roles", id, "successors"], "message": message, "related": related} if {
	some id, loop in _looping
	message := _says(id, loop)
	related := [{"path": ["roles", other, "successors"], "message": "in the same loop"} | some other in loop; other != id]
}

findings contains {"path": ["roles", id, "successors"], "message": message, "related": related} if {
	some id in continuity.posts
	not _looping[id]
	successors := input.roles[id].successors
	count(successors) > 0
	every successor in successors {
		continuity.sound(successor)
	}
	persons := continuity.holders(id)
	count(persons) == 1
	some person in persons
	people.serving(person)
	every successor in successors {
		continuity.holders(successor) == persons
	}
	message := sprintf("%s and every successor it names are held by %s", [
		text.named("roles", id),
		text.person(person),
	])
	related := [{"path": ["roles", successor], "message": "held by the same person"} |
		some successor in sort({one | some one in successors; one != id})
	]
}

# {post: the loop told on it}
_looping := {id: loop |
	some loop in input.links.cycles.successors
	depth := input.rules["continuity/circular-succession"].parameters.depth
	count(loop) < depth
	members := {member | some member in loop}
	count(members & continuity.posts) > 0
	every member in loop {
		_closed(member, members)
	}
	id := former.least("roles", members & continuity.posts)
}

_closed(member, members) if {
	every successor in input.roles[member].successors {
		successor in members
		continuity.sound(successor)
		not role.vacant(successor)
	}
}

_says(id, loop) := sprintf("%s names only itself as successor", [text.named("roles", id)]) if count(loop) == 1

_says(_, loop) := sprintf("%s succeed each other, and nobody else does", [text.listed(loop)]) if count(loop) > 1

judged contains ["roles", id] if some id in (continuity.posts - continuity.unstated)

not_judged := continuity.not_judged
