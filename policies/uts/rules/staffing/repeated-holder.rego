# METADATA
# title: One person holds one role twice
# description: A person has two holdings in force in one role.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. Two holdings of one person are a record that was not closed.
#   effect: It is not clear since when, and in which capacity, the person holds the role.
#   remediation: End the earlier holding, or merge the two.
#   waive: >-
#     Hardly ever: end the earlier holding.
package uts.rules.staffing["repeated-holder"]

import rego.v1

import data.uts.lib.person
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text

findings contains {
	"path": ["roles", id, "holders", last, "person"],
	"message": message,
	"related": related,
	"key": concat("/", [who, from]),
} if {
	some who, all in input.links.holdings
	count({holding[0] | some holding in all}) < count(all)
	person.serving(who)
	some id in {holding[0] | some holding in all}
	indexes := _held(id, all)
	count(indexes) > 1
	holders := input.roles[id].holders
	from := max({holders[i].from | some i in indexes})
	last := max({i | some i in indexes; holders[i].from == from})
	message := sprintf("%s holds %s %s", [text.person(who), text.named("roles", id), _times(count(indexes))])
	related := [{"path": ["roles", id, "holders", i, "person"], "message": "and here"} |
		some i in sort(indexes)
		i != last
	]
}

# The indexes of one person's holdings in force in one living role; `all` is what the person holds anywhere.
_held(id, all) := {holding[1] |
	some holding in all
	holding[0] == id
	term.current(input.roles[id].holders[holding[1]])
} if {
	id in role.living
	not role.external(id)
}

_times(2) := "twice"

_times(number) := sprintf("%v times", [number]) if number > 2
