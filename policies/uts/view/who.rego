# METADATA
# title: Who answers for one responsibility
# description: >-
#   For the responsibilities that `input.question` names, who answers for them in which place, or why nobody does, with
#   the chain that makes it so. A place is a unit and vectors: it holds for what lies below the unit too, but for what the
#   place of a unit further down says. `path` is where a fact is written. What is judged is judged as the rules do:
#   ownership/unassigned and scope-gap (gap), placeholder-owner and reference/* (no-role), staffing/vacant and
#   departed-holder (vacant), authority/missing and too-narrow (powerless). Of a place, `reaching` are the assignments that
#   hold there and `by` those whose role can answer; `nobody` says why none can, `besides` why others than `by` cannot.
#   `where` has the topmost of its units, each with those next below it of which another place speaks.
package uts.view.who

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.scope
import data.uts.lib.term
import data.uts.lib.unit
import data.uts.view.post
import data.uts.view.power

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"answers": answers} if input.schema == "uts-policy/corpus/1"

answers := [found |
	some id in input.question.responsibilities
	duty := input.responsibilities[id]
	found := {
		"responsibility": id,
		"path": ["responsibilities", id],
		"statement": duty.statement,
		"status": duty.status,
		"criticality": duty.criticality,
		"joint": _joint(id),
		"places": object.get(_places, id, []),
		"accountable": object.get(_chains, id, []),
		"others": object.get(_others, id, []),
		"not_in_force": _not_in_force(id),
	}
]

_joint(id) if {
	input.responsibilities[id].joint_accountability.reason
	input.responsibilities[id].joint_accountability.approved_by
} else := false

# {responsibility [assignment]}: the A's in force, whoever they name.
_held := {id: assignment.in_force_with(id, "A") |
	some id in input.question.responsibilities
	input.responsibilities[id].status == "active"
}

_region := {id: region |
	some id, _ in _held
	region := scope.region(input.responsibilities[id].scope)
}

_answered := {one: assignment.answered(one) |
	some _, ids in _held
	some one in ids
}

# {assignment {authority power}}: what the role of each needs here, and has; none where it is no role that answers here.
_powers := {one: powers |
	some id, ids in _held
	some one in ids
	role := input.assignments[one].role
	powers := {authority: found |
		post.answers_here(role)
		some authority, place in _required(id)
		found := object.union(power.of(role, authority), {"required_path": ["responsibilities", id, "requires", place]})
	}
}

# {authority place}: the declared ones, and where each is written the first time.
_required(id) := {authority: place |
	requires := input.responsibilities[id].requires
	some authority in requires
	input.authorities[authority]
	place := min({i | some i, written in requires; written == authority})
}

# {responsibility {unit}}: where the answer can change, or the one unit that was asked for.
_corners[id] := {input.question.unit | unit.below(input.question.unit, _region[id].units); input.question.unit in _asked_units} if {
	input.question.unit
	some id, _ in _region
}

_corners[id] := {corner |
	some corner in candidates
	unit.below(corner, region.units)
} if {
	not input.question.unit
	some id, region in _region
	candidates := (region.units | {part | some one in _held[id]; some part in _answered[one].units}) | _granted_units(id)
}

_asked_units := data.uts.lib.unit.in_force

_granted_units(id) := {part |
	some one in _held[id]
	some _, found in _powers[one]
	some region in found.regions
	some part in region.units
}

# {responsibility [[unit, vector], verdict]}
_verdicts[id][corner] := by_vector if {
	some id, corners in _corners
	some corner in corners
	by_vector := {vector: _verdict(id, corner, vector) |
		some vector in _region[id].vectors
		_asked_vector(vector)
	}
}

_asked_vector(_) if not input.question.vector

_asked_vector(vector) if input.question.vector == vector

_verdict(id, corner, vector) := {
	"answered": count(able) > 0,
	"contested": count(roles) > 1,
	"by": sort(able),
	"reaching": sort(reaching),
	"nobody": reasons,
	"besides": [fault | some fault in told; count(able) > 0],
} if {
	reaching := {one | some one in _held[id]; _covers(_answered[one], corner, vector)}
	roles := {role | some one in reaching; role := input.assignments[one].role; role in data.uts.lib.role.living}
	failing := {one: faults | some one in reaching; faults := _faults(one, corner, vector)}
	able := {one | some one, faults in failing; count(faults) == 0}
	told := sort([fault | some _, faults in failing; some fault in faults])
	reasons := _reasons(able, failing, told)
}

