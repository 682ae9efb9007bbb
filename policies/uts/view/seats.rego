# METADATA
# title: Who sits in which role
# description: >-
#   Every living role with the persons whose term includes the as-of date, in the order declared, whether they are still
#   there or not: what a picture of the organisation shows.
package uts.view.seats

import rego.v1

import data.uts.lib.person
import data.uts.lib.role
import data.uts.view.post

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"seats": seats, "standing": standing, "departed": sort(person.departed)} if input.schema == "uts-policy/corpus/1"

# {role [person …]}
seats := {id: [input.roles[id].holders[i].person | some i in indexes] | some id, indexes in role.holdings}

# {role word}: `held`, `chaired`, `external`, `everyone`, `unstated`, or why nobody can act in it, as `uts.view.post` says.
standing := {id: _standing(id) | some id in role.living}

_standing(id) := "external" if {
	role.external(id)
} else := "everyone" if {
	role.everyone(id)
} else := "unstated" if {
	role.unstated(id)
} else := why if {
	why := post.absence(id)
} else := "held" if {
	count(role.persons(id)) > 0
} else := "chaired"
