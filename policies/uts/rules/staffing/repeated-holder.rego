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
#     - source: Judgement
#       text: No authority found; two holdings of one person are a record that was not closed.
#   effect: It is not clear since when, and in which capacity, the person holds the role.
#   remediation: End the earlier holding, or merge the two.
package uts.rules.staffing["repeated-holder"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.text

findings contains {
	"path": ["roles", id, "holders", i, "person"],
	"message": message,
	"related": related,
	"key": concat("/", [who, from]),
} if {
	some id, people in _terms
	some who, terms in people
	count(terms) > 1
	[from, i] := max(terms)
	message := sprintf("%s holds %s %s", [text.quoted(who), text.named("roles", id), _times(count(terms))])
	related := [{"path": ["roles", id, "holders", term[1], "person"], "message": "and here"} |
		some term in sort(terms)
		term[1] != i
	]
}

# {role {person {[from, index]}}}
_terms[id][who] contains [holding.from, i] if {
	some id, indexes in role.served
	count(indexes) > 1
	some i in indexes
	holding := input.roles[id].holders[i]
	who := holding.person
	not role.external(id)
}

_times(2) := "twice"

_times(number) := sprintf("%v times", [number]) if number > 2