_covers(answered, corner, vector) if {
	scope.covered(corner, vector, [answered])
	without := answered.without
	not scope.covered(corner, vector, without)
}

_reasons(_, failing, _) := [{"kind": "gap"}] if count(failing) == 0

_reasons(able, failing, _) := [] if {
	count(failing) > 0
	count(able) > 0
}

_reasons(able, failing, told) := told if {
	count(failing) > 0
	count(able) == 0
}

# Why this assignment, which reaches the place, gives nobody who can answer there.
_faults(one, corner, vector) := [{"kind": "no-role", "assignment": one, "role": role, "state": state}] if {
	role := input.assignments[one].role
	state := post.state(role)
	state != "living"
} else := [{"kind": "vacant", "assignment": one, "role": role, "state": why}] if {
	role := input.assignments[one].role
	why := post.absence(role)
} else := [{"kind": "powerless", "assignment": one, "role": role, "authority": authority, "state": _short(found)} |
	role := input.assignments[one].role
	some authority, found in _powers[one]
	found.doubtful == false
	found.state != "not-stated"
	regions := found.regions
	not scope.covered(corner, vector, regions)
]

# The role holds some of it, and not here; otherwise what it holds.
_short(found) := "narrow" if {
	found.state == "held"
} else := found.state

# {responsibility [place]}: units and vectors with the same verdict together.
_places[id] := [place |
	some shape in sort({array.slice(row, 1, 3) | some row in rows})
	[vectors, verdict] := shape
	units := {corner | some [corner, these, same] in rows; these == vectors; same == verdict}
	place := object.union(verdict, {"units": sort(units), "vectors": vectors, "where": _where(units, above)})
] if {
	some id, corners in _verdicts
	above := {corner: _above(corner, corners) | some corner, _ in corners}
	rows := {[corner, vectors, verdict] |
		some corner, by_vector in corners
		some verdict in {each | some _, each in by_vector}
		vectors := sort({vector | some vector, each in by_vector; each == verdict})
	}
}

# The other corners on the way up from this one, from the top down.
_above(corner, corners) := [step | some step in input.units[corner].path; step != corner; corners[step]]

# [{unit, but}]: the units with no other of them next above, each with the corners next below of which another place speaks.
_where(units, above) := [{"unit": top, "but": sort({pair[1] | some pair in cut; pair[0] == top})} |
	some top in sort({highest | some _, highest in tops})
] if {
	tops := {each: _top(each, above[each], units) | some each in units}
	cut := {[top, corner] |
		some corner, steps in above
		not corner in units
		some next in array.slice(steps, max([0, count(steps) - 1]), count(steps))
		top := tops[next]
	}
}

# The last of the steps up that is one of the units without a break.
_top(corner, steps, units) := line[first] if {
	line := array.concat(steps, [corner])
	breaks := {after | some i, step in line; not step in units; after := i + 1}
	first := max(breaks | {0})
}

# {responsibility [chain]}: assignment, role, holders, authorities, successors.
_chains[id] := [chain |
	some one in ids
	assigned := input.assignments[one]
	chain := object.union(
		{
			"assignment": one,
			"path": ["assignments", one],
			"scope": assigned.scope,
			"from": assigned.from,
			"to": assigned.to,
			"overrides": assigned.overrides,
			"doubtful": _doubtful(one),
			"authorities": [found | some _, found in _powers[one]],
		},
		post.described(assigned.role),
	)
] if {
	some id, ids in _held
}

_doubtful(one) if {
	scope.bad(input.assignments[one].scope)
} else := false

# {responsibility [{code, assignment, role, path, scope}]}: who else has a part in it, at one of the places.
_others[id] := [other |
	some code in ["R", "S", "C", "I"]
	some one in assignment.in_force_with(id, code)
	reached := assignment.answered(one)
	count({corner | some corner, by_vector in corners; some vector, _ in by_vector; _covers(reached, corner, vector)}) > 0
	other := {
		"code": code,
		"assignment": one,
		"path": ["assignments", one],
		"role": input.assignments[one].role,
		"state": post.state(input.assignments[one].role),
		"scope": input.assignments[one].scope,
	}
] if {
	some id, corners in _verdicts
}

# The A's of other days: what was, and what is to come.
_not_in_force(id) := [{"assignment": one, "path": ["assignments", one], "role": assigned.role, "from": assigned.from, "to": assigned.to} |
	some one in object.get(input.links.assignments, [id, "A"], [])
	assigned := input.assignments[one]
	not _current(one)
]

_current(one) if term.current(input.assignments[one])
