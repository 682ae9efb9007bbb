# METADATA
# title: Continuity
# description: >-
#   The posts whose succession is looked at: living, neither collective nor external, fewer than two permanent holders, and
#   essential (`key`) or accountable for something critical.
package uts.lib.continuity

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role

posts contains id if {
	some id in role.living
	post := input.roles[id]
	_essential(id, post)
	post.collective == false
	post.external == false
	count({holder.person | some i in role.holdings[id]; holder := post.holders[i]; holder.kind == "permanent"}) < 2
}

_essential(_, post) if post.key == true

_essential(id, post) if {
	post.key == false
	id in _critical
}

_critical contains role if {
	some duty, ids in assignment.accountable
	input.responsibilities[duty].criticality == "critical"
	some id in ids
	role := input.assignments[id].role
}

# A declared role that has not been abolished and answers here.
sound(id) if {
	id in data.uts.lib.role.living
	not role.external(id)
}

# Everybody who holds it now, whoever they are.
holders(id) := {input.roles[id].holders[i].person | some i in data.uts.lib.role.holdings[id]}
