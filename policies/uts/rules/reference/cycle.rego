# METADATA
# title: References that lead round in a circle
# description: >-
#   Units that are each other's parents, roles that report to each other, directives that supersede or cite each other;
#   an entry that names itself included. Told once for each loop, on its smallest id that has not ended.
# custom:
#   level: error
#   profile: standard
#   subjects: [units, roles, directives]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A line of authority, or of texts, that comes back to where it began has no top.
#   effect: Whoever follows the line for a decision never arrives.
#   remediation: Take one of these references out of the loop.
#   waive: Never for units and reporting lines. Two directives that cite each other for information can live with it.
package uts.rules.reference.cycle

import rego.v1

import data.uts.lib.former
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text
import data.uts.lib.unit

findings contains {
	"path": array.concat([kind.section, id], place),
	"message": message,
	"related": related,
	"key": concat("/", [kind.field, next]),
} if {
	some link, kind in _kinds
	some loop in input.links.cycles[link]
	section := kind.section
	id := former.least(section, {one | some one in loop; not _ended(section, one)})
	onward := _onward(input[section][id], kind.field, {one | some one in loop})
	next := former.least(section, {one | some [one, _] in onward})
	place := min({where | some [one, where] in onward; one == next})
	message := _message(kind, id, loop)
	related := [{"path": [kind.section, one], "message": "in the same loop"} | some one in sort(loop); one != id]
}

_kinds := {
	"units": {"section": "units", "field": "parent", "says": "is its own parent"},
	"reports": {"section": "roles", "field": "reports_to", "says": "reports to itself"},
	"supersedes": {"section": "directives", "field": "supersedes", "says": "supersedes itself"},
	"cites": {"section": "directives", "field": "cites", "says": "cites itself"},
}

_ended("units", id) if not id in unit.in_force

_ended("roles", id) if not id in role.living

_ended("directives", id) if input.directives[id].status in {"superseded", "rescinded"}

_ended("directives", id) if term.ended(input.directives[id])

# The places of an entry that lead on in its loop, with the id written there.
_onward(entry, field, loop) := {[entry[field], [field]]} if {
	is_string(entry[field])
} else := {[next, [field, i]] |
	some i, next in entry[field]
	next in loop
}

_message(kind, id, loop) := sprintf("%s %s", [text.named(kind.section, id), kind.says]) if {
	count(loop) == 1
} else := sprintf("%s %s, by way of %s", [text.named(kind.section, id), kind.says, text.listed(others)]) if {
	others := {one | some one in loop; one != id}
}
