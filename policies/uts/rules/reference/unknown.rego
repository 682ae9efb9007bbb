# METADATA
# title: Reference to something that is not declared
# description: >-
#   A reference names no entry of its section. The nearest id is suggested. Citations, topics, severities, kinds, what
#   waivers name, and placeholders in an owner's place are not looked at here.
# custom:
#   level: error
#   profile: starter
#   subjects: ["*"]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A name that leads nowhere is no assignment, whatever was meant.
#   effect: What was meant to be tied together is not, and every rule that follows the reference looks past it.
#   remediation: Correct the id, or declare the entry that is meant.
#   fix: [called, nearest]
#   waive: >-
#     Hardly ever: nothing can be judged about what is not declared. While a second file is on its way, for days.
package uts.rules.reference.unknown

import rego.v1

import data.uts.lib.reference
import data.uts.lib.text

findings contains {
	"path": array.concat(entry, place),
	"message": message,
	"cause": concat("/", [weak.target, weak.value]),
	"key": key,
} if {
	some n, [section, id, key, weak] in _dangling
	not _again(n)
	entry := [section, id]
	place := weak.place
	message := sprintf("%s names no %s%s", [text.quoted(weak.value), _called(entry, weak), reference.advice(weak)])
}

# [section, id, key, reference], in order.
_dangling := sort({[section, id, key, weak] |
	some weak in reference.weak
	target := weak.target
	value := weak.value
	not input[target][value]
	[section, id] := weak.entry
	key := reference.key(weak)
})

# An id that an entry names twice in one list is told at its first place.
_again(n) if {
	n > 0
	array.slice(_dangling[n], 0, 3) == array.slice(_dangling[n - 1], 0, 3)
}

_called(entry, weak) := "role or unit" if {
	entry[0] == "units"
	weak.place[0] == "stakeholders"
} else := _nouns[weak.target]

_nouns := {
	"units": "unit",
	"people": "person",
	"roles": "role",
	"authorities": "authority",
	"responsibilities": "responsibility",
	"directives": "directive",
	"vectors": "vector",
	"training": "training module",
	"incidents": "type of incident",
	"incident_lines": "incident line",
	"assessments": "assessment",
	"actions": "action",
}
