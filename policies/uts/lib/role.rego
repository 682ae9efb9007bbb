# METADATA
# title: Roles
# description: Which roles live, who holds them, and of which of them nobody says who does.
package uts.lib.role

import rego.v1

import data.uts.lib.person
import data.uts.lib.term

# Declared and not abolished. NOTE: where a day is given it decides, otherwise the status does.
living contains id if {
	some id, role in input.roles
	input.as_of < role.abolished_on
}

living contains id if {
	some id, role in input.roles
	not role.abolished_on
	role.status == "active"
}

abolished(id) if {
	input.roles[id]
	not id in living
}

external(id) if input.roles[id].external == true

# A class of people: neither a post nor a body, so nobody holds it and it is never vacant.
everyone(id) if input.roles[id].everyone == true

# A post or body of this organisation: it is asked for holders, powers and a place.
asked contains id if {
	some id in living
	not external(id)
	not everyone(id)
}

# The indexes of the holdings in force of each living role, whoever holds them.
holdings := {id: indexes |
	some id in living
	indexes := [i | some i, holding in input.roles[id].holders; term.current(holding)]
}

# Of these, the ones of persons who are declared and have not left.
served := {id: indexes |
	some id, all in holdings
	holders := input.roles[id].holders
	indexes := [i | some i in all; person.serving(holders[i].person)]
}

# The persons who hold it now.
persons(id) := {input.roles[id].holders[i].person | some i in served[id]}

# Of a collective, the role that answers for it: its own chair, else its unit's. NOTE: of a unit that is not in force
# nobody knows whether it has one.
chair(id) := named if {
	input.roles[id].collective == true
	named := input.roles[id].chair
} else := named if {
	input.roles[id].collective == true
	home := input.roles[id].unit
	home in data.uts.lib.unit.in_force
	named := input.units[home].chair
}

# Nobody is there: no holding in force, not even by a placeholder, and no deliberate vacancy; of a collective, nobody in
# its chair either. All of it is stated.
vacant(id) if {
	_absent(id)
	not unstated(id)
}

# {role}: nobody is stated to be there, and these do not say who holds them; none where somebody is, or all is stated.
silent(id) := {one | some one in chain(id); one in _silent} if _absent(id)

unstated(id) if count(silent(id)) > 0

_silent := {id | some id in input.not_stated.holders}

# The role itself, and the chair that answers for it.
chain(id) := {id} | {named | named := chair(id)}

_absent(id) if {
	_unheld(id)
	not _chaired(id)
}

_unheld(id) if {
	count(holdings[id]) == 0
	not input.roles[id].vacancy
}

# A chair that is no living role, and a unit that is not in force, count as present: other rules speak of them.
_chaired(id) if {
	named := chair(id)
	not _empty(named)
}

_chaired(id) if {
	input.roles[id].collective == true
	not input.roles[id].chair
	home := input.roles[id].unit
	not home in data.uts.lib.unit.in_force
}

_empty(id) if {
	_unheld(id)
	id in asked
}
