# METADATA
# title: Escalation that loops or ends nowhere
# description: >-
#   Lines escalate to each other in a loop; or a line escalates to nobody, and its commander's unit is not at the top.
#   Silent where the commander is unknown, abolished or external, or the unit cannot be placed in the tree.
# custom:
#   level: error
#   profile: standard
#   subjects: [incident_lines]
#   needs: [escalation]
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: there were no clear lines of authority for the response to an incident.
#   effect: What one unit cannot handle reaches nobody who can.
#   remediation: Let the line escalate to one that is commanded from a root unit.
#   waive: Where the line goes on in an organisation that cannot be declared.
package uts.rules.incident["broken-escalation"]

import rego.v1

import data.uts.lib.former
import data.uts.lib.line
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["incident_lines", id, "escalate_to"], "message": message, "related": related} if {
	some loop in input.links.cycles.escalation
	count([one | some one in loop; _answers_elsewhere(input.incident_lines[one])]) == 0
	id := former.least("incident_lines", loop)
	message := _loops(loop)
	related := [{"path": ["incident_lines", other, "escalate_to"], "message": "in the same loop"} | some other in sort(loop); other != id]
}

findings contains {"path": ["incident_lines", id], "message": message, "related": related} if {
	some id, where in _below_the_top
	not id in _silent
	entry := input.incident_lines[id]
	commander := entry.command
	message := sprintf("the line %s of %s escalates to nobody, and its commander %s sits in %s, which is not at the top", [
		text.quoted(id),
		text.quoted(entry.incident),
		text.named("roles", commander),
		text.named("units", where),
	])
	related := [{"path": ["roles", commander, "unit"], "message": "not at the top"}]
}

judged contains ["incident_lines", id] if {
	some id, _ in input.incident_lines
	not id in _open
}

not_judged contains {"path": ["incident_lines", id], "fact": "escalation", "missing": ["incident_lines", id]} if {
	some id in _open
}

_open := {id | some id, _ in _below_the_top; id in _silent}

_silent := {id | some id in input.not_stated.escalation}

# {line: unit of its commander}: lines that name none above, of whose commander's unit something is above.
_below_the_top := {id: where |
	some id, entry in input.incident_lines
	not entry.escalate_to
	commander := entry.command
	commander in data.uts.lib.role.asked
	where := input.roles[commander].unit
	where in line.sound_units
	not where in line.root_units
}

_answers_elsewhere(entry) if {
	entry.command in role.living
	role.external(entry.command)
}

_loops(loop) := sprintf("the line %s escalates to itself", [text.listed(loop)]) if count(loop) == 1

_loops(loop) := sprintf("the lines %s escalate to each other, and to nobody else", [text.listed(loop)]) if count(loop) > 1
