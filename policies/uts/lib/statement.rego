# METADATA
# title: Equal statements
# description: >-
#   Active responsibilities with the same statement, and which of them answer for the same. Hundreds may say the same, so
#   they are not compared in pairs: those that answer for one scope stand together, only the first of these stand for
#   them, and scopes that may meet are found by their units.
package uts.lib.statement

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.former
import data.uts.lib.unit

# {[[the roles or none, number of the statement], what is answered] {id …}}: those to compare as one. With the roles
# where only duties of the same roles are to be compared. Of several A's each is told with its role, because then the
# scopes alone do not decide whether two different roles meet.
together[place] contains id if {
	some number, group in input.links.same_statement
	some id in group
	some place in _places(number, id)
}

_places(number, id) := {[[roles[id], number], regions], [[set(), number], _apart(ids, regions)]} if {
	ids := data.uts.lib.assignment.accountable[id]
	regions := {assignment.answered(one) | some one in ids}
}

_apart(ids, regions) := regions if count(ids) == 1

_apart(ids, _) := {[input.assignments[one].role, assignment.answered(one)] | some one in ids} if count(ids) > 1

# {responsibility {role}}: who answers for it; no entry where nobody does.
roles[id] := {input.assignments[one].role | some one in ids} if some id, ids in data.uts.lib.assignment.accountable

# The responsibilities with which those of a place may meet: of each place the first, and the first of other roles.
candidates[place] := {id | some other in others; some id in _foremost[other]} if some place, others in _meeting

_foremost[place] := {first} | {id | count(others) > 0; id := former.least("responsibilities", others)} if {
	some place, ids in together
	first := former.least("responsibilities", ids)
	others := {id | some id in ids; roles[id] != roles[first]}
}

# {place {place}}: of two units that share something one is the other or lies below it.
_meeting[place] contains other if {
	some place, _ in together
	some id in _units(place)
	some step in unit.steps(id)
	some other in object.get(_rooted, [[place[0], step]], set())
}

_meeting[other] contains place if {
	some place, _ in together
	some id in _units(place)
	some step in unit.steps(id)
	some other in object.get(_rooted, [[place[0], step]], set())
}

_rooted[root] contains place if {
	some place, _ in together
	some id in _units(place)
	root := [place[0], id]
}

_units(place) := {id |
	some each in place[1]
	some id in _region(each).units
}

_region(each) := each if is_object(each)

_region(each) := each[1] if is_array(each)
