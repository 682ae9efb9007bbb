# METADATA
# title: What a role answers for
# description: >-
#   For the roles that `input.question` names, for those that the `people` it names hold, and for those of the `units` it
#   names: who is in the role, its duties with every code, its powers and where they come from, what it has passed on, the
#   training that applies to it, and what ends. What no role is declared for, a placeholder for one, has its state and
#   the duties that name it. `path` is where a fact is written.
package uts.view.mandate

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.delegation
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.training
import data.uts.lib.unit
import data.uts.view.post
import data.uts.view.power

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"roles": roles, "people": people, "units": units} if input.schema == "uts-policy/corpus/1"

# {role mandate}
roles := {id: _mandate(id) | some id in _asked}

# {person {path, state, holdings}}: the roles that each holds now, or will.
people := {id: {"path": ["people", id], "state": post.standing(id), "holdings": _holdings(id)} |
	some id in object.get(input.question, "people", [])
}

# {unit {path, in_force, parts, roles}}: the units directly below and the living roles of the unit itself.
units := {id: {
	"path": ["units", id],
	"in_force": id in unit.in_force,
	"parts": sort(object.get(unit.children, id, set())),
	"roles": [each | some each in object.get(input.links.roles_by_unit, id, []); each in role.living],
} |
	some id in object.get(input.question, "units", [])
}

_asked := ({id | some id in object.get(input.question, "roles", [])} | {holding.role | some _, one in people; some holding in one.holdings}) | {id | some _, one in units; some id in one.roles}

_holdings(id) := [{
	"role": name,
	"kind": holding.kind,
	"from": holding.from,
	"to": holding.to,
	"path": ["roles", name, "holders", i],
} |
	some [name, i] in object.get(input.links.holdings, id, [])
	holding := input.roles[name].holders[i]
	not term.ended(holding)
]

_mandate(id) := object.union(post.described(id), {
	"post": _post(id),
	"duties": _duties[id],
	"powers": _powers(id),
	"passed_on": _passed_on(id),
	"modules": _modules(id),
	"ends": _ends(id),
})

# The fields of a declared role that place it in the organisation.
_post(id) := object.filter(input.roles[id], ["unit", "reports_to", "replaced_by", "abolished_on"]) if {
	input.roles[id]
} else := {}

_codes := ["A", "R", "S", "C", "I"]

_criticalities := ["critical", "high", "normal", "low"]

# {role [duty]}: what an assignment in force gives it, by code and the most critical first.
_duties := {id: duties |
	some id in _asked
	duties := [{
		"code": code,
		"assignment": one,
		"path": ["assignments", one],
		"responsibility": named,
		"statement": duty.statement,
		"criticality": criticality,
		"scope": input.assignments[one].scope,
		"from": input.assignments[one].from,
		"to": input.assignments[one].to,
	} |
		some code in _codes
		ids := object.get(input.links.assignments_by_role, [id, code], [])
		some criticality in _criticalities
		some one in ids
		assignment.current(one)
		named := input.assignments[one].responsibility
		duty := input.responsibilities[named]
		duty.criticality == criticality
	]
}

# {role [[responsibility, authority]]}: what it needs for what it answers for.
_needs := {id: needs |
	some id, duties in _duties
	needs := [[duty.responsibility, each] | some duty in duties; duty.code == "A"; some each in input.responsibilities[duty.responsibility].requires]
}

# What it holds, and what it needs: {authority, title, may_pass, …} as `uts.view.power` gives them.
_powers(id) := [object.union(power.of(id, each), {
	"title": input.authorities[each].title,
	"may_pass": _may_pass(id, each),
	"needed": [duty | some [duty, needed] in _needs[id]; needed == each],
}) |
	post.answers_here(id)
	some each in sort(_held(id) | {needed | some [_, needed] in _needs[id]})
	input.authorities[each]
]

_held(id) := {each | some each, _ in object.get(input.links.grants, id, {})}

# It may pass on its own grants, and what it got with permission: the delegation's word, else the authority's.
_may_pass(id, each) if {
	input.authorities[each].delegable == true
	some grant in object.get(input.links.grants, [id, each], [])
	_passable(each, grant.via)
} else := false

_passable(_, via) if count(via) == 0

_passable(each, via) if {
	last := input.delegations[via[count(via) - 1]]
	object.get(last, "redelegable", input.authorities[each].redelegable) == true
}

# The delegations in force by it.
_passed_on(id) := [{
	"delegation": each,
	"path": ["delegations", each],
	"delegate": entry.delegate,
	"state": post.state(entry.delegate),
	"authorities": entry.authorities,
	"from": entry.from,
	"to": _delegated_until(each),
} |
	some each in sort(object.get(_delegated_by, id, set()))
	entry := input.delegations[each]
]

_delegated_by[id] contains each if {
	some each in delegation.in_force
	id := input.delegations[each].delegator
}

_delegated_to[id] contains each if {
	some each in delegation.in_force
	id := input.delegations[each].delegate
}

# A delegation ends with its dates, and on the eve of the day on which it, or either role, ends.
_delegated_until(each) := term.until(entry, ends) if {
	entry := input.delegations[each]
	ends := {day | day := entry.rescinded_on} | {day |
		some side in ["delegator", "delegate"]
		day := input.roles[entry[side]].abolished_on
		day > input.as_of
	}
}

_modules(id) := [{
	"module": each,
	"path": ["training", each],
	"title": input.training[each].title,
	"mandatory": input.training[each].mandatory,
} |
	some each in sort(object.get(training.modules, id, set()))
]

# What ends, the soonest first: {on, kind, of, path}.
_ends(id) := [{"on": on, "kind": kind, "of": of, "path": path} |
	some [on, kind, of, path] in sort(_endings(id))
	on != term.last_day
]

_endings(id) := ((_own_endings(id) | _duty_endings(id)) | _power_endings(id)) | _abolition(id)

_abolition(id) := {[on, "role", id, ["roles", id, "abolished_on"]] |
	on := input.roles[id].abolished_on
	on > input.as_of
}

_own_endings(id) := {[holding.to, "holding", holding.person, ["roles", id, "holders", i, "to"]] |
	some i in object.get(role.holdings, id, [])
	holding := input.roles[id].holders[i]
} | {[until, "vacancy", id, ["roles", id, "vacancy", "until"]] |
	until := input.roles[id].vacancy.until
	input.as_of <= until
}

_duty_endings(id) := {[duty.to, "assignment", duty.responsibility, duty.path] | some duty in _duties[id]}

_power_endings(id) := ({[held.to, "authority", held.authority, ["roles", id, "authorities", i]] |
	some i, held in object.get(input.roles, [id, "authorities"], [])
	term.current(held)
} | {[_delegated_until(each), "delegation to it", each, ["delegations", each]] |
	some each in object.get(_delegated_to, id, set())
}) | {[_delegated_until(each), "delegation by it", each, ["delegations", each]] |
	some each in object.get(_delegated_by, id, set())
}
