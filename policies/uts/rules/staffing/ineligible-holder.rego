# METADATA
# title: Holder who may not hold the role
# description: >-
#   The role says who may hold it: a holder of one of certain roles, with certain modules. Somebody holds it who does not
#   meet this today. Roles and modules in `eligibility` that are unknown or abolished are passed over. Where nobody states
#   who holds those roles, or what the holder has completed, the role is not judged.
# custom:
#   level: error
#   profile: standard
#   subjects: [roles]
#   needs: [holders, records]
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
	some id in _looked_at
	some i in role.served[id]
	holding := input.roles[id].holders[i]
	not _told_before(id, i)
	eligibility := input.roles[id].eligibility
	lacking := array.concat(_roles(holding.person, eligibility.roles), _modules(holding.person, eligibility.training))
	count(lacking) > 0
	message := sprintf("%s holds %s, and has not %s", [
		text.person(holding.person),
		text.named("roles", id),
		text.joined(lacking),
	])
	key := concat("/", [holding.person, holding.from])
}

judged contains ["roles", id] if {
	some id in _looked_at
	not id in _open
}

not_judged contains {"path": ["roles", id], "fact": fact, "missing": missing} if {
	some id in _open
	some [fact, missing] in _unsaid[id]
}

_looked_at := {id |
	some id in role.asked
	input.roles[id].eligibility
	count(role.served[id]) > 0
}

# {role {[fact, entry]}}: what would tell whether its holders meet the conditions, and is not stated.
_unsaid := {id: missing |
	some id in _looked_at
	people := {input.roles[id].holders[i].person | some i in role.served[id]}
	eligibility := input.roles[id].eligibility
	holders := {["holders", ["roles", one]] |
		some person in people
		some one in (_unmet(person, eligibility.roles) & _unheld)
	}
	records := {["records", ["people", person]] |
		some person in (people & _unrecorded)
		some module in eligibility.training
		input.training[module]
	}
	missing := holders | records
	count(missing) > 0
}

_open := {id | some id, _ in _unsaid} - {finding.path[1] | some finding in findings}

_unheld := {id | some id in input.not_stated.holders}

_unrecorded := {id | some id in input.not_stated.records}

# The same person from the same day at an earlier place.
_told_before(id, i) if {
	holders := input.roles[id].holders
	some j in role.served[id]
	j < i
	holders[j].person == holders[i].person
	holders[j].from == holders[i].from
}

_roles(person, wanted) := [sprintf("one of the roles %s", [text.listed(unmet)])] if {
	unmet := _unmet(person, wanted)
	count(unmet) > 0
	count(unmet & _unheld) == 0
} else := []

# The roles of which the person holds none; empty where one is held. NOTE: whoever holds a role is one of everyone.
_unmet(person, wanted) := known if {
	known := {id | some id in wanted; id in role.living}
	count({id | some id in known; role.everyone(id)}) == 0
	count({id | some id in known; person in role.persons(id)}) == 0
} else := set()

_modules(person, wanted) := [sprintf("the module %s", [text.quoted(module)]) |
	some module in sort({id | some id in wanted; input.training[id]})
	not person in _unrecorded
	not _trained(person, module)
]

_trained(person, module) if {
	some id in input.links.records[person][module]
	record := input.training_records[id]
	term.happened(record.completed_on)
	input.as_of <= record.expires_on
}
