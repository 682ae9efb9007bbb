# METADATA
# title: Assignments
# description: >-
#   Which assignments are in force and which are standing, and for what each of them answers. Rules about absence look
#   at those in force, whose role may be unknown or a placeholder; all others look at standing ones.
package uts.lib.assignment

import rego.v1

import data.uts.lib.role
import data.uts.lib.scope
import data.uts.lib.term

words := {"A": "accountable", "R": "responsible", "S": "supporting", "C": "consulted", "I": "informed"}

# {responsibility {code [id …]}}: the responsibility is active and the dates include the as-of date.
in_force := {responsibility: by_code |
	some responsibility, codes in input.links.assignments
	input.responsibilities[responsibility].status == "active"
	by_code := {code: ids |
		some code, all in codes
		ids := [id | some id in all; term.current(input.assignments[id])]
	}
}

# The same, of living roles only.
standing := {responsibility: by_code |
	some responsibility, codes in in_force
	by_code := {code: ids |
		some code, all in codes
		ids := [id | some id in all; input.assignments[id].role in role.living]
	}
}

# The ids of those in force with one code; none where the responsibility is not active.
in_force_with(responsibility, code) := object.get(in_force, [responsibility, code], [])

# No assignment of this code is in force.
unheld(responsibility, code) if count(in_force_with(responsibility, code)) == 0

# {responsibility [id …]}: there are assignments of this code in force, and not one of them covers a pair of the
# responsibility's scope. Silent where any of the scopes is bad: it might have.
astray(code) := {responsibility: ids |
	some responsibility, codes in in_force
	ids := codes[code]
	count(ids) > 0
	not _reaching(responsibility, ids)
	not _doubtful(responsibility, ids)
}

# NOTE: the common case first, because this is asked for every responsibility.
_reaching(responsibility, ids) if {
	duty := input.responsibilities[responsibility].scope
	duty == {}
	some id in ids
	input.assignments[id].scope == duty
	not scope.empty(data.uts.lib.scope.everything)
} else if {
	some id in ids
	reach := effective(id)
	not scope.empty(reach)
}

_doubtful(responsibility, _) if scope.bad(input.responsibilities[responsibility].scope)

_doubtful(_, ids) if {
	some id in ids
	scope.bad(input.assignments[id].scope)
}

# {responsibility [id …]}: the standing A's; no entry where there is none.
accountable := {responsibility: ids |
	some responsibility, codes in standing
	ids := codes.A
	count(ids) > 0
}

# The accountable roles: living roles with a standing A.
accountable_roles := {input.assignments[id].role |
	some _, ids in accountable
	some id in ids
}

# The assignment itself is in force.
current(id) if {
	term.current(input.assignments[id])
	input.responsibilities[input.assignments[id].responsibility].status == "active"
}

# In force, and its role lives.
stands(id) if {
	current(id)
	input.assignments[id].role in data.uts.lib.role.living
}

# The region of an assignment inside that of its responsibility.
effective(id) := scope.region(duty) if {
	assigned := input.assignments[id]
	duty := input.responsibilities[assigned.responsibility].scope
	assigned.scope == duty
} else := scope.intersection(scope.region(assigned.scope), scope.region(duty)) if {
	assigned := input.assignments[id]
	duty := input.responsibilities[assigned.responsibility].scope
}

# {responsibility {code [id …]}}: those in force that override; most responsibilities have none.
overriding := {responsibility: by_code |
	some responsibility, codes in in_force
	by_code := {code: ids |
		some code, all in codes
		ids := [id | some id in all; input.assignments[id].overrides == true]
		count(ids) > 0
	}
	count(by_code) > 0
}

# What remains of the effective scope: {units, vectors, without}, without the regions that others override.
answered(id) := object.union(whole, {"without": without}) if {
	whole := effective(id)
	assigned := input.assignments[id]
	without := [part |
		some other in overriding[assigned.responsibility][assigned.code]
		other != id
		part := effective(other)
		not scope.empty(part)
		scope.strictly_contains(whole, part)
	]
}

# Of the assignments that a rule speaks of, those to report: the codes of one list share one written place, where only
# the first of them speaks. `ids` is a set.
first_written(ids) := {id | some id in ids; not _written_before(id, ids)}

_written_before(id, ids) if {
	together := input.links.written_together[id]
	some i, other in together
	other == id
	some earlier in array.slice(together, 0, i)
	earlier in ids
}
