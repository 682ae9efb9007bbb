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
		not role.external(holder)
	}
	by_authority := {authority: {"place": place, "roles": roles} |
		some authority in requires
		input.authorities[authority]
		place := min({i | some i, written in requires; written == authority})
	}
}

# What a role holds of an authority, by itself and by valid delegation.
grants(holder, authority) := object.get(input.links.grants, [holder, authority], [])

# Holds nothing of it, and nothing bad stands on a way by which it might: a bad scope or delegator is told by itself.
powerless(holder, authority) if {
	count(grants(holder, authority)) == 0
	doubtful := object.get(input.links.grants_over_bad_scopes, holder, [])
	not authority in doubtful
}
