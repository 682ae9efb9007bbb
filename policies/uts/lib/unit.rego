# METADATA
# title: Units
# description: Which units are in force, and how they lie within each other.
package uts.lib.unit

import rego.v1

in_force := {id | some id, unit in input.units; unit.status == "active"}

# The units in force above which no unit is in force: together with what is below them, every unit in force.
tops contains top if {
	some id in in_force
	top := [step | some step in input.units[id].path; step in in_force][0]
}

# From the root to the unit itself; the nameless element stands alone.
steps(id) := input.units[id].path

steps("") := [""] if count(input.units) == 0

# {unit {unit}}: directly below a unit in force, where archived units between do not count.
children := {above: ids |
	some above in in_force
	first := {id | some id in input.links.children[above]}
	ids := (graph.reachable(_through, first) & in_force) - {above}
	count(ids) > 0
}

# The units, each with those below it that can be reached through it: of a unit in force, none.
_through := {id: below_it |
	some id, _ in input.units
	below_it := {child | some child in input.links.children[id]; not id in in_force}
}

# The unit is one of these, or lies below one of them.
below(id, roots) if {
	some step in input.units[id].path
	step in roots
}

below("", roots) if "" in roots
