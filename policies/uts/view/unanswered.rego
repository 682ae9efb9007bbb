# METADATA
# title: Duties that nobody answers for
# description: >-
#   The active responsibilities of which ownership/unassigned or ownership/scope-gap speaks, where these rules run, and those
#   of which each accountable role is vacant; those of which that is not stated; and for each responsibility the people who
#   hold an accountable role, or the chair of an accountable body.
package uts.view.unanswered

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.rules.ownership["scope-gap"] as partial
import data.uts.rules.ownership.unassigned

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"unanswered": unanswered, "not_stated": not_stated, "people": people} if input.schema == "uts-policy/corpus/1"

# {responsibility {why, criticality, statement, path, roles}}. `why`: unassigned, partly or vacant.
unanswered := {id: {
	"why": why,
	"criticality": duty.criticality,
	"statement": duty.statement,
	"path": ["responsibilities", id],
	"roles": _roles(id),
} |
	some id, why in _why
	duty := input.responsibilities[id]
}

_why := object.union(object.union({id: "vacant" | some id in _vacant}, {id: "partly" | some id in _partly}), {id: "unassigned" | some id in _unassigned})

_unassigned := {finding.path[1] |
	input.rules["ownership/unassigned"]
	some finding in unassigned.findings
}

_partly := {finding.path[1] |
	input.rules["ownership/scope-gap"]
	some finding in partial.findings
}

_vacant := {id |
	some id, held in assignment.accountable
	every one in held {
		_is_vacant(input.assignments[one].role)
	}
}

_is_vacant(id) if {
	id in role.asked
	role.vacant(id)
}

# Each of the accountable roles is vacant, or it is not stated who holds it; of one at least it is not stated.
not_stated := sort({id |
	some id, held in assignment.accountable
	not _why[id]
	every one in held {
		_is_open(input.assignments[one].role)
	}
})

_is_open(id) if _is_vacant(id)

_is_open(id) if {
	id in role.asked
	role.unstated(id)
}

_roles(id) := sort({input.assignments[one].role | some one in object.get(assignment.accountable, id, [])})

# {responsibility [person]}: whose loss could leave it unanswered. NOTE: it depends on nobody else's holdings.
people := {id: sort(found) |
	some id, held in assignment.accountable
	found := {person |
		some each in held
		some one in role.chain(input.assignments[each].role)
		some person in role.persons(one)
	}
	count(found) > 0
}
