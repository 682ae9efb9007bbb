# METADATA
# title: Who has to act
# description: >-
#   For the entries that `input.question` names, the roles whose business each is: a role itself, the one that an
#   assignment names, those that are accountable for a responsibility, who delegates, commands, chairs, owns, approved.
#   Where that role is no more, who is accountable for the responsibility, or to whom was delegated. Living roles only,
#   a role itself aside; none where nobody is named.
package uts.view.answerable

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.term

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"roles": roles} if input.schema == "uts-policy/corpus/1"

_fields := {
	"assignments": "role", "delegations": "delegator", "incident_lines": "command", "units": "chair",
	"waivers": "approved_by",
}

# {"section/id" [role]}
roles := {concat("/", [section, id]): sort({named | some named in _acting(section, id); _able(section, named)}) |
	some [section, id] in input.question.entries
}

_able(section, named) if {
	section == "roles"
	input.roles[named]
}

_able(section, named) if {
	section != "roles"
	named in role.living
}

_acting(section, id) := _named(section, id) if not _ended(section, id)

_acting(section, id) := _accountable(input.assignments[id].responsibility) if {
	section == "assignments"
	_ended(section, id)
}

_acting(section, id) := {input.delegations[id].delegate} if {
	section == "delegations"
	_ended(section, id)
}

# The role that an assignment or a delegation names is no more, or never was: it is somebody else's business.
_ended(section, id) if {
	section == "assignments"
	named := input.assignments[id].role
	not named in role.living
}

_ended(section, id) if {
	section == "delegations"
	named := input.delegations[id].delegator
	not named in role.living
}

_accountable(id) := {input.assignments[one].role | some one in object.get(assignment.accountable, id, [])}

_named(section, id) := {id} if section == "roles"

_named(section, id) := _accountable(id) if section == "responsibilities"

_named(section, id) := {held |
	some [held, i] in object.get(input.links.holdings, id, [])
	term.current(input.roles[held].holders[i])
} if {
	section == "people"
}

_named(section, id) := {input.directives[input.obligations[id].directive].owner | true} if section == "obligations"

_named(section, id) := {entry[field] | true} if {
	not section in {"roles", "responsibilities", "people", "obligations"}
	entry := input[section][id]
	field := object.get(_fields, section, "owner")
}
