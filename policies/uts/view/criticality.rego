# METADATA
# title: Criticality of the duty concerned
# description: >-
#   For every entry the criticality of the most critical active responsibility that it concerns: what to repair first.
#   An assignment, and an obligation, concern the responsibilities that they name; a role those that it answers for or
#   does; a person, a unit and an incident line those of its roles; an authority and a delegation those that require it;
#   a directive those of its obligations and of what it assigns; a waiver those of its subject. An entry that concerns no
#   responsibility is left out.
package uts.view.criticality

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.fields
import data.uts.lib.term

# {section {id criticality}}. NOTE: undefined, not empty, where the input is no corpus.
answer := object.union(_concerned, {"waivers": _waivers}) if input.schema == "uts-policy/corpus/1"

_order := ["critical", "high", "normal", "low"]

_concerned := {section: object.get(_by_section, section, {}) | some section in fields.sections}

_by_section := {
	"responsibilities": _responsibilities,
	"assignments": _assignments,
	"roles": _roles,
	"people": _people,
	"units": _units,
	"incident_lines": _lines,
	"authorities": _authorities,
	"delegations": _delegations,
	"obligations": _obligations,
	"directives": _directives,
}

# The most critical of a set; undefined where it is empty.
_most(found) := [each | some each in _order; each in found][0]

_active := {id: duty.criticality |
	some id, duty in input.responsibilities
	duty.status == "active"
}

_responsibilities := {id: duty.criticality | some id, duty in input.responsibilities}

_assignments := {id: criticality |
	some id, entry in input.assignments
	criticality := _active[entry.responsibility]
}

_roles := {id: _most(found) |
	some id, codes in input.links.assignments_by_role
	input.roles[id]
	found := {criticality |
		some code in ["A", "R"]
		some held in codes[code]
		assignment.current(held)
		criticality := _assignments[held]
	}
	count(found) > 0
}

_people := {id: _most(found) |
	some id, holdings in input.links.holdings
	input.people[id]
	found := {criticality |
		some [name, i] in holdings
		term.current(input.roles[name].holders[i])
		criticality := _roles[name]
	}
	count(found) > 0
}

_units := {id: _most(found) |
	some id, roles in input.links.roles_by_unit
	input.units[id]
	found := {criticality | some role in roles; criticality := _roles[role]}
	count(found) > 0
}

_lines := {id: _most(found) |
	some id, line in input.incident_lines
	found := {criticality | some field in ["declare", "command"]; criticality := _roles[line[field]]}
	count(found) > 0
}

_required[authority] contains criticality if {
	some id, criticality in _active
	some authority in input.responsibilities[id].requires
}

_authorities := {id: _most(found) |
	some id, _ in input.authorities
	found := _required[id]
}

_delegations := {id: _most(found) |
	some id, entry in input.delegations
	found := {criticality | some authority in entry.authorities; criticality := _authorities[authority]}
	count(found) > 0
}

_obligations := {id: _most(found) |
	some id, entry in input.obligations
	found := {criticality | some duty in entry.responsibilities; criticality := _active[duty]}
	count(found) > 0
}

_directives := {id: _most(found) |
	some id, entry in input.directives
	found := {criticality | some held in input.links.obligations[id]; criticality := _obligations[held]} | {criticality |
		some each in entry.assigns
		criticality := _active[each.responsibility]
	}
	count(found) > 0
}

# NOTE: of a subject that is a pattern nothing is said: it may match anything.
_waivers := {id: criticality |
	some id, entry in input.waivers
	[section, name] := _parted(entry.subject)
	criticality := _concerned[section][name]
}

_parted(subject) := [substring(subject, 0, at), substring(subject, at + 1, -1)] if {
	at := indexof(subject, "/")
	at > 0
}
