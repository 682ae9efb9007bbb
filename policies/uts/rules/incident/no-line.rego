# METADATA
# title: Incident without a line of authority
# description: >-
#   A declared type of incident has no line; or there are units in force for which no line of it exists, of whatever
#   severity or vector. Where no incidents are declared, this is told on the line with the smallest id. Silent where the
#   scope of a line names something unknown or archived.
# custom:
#   level: error
#   profile: standard
#   subjects: [incidents, incident_lines]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: there were no clear lines of authority for the response to an incident.
#     - source: NIST SP 800-53 rev. 5, IR-8
#       text: >-
#         "Explicitly designates responsibility for incident response"
#   effect: When it happens there, nobody knows who may declare it and who commands.
#   remediation: Add a line for the incident, or widen the scope of one.
#   waive: >-
#     Hardly ever: an incident does not wait. Where another organisation commands, declare its role as `external`.
package uts.rules.incident["no-line"]

import rego.v1

import data.uts.lib.former
import data.uts.lib.scope
import data.uts.lib.text
import data.uts.lib.unit

findings contains {"path": ["incidents", id], "message": message} if {
	some id, _ in input.incidents
	lines := object.get(input.links.lines, id, [])
	count(lines) == 0
	message := sprintf("there is no line of authority for %s", [text.named("incidents", id)])
}

findings contains {"path": ["incidents", id], "message": message, "related": related} if {
	some id, lines in input.links.lines
	input.incidents[id]
	missing := _missing(lines)
	message := sprintf("there is no line of authority for %s in %s", [text.named("incidents", id), _words(missing)])
	related := array.concat(
		_left_out(missing),
		[{"path": ["incident_lines", line], "message": "covers a part"} | some line in lines],
	)
}

findings contains {"path": ["incident_lines", first], "message": message, "related": related} if {
	count(input.incidents) == 0
	some id, lines in input.links.lines
	missing := _missing(lines)
	first := former.least("incident_lines", lines)
	message := sprintf("there is no line of authority for %s in %s", [text.quoted(id), _words(missing)])
	related := array.concat(
		_left_out(missing),
		[{"path": ["incident_lines", line], "message": "covers a part"} | some line in lines; line != first],
	)
}

_words(missing) := text.joined(array.concat(
	[sprintf("%s itself", [text.quoted(id)]) | some id in sort(missing.split)],
	[text.quoted(id) | some id in sort(missing.whole)],
))

# NOTE: as data, for whoever compares two findings: a unit with all below it, or by its `id` the unit itself alone.
_left_out(missing) := array.concat(
	[{"path": ["units", id, "id"], "message": "not covered itself"} | some id in sort(missing.split)],
	[{"path": ["units", id], "message": "not covered"} | some id in sort(missing.whole)],
)

# The units that no line covers; undefined where there are none, or where that cannot be said.
_missing(lines) := {"split": split, "whole": whole} if {
	count(input.units) > 0
	scopes := [input.incident_lines[line].scope | some line in lines]
	count([written | some written in scopes; _open(written)]) == 0
	count([written | some written in scopes; scope.bad(written)]) == 0
	roots := {root | some written in scopes; some root in scope.region(written).units}

	# What holds a covered unit without being covered itself has to be named alone; beside it, whole subtrees.
	split := {step |
		some root in roots
		some step in unit.steps(root)
		step in data.uts.lib.unit.in_force
		not unit.below(step, roots)
	}
	candidates := data.uts.lib.unit.tops | {child | some above in split; some child in data.uts.lib.unit.children[above]}
	whole := {id | some id in candidates; not id in split; not unit.below(id, roots)}
	count(split) + count(whole) > 0
}

# NOTE: the common case: a scope for all units leaves nothing out.
_open(written) if not written.units
