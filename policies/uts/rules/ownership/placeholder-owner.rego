# METADATA
# title: A placeholder where an owner should be
# description: >-
#   `TBD`, `vacant`, `n/a` and the like stand where a role or a person should be named: the role of an assignment, an
#   owner, a holder, a chair, or who declares and commands in an incident. The word counts as present for every other
#   rule, so that it is one finding and not four. The id of a declared role or person is never a placeholder.
# custom:
#   level: error
#   profile: starter
#   subjects: ["*"]
#   needs: []
#   parameters:
#     placeholders:
#       type: array
#       unit: words
#       stricter: longer
#       default: [tbd, tba, n/a, none, various, vacant, leaderless, appointment needed, unassigned, "?"]
#       description: Words that are no owner, compared after trimming, collapsing white space and lower-casing.
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A word that names nobody leaves a duty without an owner as surely as an empty field.
#   effect: The table looks complete, and the duty has no owner.
#   remediation: >-
#     Name the role that is meant (a person only among `holders`); where a post is deliberately empty, state its
#     `vacancy`.
#   waive: >-
#     While an appointment is under way whose end is known. The waiver then says by when, which the placeholder does
#     not.
package uts.rules.ownership["placeholder-owner"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.fields
import data.uts.lib.placeholder
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text
import data.uts.lib.unit

findings contains {"path": ["assignments", id, "role"], "message": message} if {
	some id in assignment.first_written(_assigned)
	assigned := input.assignments[id]
	message := sprintf("%s stands where the %s role of %s should be", [
		text.quoted(assigned.role),
		assignment.words[assigned.code],
		text.named("responsibilities", assigned.responsibility),
	])
}

_assigned := {id |
	some id, assigned in input.assignments
	placeholder.role(assigned.role)
	assignment.current(id)
}

findings contains {"path": array.concat(["roles", id], first.place), "message": message, "related": related} if {
	some id in role.asked
	places := array.concat(_holders(id), _chairs(id))
	first := places[0]
	message := sprintf("%s stands where %s of %s should be", [
		text.quoted(first.word),
		first.who,
		text.named("roles", id),
	])
	related := _also(["roles", id], [each.place | some each in places])
}

_holders(id) := [{"place": ["holders", i, "person"], "word": holding.person, "who": "a holder"} |
	some i, holding in input.roles[id].holders
	placeholder.person(holding.person)
	term.current(holding)
]

_chairs(id) := [{"place": ["chair"], "word": chair, "who": "the chair"} |
	chair := input.roles[id].chair
	placeholder.role(chair)
]

findings contains {"path": ["units", id, "chair"], "message": message} if {
	some id in unit.in_force
	chair := input.units[id].chair
	placeholder.role(chair)
	message := sprintf("%s stands where the chair of %s should be", [text.quoted(chair), text.named("units", id)])
}

findings contains {"path": [section, id, "owner"], "message": message} if {
	some section, ["owner"] in fields.owners
	some id, entry in input[section]
	placeholder.role(entry.owner)
	_in_force(section, entry)
	message := sprintf("%s stands where the owner of %s should be", [text.quoted(entry.owner), text.named(section, id)])
}

_in_force("directives", directive) if term.directive(directive)

_in_force(section, _) if section in {"training", "vulnerabilities"}

_in_force("actions", action) if action.status == "open"

_in_force("recommendations", recommendation) if recommendation.status != "closed"

findings contains {"path": array.concat(["incident_lines", id], first), "message": message, "related": related} if {
	some id, line in input.incident_lines
	places := [[field] | some field in fields.owners.incident_lines; placeholder.role(line[field])]
	first := places[0]
	message := sprintf("%s stands where the role that %s in %s should be", [
		text.quoted(line[first[0]]),
		{"declare": "declares", "command": "commands"}[first[0]],
		text.named("incident_lines", id),
	])
	related := _also(["incident_lines", id], places)
}

_also(entry, places) := [{"path": array.concat(entry, place), "message": "and here"} |
	some place in array.slice(places, 1, count(places))
]
