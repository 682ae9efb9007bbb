# METADATA
# title: Delegations
# description: >-
#   Which delegation passes what on, and the one thing that is wrong with each. Each link is judged against the paper
#   beneath it (`links.on_paper`), as if that were sound; the first fault in the order below speaks.
package uts.lib.delegation

import rego.v1

import data.uts.lib.role
import data.uts.lib.scope
import data.uts.lib.term

in_force contains id if {
	some id, entry in input.delegations
	term.delegation(entry)
}

# [delegation, authority]: in force, of a declared authority.
passed contains [id, authority] if {
	some id in in_force
	some authority in input.delegations[id].authorities
	input.authorities[authority]
}

# Where the authority is written, the first time.
place(id, authority) := min({i | some i, written in input.delegations[id].authorities; written == authority})

not_delegable contains [id, authority] if {
	some [id, authority] in passed
	input.authorities[authority].delegable == false
}

# What remains to be judged: the delegator is declared, lives and answers here.
_judged contains [id, authority] if {
	some [id, authority] in passed
	not [id, authority] in not_delegable
	delegator := input.delegations[id].delegator
	delegator in role.living
	not role.external(delegator)
}

# NOTE: it ends on the eve of the day on which it will be rescinded.
_ends_after(entry, day) if {
	entry.to > day
	not entry.rescinded_on
}

_ends_after(entry, day) if {
	entry.to > day
	input.days[entry.rescinded_on] > input.days[day] + 1
}

# What the delegator has on paper, of those that have anything: {delegation {authority paper}}.
_paper := {id: papers |
	some id in in_force
	papers := input.links.on_paper[input.delegations[id].delegator]
}

_supported contains [id, authority] if {
	some [id, authority] in _judged
	_paper[id][authority]
}

# It has nothing of it in force any more, and once had.
orphaned contains [id, authority] if {
	some [id, authority] in _judged
	not [id, authority] in _supported
	_once_had(input.delegations[id].delegator, authority)
}

_once_had(delegator, authority) if {
	some grant in input.roles[delegator].authorities
	grant.authority == authority
	term.ended(grant)
}

_once_had(delegator, authority) if {
	some id in input.links.delegations_to[delegator][authority]
	_has_been(input.delegations[id])
}

# In force on some day, and no longer.
_has_been(entry) if {
	term.ended(entry)
	not _stillborn(entry)
}

_has_been(entry) if {
	term.rescinded(entry)
	not _stillborn(entry)
}

_stillborn(entry) if entry.rescinded_on <= entry.from

# [authority, members] of loops of which no member has it from outside.
loops contains [authority, members] if {
	some authority, groups in input.links.cycles.support
	input.authorities[authority]
	some group in groups
	members := {id | some id in group}
	delegators := {input.delegations[id].delegator | some id in group}
	count({delegator | some delegator in delegators; _from_outside(delegator, authority, members)}) == 0
}

_from_outside(delegator, authority, _) if {
	some grant in input.roles[delegator].authorities
	grant.authority == authority
	term.current(grant)
}

_from_outside(delegator, authority, members) if {
	some id in input.links.delegations_to[delegator][authority]
	not id in members
	term.delegation(input.delegations[id])
}

looping contains [id, authority] if {
	some [authority, members] in loops
	some id in members
}

# [delegation, authority, why]: beyond what the delegator has.
exceeding contains [id, authority, "nothing"] if {
	some [id, authority] in _judged
	not [id, authority] in _supported
	not [id, authority] in orphaned
	not [id, authority] in looping
}

exceeding contains [id, authority, "scope"] if {
	some [id, authority] in _supported
	not [id, authority] in looping
	stated := input.delegations[id].scope
	stated != {}
	paper := _paper[id][authority]
	paper.bad == false
	covers := [scope.region(part) | some part in paper.scopes]
	count(scope.uncovered(scope.region(stated), covers)) > 0
}

exceeding contains [id, authority, "to"] if {
	some [id, authority] in _supported
	not [id, authority] in looping
	entry := input.delegations[id]
	entry.to != term.last_day
	_ends_after(entry, _paper[id][authority].until)
}

# [delegation, authority]: some of what it passes, the delegator may not pass on; without `scope`, none of it.
forbidden contains [id, authority] if {
	some [id, authority] in _supported
	not [id, authority] in looping
	not [id, authority] in _exceeding_pairs
	paper := _paper[id][authority]
	stated := input.delegations[id].scope
	_barred(stated, paper)
}

_exceeding_pairs contains pair if {
	some triple in exceeding
	pair := array.slice(triple, 0, 2)
}

# NOTE: without a scope of its own, a delegation whose paper rests on bad ids alone passes nothing that could be barred.
_barred(stated, paper) if {
	stated == {}
	count(paper.scopes) > 0
	count([part | some part in paper.scopes; part.permitted == true]) == 0
}

_barred(stated, paper) if {
	stated != {}
	region := scope.region(stated)
	permitted := [scope.region(part) | some part in paper.scopes; part.permitted == true]
	some part in paper.scopes
	part.permitted == false
	shared := scope.intersection(region, scope.region(part))
	not scope.empty(shared)
	count(scope.uncovered(shared, permitted)) > 0
}

# The last day that the delegator's paper has.
until(id, authority) := data.uts.lib.delegation._paper[id][authority].until
