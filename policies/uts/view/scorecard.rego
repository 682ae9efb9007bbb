# METADATA
# title: What a scorecard counts
# description: >-
#   Of each population what is in force, the roles that own it, and which entries of other sections speak for it: an
#   assignment for its responsibility, an action for the vulnerabilities that rest on it.
package uts.view.scorecard

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.person
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.training

answer := {"members": members, "speaks": speaks}

# {population {id [role …]}}
members := {
	"actions": _actions,
	"delegations": _delegations,
	"directives": _directives,
	"incidents": _incidents,
	"people": _people,
	"recommendations": _recommendations,
	"responsibilities": _responsibilities,
	"roles": _roles,
	"trainees": _trainees,
	"training": _training,
	"units": _units,
	"vulnerabilities": _vulnerabilities,
}

# {population {section {id [member …]}}}: beside the members themselves.
speaks := {
	"incidents": {"incident_lines": {id: [line.incident] | some id, line in input.incident_lines}},
	"responsibilities": {
		"assignments": {id: [assigned.responsibility] | some id, assigned in input.assignments},
		"roles": _duties,
		"units": {id: sort(spoken) | some id, spoken in _chaired},
	},
	"trainees": {
		"people": {id: [id] | some id, _ in _trainees},
		"training": {id: sort(_served_by(id)) | some id, _ in input.training},
		"vectors": {id: sort(_exposed_to(id)) | some id, _ in input.vectors},
	},
	"vulnerabilities": {"actions": {id: sort(_resting_on(id)) | some id, _ in input.actions}},
}

_actions := {id: _named(action) | some id, action in input.actions; action.status == "open"}

_delegations := {id: [order.delegator | input.roles[order.delegator]] |
	some id, order in input.delegations
	term.delegation(order)
}

_directives := {id: _named(directive) | some id, directive in input.directives; term.directive(directive)}

_incidents := {id: sort(_commanders(id)) | some id, _ in input.incidents}

_people := {id: sort(_held_by(id)) | some id, _ in input.people; person.serving(id)}

_recommendations := {id: _named(each) | some id, each in input.recommendations; each.status != "closed"}

_responsibilities := {id: sort(_accountable(id)) |
	some id, duty in input.responsibilities
	duty.status == "active"
}

_roles := {id: [id] | some id in data.uts.lib.role.living}

# Who needs training: serves in a living role with an exposure, or in one that a mandatory module applies to.
_trainees := {id: sort(_teachers(id)) | some id, held in _serving; some each in held; _exposed(each)}

_training := {id: _named(module) | some id, module in input.training}

_units := {id: [input.units[id].chair | input.roles[input.units[id].chair]] | some id in data.uts.lib.unit.in_force}

_vulnerabilities := {id: _named(gap) | some id, gap in input.vulnerabilities}

_named(entry) := [entry.owner | input.roles[entry.owner]]

_commanders(incident) := {line.command |
	some id in object.get(input.links.lines, incident, [])
	line := input.incident_lines[id]
	input.roles[line.command]
}

_accountable(duty) := {input.assignments[id].role | some id in assignment.accountable[duty]}

_held_by(person_id) := {held | some held in _serving[person_id]}

# {person {role …}}: living roles that answer here, held now.
_serving := {id: held |
	some id, holdings in input.links.holdings
	held := {each |
		some [each, i] in holdings
		i in role.served[each]
		not role.external(each)
	}
	count(held) > 0
}

_exposed(role_id) if count(input.roles[role_id].exposure) > 0

_exposed(role_id) if {
	some module in training.modules[role_id]
	module in training.mandatory
}

_teachers(person_id) := {input.training[module].owner |
	some held in _serving[person_id]
	some module in training.modules[held]
	input.roles[input.training[module].owner]
}

# {role [responsibility …]}: active ones that it is accountable for.
_duties := {id: sort(_answered_by(id) | object.get(_headed, id, set())) |
	some id in (assignment.accountable_roles | object.keys(_headed))
}

# {role {responsibility …}}: those of the bodies that nobody holds, whose unit it chairs.
_headed := {chair: duties |
	some body, chair in _bodies
	duties := {duty | some other, named in _bodies; named == chair; some duty in _answered_by(other)}
}

# {collective: chair}: accountable, and no person holds it, which is stated.
_bodies := {body: chair |
	some body in assignment.accountable_roles
	chair := role.chair(body)
	count(role.persons(body)) == 0
	not body in _silent
}

_silent := {id | some id in input.not_stated.holders}

# {unit {responsibility …}}: those of its bodies that have no chair of their own.
_chaired := {home: spoken |
	some body, _ in _bodies
	home := input.roles[body].unit
	spoken := {duty |
		some other, _ in _bodies
		input.roles[other].unit == home
		not input.roles[other].chair
		some duty in _answered_by(other)
	}
}

_answered_by(role_id) := {input.assignments[id].responsibility |
	some id in object.get(input.links.assignments_by_role, [role_id, "A"], [])
	assignment.stands(id)
}

_served_by(module) := {id | some id, held in _serving; some each in held; module in training.modules[each]}

_exposed_to(vector) := {id | some id, held in _serving; some each in held; vector in input.roles[each].exposure}

_resting_on(action) := {id | some id, gap in input.vulnerabilities; action in gap.actions}
