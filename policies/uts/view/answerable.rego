# METADATA
# title: Who has to act
# description: >-
#   For the entries that `input.question` names, the roles whose business each is: a role itself, the one that an
#   assignment names, those that are accountable for a responsibility, who delegates, commands, chairs, owns, approved.
#   Declared roles only; none where nobody is named.
package uts.view.answerable

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.term

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"roles": roles} if input.schema == "uts-policy/corpus/1"

# {"section/id" [role]}
roles := {concat("/", [section, id]): sort({role | some role in _named(section, id); input.roles[role]}) |
	some [section, id] in input.question.entries
}

_fields := {
	"assignments": "role", "delegations": "delegator", "incident_lines": "command", "units": "chair",
	"waivers": "approved_by",
}

_named(section, id) := {id} if section == "roles"

_named(section, id) := {input.assignments[one].role | some one in ids} if {
	section == "responsibilities"
	ids := object.get(assignment.accountable, id, [])
}

_named(section, id) := {role |
	some [role, i] in object.get(input.links.holdings, id, [])
	term.current(input.roles[role].holders[i])
} if {
	section == "people"
}

_named(section, id) := {input.directives[input.obligations[id].directive].owner | true} if section == "obligations"

_named(section, id) := {entry[field] | true} if {
	not section in {"roles", "responsibilities", "people", "obligations"}
	entry := input[section][id]
	field := object.get(_fields, section, "owner")
}
