# METADATA
# title: Two commanders for one incident
# description: >-
#   Two lines of one type of incident and one severity have intersecting scopes, of which neither lies strictly within the
#   other, and different living roles in command.
# custom:
#   level: error
#   profile: standard
#   subjects: [incident_lines]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: there were no clear lines of authority for the response to an incident.
#   effect: When it happens, two officials give orders, or each waits for the other.
#   remediation: Let one command, or separate the scopes or severities.
#   waive: >-
#     Never: two commanders are found out during the incident.
package uts.rules.incident["ambiguous-line"]

import rego.v1

import data.uts.lib.former
import data.uts.lib.role
import data.uts.lib.scope
import data.uts.lib.text

findings contains {"path": ["incident_lines", other], "message": message, "related": related, "key": one} if {
	some lines in input.links.lines
	commanders := {input.incident_lines[id].command | some id in lines}
	count(commanders & role.living) > 1 # most incidents have one, and then no pair is looked at
	some one in lines
	first := input.incident_lines[one]
	first.command in role.living
	some other in lines
	former.before("incident_lines", one, other)
	second := input.incident_lines[other]
	second.command in role.living
	first.command != second.command
	object.get(first, "severity", null) == object.get(second, "severity", null)
	_rival(scope.region(first.scope), scope.region(second.scope))
	message := sprintf("%s and %s put %s and %s in command of the same incident", [
		text.quoted(one),
		text.quoted(other),
		text.named("roles", first.command),
		text.named("roles", second.command),
	])
	related := [{"path": ["incident_lines", one, "command"], "message": "another commander"}]
}

_rival(one, other) if {
	shared := scope.intersection(one, other)
	not scope.empty(shared)
	not scope.strictly_contains(one, other)
	not scope.strictly_contains(other, one)
}
