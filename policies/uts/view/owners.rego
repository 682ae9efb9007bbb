# METADATA
# title: Who answers
# description: >-
#   For every active responsibility, and every code in force on it, who has it where, as the rules judge it: standing
#   assignments, in their answered scope. A piece holds for the subtrees of its units with its vectors, but for what a
#   piece of a unit further down says: so the piece of the nearest unit above decides.
package uts.view.owners

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.scope

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"owners": owners, "unsound": unsound, "holders": holders} if input.schema == "uts-policy/corpus/1"

# {responsibility {code [{units, vectors, roles}]}}. A code that nobody has in force is left out, A aside.
owners := {id: {code: pieces |
	some code, held in _codes[id]
	pieces := _pieces(id, held, _standing(id, code))
} |
	some id, duty in input.responsibilities
	duty.status == "active"
}

# {role [person]}: who holds each living role now.
holders := {id: sort(role.persons(id)) | some id in role.living}

# {responsibility [{units, vectors, roles}]}: what stands in the place of an accountable role and is none that lives, in
# pieces like those above. Words that reach nothing have a piece without place.
unsound := {id: pieces |
	some id, codes in assignment.in_force
	ids := [held | some held in codes.A; word := input.assignments[held].role; not word in data.uts.lib.role.living]
	count(ids) > 0
	placed := _pieces(id, codes.A, ids)
	named := {word | some piece in placed; some word in piece.roles}
	astray := sort({input.assignments[held].role | some held in ids} - named)
	pieces := array.concat([piece | some piece in placed; count(named) > 0], [{"units": [], "vectors": [], "roles": astray} | count(astray) > 0])
}

# {responsibility {code [assignment]}}: all in force, for A also where there are none.
_codes := {id: object.union({"A": []}, held) |
	some id, _ in input.responsibilities
	held := {code: ids |
		some code, ids in object.get(assignment.in_force, id, {})
		count(ids) > 0
	}
}

# Who has it where, of `ids`; `held` are all of that code.
_pieces(id, held, ids) := [piece |
	not scope.empty(whole)
	piece := {
		"units": sort(whole.units),
		"vectors": sort(whole.vectors),
		"roles": sort({input.assignments[each].role | some each in ids}),
	}
] if {
	_plain(id, held)
	whole := scope.region(input.responsibilities[id].scope)
} else := [piece |
	some corner in sort(_corners(whole, held))
	by_vector := {vector: roles |
		some vector in whole.vectors
		roles := sort(_roles(corner, vector, reach))
	}
	some roles in {each | some _, each in by_vector}
	vectors := sort({vector | some vector, each in by_vector; each == roles})
	piece := {"units": [corner], "vectors": vectors, "roles": roles}
] if {
	whole := scope.region(input.responsibilities[id].scope)
	reach := {each: assignment.answered(each) | some each in ids}
}

# Every assignment of the code has the responsibility's own scope: then none overrides another.
_plain(id, held) if {
	every each in held {
		input.assignments[each].scope == input.responsibilities[id].scope
	}
}

_standing(id, code) := object.get(assignment.standing, [id, code], [])

# The units at which the answer can change.
_corners(whole, held) := whole.units | {unit |
	some each in held
	some unit in assignment.effective(each).units
}

_roles(corner, vector, reach) := {input.assignments[id].role |
	some id, answered in reach
	without := answered.without
	scope.covered(corner, vector, [answered])
	not scope.covered(corner, vector, without)
}
