# METADATA
# title: Who has to act
# description: >-
#   For every entry the roles whose business it is: a role itself, the one that an assignment names, those that are
#   accountable for a responsibility, who delegates, commands, chairs, owns, approved. Where that role is no more, who is
#   accountable for the responsibility, or to whom was delegated. Living roles only, a role itself aside; an entry that
#   names nobody is left out.
package uts.view.answerable

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.fields
import data.uts.lib.role
import data.uts.lib.term

# {section {id [role …]}}. NOTE: undefined, not empty, where the input is no corpus.
answer := object.union(_owned, {
	"roles": {id: [id] | some id, _ in input.roles},
	"people": _people,
	"responsibilities": _accountable,
	"assignments": _assigned,
	"delegations": _delegated,
	"obligations": {id: [owner] |
		some id, entry in input.obligations
		owner := input.directives[entry.directive].owner
		owner in role.living
	},
}) if {
	input.schema == "uts-policy/corpus/1"
}

# The field that names an owner, the last of several: of an incident line, who commands.
_fields := object.union(
	{section: named[count(named) - 1] | some section, named in fields.owners},
	{"waivers": "approved_by"},
)

# By that field. What roles and assignments say of themselves goes before it.
_owned := {section: named |
	some section in fields.sections
	field := object.get(_fields, section, "owner")
	named := {id: [owner] |
		some id, entry in input[section]
		owner := entry[field]
		owner in role.living
	}
}

_people := {id: sort(held) |
	some id, holdings in input.links.holdings
	input.people[id]
	held := {name |
		some [name, i] in holdings
		name in role.living
		term.current(input.roles[name].holders[i])
	}
	count(held) > 0
}

_accountable := {id: sort({input.assignments[one].role | some one in held}) | some id, held in assignment.accountable}

# NOTE: in two, since most assignments name a living role.
_assigned := object.union(
	{id: [entry.role] | some id, entry in input.assignments; entry.role in role.living},
	{id: named |
		some id, entry in input.assignments
		holder := entry.role
		not holder in data.uts.lib.role.living
		named := _accountable[entry.responsibility]
	},
)

_delegated := {id: [named] |
	some id, entry in input.delegations
	named := [each | some each in [entry.delegator, entry.delegate]; each in role.living][0]
}
