# METADATA
# title: Continuity
# description: >-
#   The posts whose succession is looked at: living, no body, elsewhere or everyone, fewer than two permanent holders (where
#   nobody says who holds it: fewer than two seats), and essential (`key`) or accountable for something critical.
package uts.lib.continuity

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role

posts contains id if {
	some id in role.asked
	post := input.roles[id]
	_essential(id, post)
	post.collective == false
	_few(id, post)
}

_few(id, post) if {
	not id in _silent
	count({holder.person | some i in data.uts.lib.role.holdings[id]; holder := post.holders[i]; holder.kind == "permanent"}) < 2
}

_few(id, post) if {
	id in _silent
	post.seats < 2
}

_silent := {id | some id in input.not_stated.holders}

# The posts that do not say who takes over.
unstated := posts & {id | some id in input.not_stated.successors}

# {path, fact, missing}, for rules that look at posts.
not_judged contains {"path": ["roles", id], "fact": "successors", "missing": ["roles", id]} if some id in unstated

_essential(_, post) if post.key == true

_essential(id, post) if {
	post.key == false
	id in _critical
}

_critical contains post if {
	some duty, ids in assignment.accountable
	input.responsibilities[duty].criticality == "critical"
	some id in ids
	post := input.assignments[id].role
}

# A declared role that has not been abolished and answers here.
sound(id) if id in data.uts.lib.role.asked

# Everybody who holds it now, whoever they are.
holders(id) := {input.roles[id].holders[i].person | some i in data.uts.lib.role.holdings[id]}
