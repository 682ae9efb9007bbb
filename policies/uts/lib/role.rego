# METADATA
# title: Roles
# description: Which roles live, who holds them.
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

# Of a collective, the role that chairs its unit and so answers for it. NOTE: of a unit that is not in force nobody knows.
chair(id) := input.units[home].chair if {
	input.roles[id].collective == true
	home := input.roles[id].unit
	home in data.uts.lib.unit.in_force
}

# No holding in force, not even by a placeholder, and no deliberate vacancy; of a collective, no chair who is there either.
vacant(id) if {
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
	home := input.roles[id].unit
	not home in data.uts.lib.unit.in_force
}

_empty(id) if {
	_unheld(id)
	not external(id)
}
