# METADATA
# title: Who sits in which role
# description: >-
#   Every living role with the persons whose term includes the as-of date, in the order declared, whether they are still
#   there or not: what a picture of the organisation shows.
package uts.view.seats

import rego.v1

import data.uts.lib.person
import data.uts.lib.role

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"seats": seats, "unstated": unstated, "departed": sort(person.departed)} if input.schema == "uts-policy/corpus/1"

# {role [person …]}
seats := {id: [input.roles[id].holders[i].person | some i in indexes] | some id, indexes in role.holdings}

# The roles of which it is not stated who holds them.
unstated := input.not_stated.holders
