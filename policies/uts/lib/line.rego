# METADATA
# title: Lines upward
# description: >-
#   Which units and roles stand soundly in the tree: rules about the line to the top are silent where something on it is
#   unknown, archived, abolished or in a loop, because another rule speaks of that.
package uts.lib.line

import rego.v1

import data.uts.lib.role
import data.uts.lib.unit

# Units in force whose way up ends at a unit without a parent.
sound_units contains id if {
	some id in unit.in_force
	top := input.units[input.units[id].path[0]]
	not top.parent
}

root_units contains id if {
	some id in sound_units
	not input.units[id].parent
}

# Living roles above which no line can be judged.
_doubtful contains id if {
	some id in role.living
	superior := input.roles[id].reports_to
	not superior in role.living
}

_doubtful contains id if {
	some loop in input.links.cycles.reports
	some id in loop
}

_doubtful contains id if {
	some id in role.living
	where := input.roles[id].unit
	not where in sound_units
}

# Living roles that are at the top, or answer elsewhere.
_arrived contains id if {
	some id in role.living
	input.roles[id].unit in root_units
}

_arrived contains id if {
	some id in role.living
	role.external(id)
}

# Roles with one of these on their line, themselves included.
settled := graph.reachable(input.links.reports, _arrived | _doubtful)
