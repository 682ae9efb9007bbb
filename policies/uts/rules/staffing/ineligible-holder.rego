# METADATA
# title: Holder who may not hold the role
# description: >-
#   The role says who may hold it: a holder of one of certain roles, with certain modules. Somebody holds it who does not
#   meet this today. Roles and modules in `eligibility` that are unknown or abolished are passed over.
# custom:
#   level: error
#   profile: standard
#   subjects: [roles]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A post has the conditions that it states.
#   effect: The post is held by somebody who lacks what it was found to need.
#   remediation: Give the role to somebody who meets its conditions, or change them.
#   waive: Where the holder will meet the condition by a date, for instance when a course ends.
package uts.rules.staffing["ineligible-holder"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["roles", id, "holders", i], "message": message, "key": key} if {
	some id, entry in input.roles
	eligibility := entry.eligibility
	id in role.living
	not role.external(id)
	some i in role.served[id]
	holding := entry.holders[i]
	not _told_before(id, i)
	lacking := array.concat(_roles(holding.person, eligibility.roles), _modules(holding.person, eligibility.training))
	count(lacking) > 0
	message := sprintf("%s holds %s, and has not %s", [
		text.person(holding.person),
		text.named("roles", id),
		text.joined(lacking),
	])
	key := concat("/", [holding.person, holding.from])
}

# The same person from the same day at an earlier place.
_told_before(id, i) if {
	holders := input.roles[id].holders
	some j in role.served[id]
	j < i
	holders[j].person == holders[i].person
	holders[j].from == holders[i].from
}

# NOTE: whoever holds a role is one of everyone.
_roles(person, wanted) := [sprintf("one of the roles %s", [text.listed(known)])] if {
	known := {id | some id in wanted; id in role.living}
	count(known) > 0
	count({id | some id in known; role.everyone(id)}) == 0
	count({id | some id in known; person in role.persons(id)}) == 0
} else := []

_modules(person, wanted) := [sprintf("the module %s", [text.quoted(module)]) |
	some module in sort({id | some id in wanted; input.training[id]})
	not _trained(person, module)
]

_trained(person, module) if {
	some id in input.links.records[person][module]
	record := input.training_records[id]
	term.happened(record.completed_on)
	input.as_of <= record.expires_on
}
