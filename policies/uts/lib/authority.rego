# METADATA
# title: Authorities
# description: Which accountable role needs which authority for which responsibility, and how much of it each holds.
package uts.lib.authority

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role

# {responsibility {authority {"place": i, "roles": {role …}}}}: declared authorities that active responsibilities
# require of accountable roles that answer here.
required := {id: by_authority |
	some id, ids in assignment.accountable
	requires := input.responsibilities[id].requires
	count(requires) > 0
	roles := {holder |
		some one in ids
		holder := input.assignments[one].role
		holder in role.asked
	}
	by_authority := {authority: {"place": place, "roles": roles} |
		some authority in requires
		input.authorities[authority]
		place := min({i | some i, written in requires; written == authority})
	}
}

# What a role holds of an authority, by itself and by valid delegation.
grants(holder, authority) := object.get(input.links.grants, [holder, authority], [])

# Holds nothing of it that is known, and nothing bad stands on a way by which it might: a bad scope, a bad delegator and
# a misspelt authority are told by themselves.
lacking(holder, authority) if {
	count(grants(holder, authority)) == 0
	doubtful := object.get(input.links.grants_over_bad_scopes, holder, [])
	not authority in doubtful
}

# Lacking, and all that it has is stated.
powerless(holder, authority) if {
	lacking(holder, authority)
	not holder in _silent
}

# It does not say what it has of its own.
unstated(holder) if holder in _silent

_silent := {id | some id in input.not_stated.grants}

# The role that had the authority, no longer has it and still passes it on, where this role is that one or would have it from
# there: one cause with all that it breaks.
cause(holder, authority) := concat("/", ["roles", min(broken)]) if {
	above := {delegate: delegators |
		some delegate, _ in input.roles
		delegators := [input.delegations[id].delegator | some id in object.get(input.links.delegations_to, [delegate, authority], [])]
	}
	upstream := graph.reachable(above, {holder})
	broken := {delegator |
		some [id, passed] in data.uts.lib.delegation.orphaned
		passed == authority
		delegator := input.delegations[id].delegator
		delegator in upstream
	}
	count(broken) > 0
}
