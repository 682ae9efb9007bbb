# METADATA
# title: References that do not hold
# description: >-
#   Every reference of an entry that has not ended to something that is not declared, or not in force any more. One walk
#   over the corpus for the two rules that ask which of the two it is.
package uts.lib.reference

import rego.v1

import data.uts.lib.placeholder
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.unit

# {"entry": [section, id], "place": the rest of the path, "target": section referred to, "value": the id written}.
# NOTE: what hardly ever holds is asked first, of a hundred thousand references; all else only of the few that are weak.
weak contains {"entry": [section, id], "place": [field], "target": target, "value": value} if {
	some [section, field, target] in _fields
	valid := _valid[target]
	some id, entry in input[section]
	value := entry[field]
	not value in valid
	_speaks(section, id, entry)
	not _excused(section, field, value)
}

weak contains {"entry": [section, id], "place": [field, i], "target": target, "value": value} if {
	some [section, field, target] in _lists
	valid := _valid[target]
	some id, entry in input[section]
	some i, value in entry[field]
	not value in valid
	_speaks(section, id, entry)
}

weak contains {"entry": [section, id], "place": [field, i, part], "target": target, "value": value} if {
	some [section, field, part, target] in _records
	valid := _valid[target]
	some id, entry in input[section]
	some i, record in entry[field]
	value := record[part]
	not value in valid
	_speaks(section, id, entry)
	not term.ended(record)
	not _excused(section, part, value)
}

weak contains {"entry": [section, id], "place": [field, part, i], "target": target, "value": value} if {
	some [section, field, part, target] in _inner_lists
	valid := _valid[target]
	some id, entry in input[section]
	some i, value in entry[field][part]
	not value in valid
	_speaks(section, id, entry)
}

weak contains {"entry": ["assignments", id], "place": ["scope", part, i], "target": part, "value": value} if {
	some part in ["units", "vectors"]
	valid := _valid[part]
	some id in input.links.own_scope
	entry := input.assignments[id]
	some i, value in entry.scope[part]
	not value in valid
	_speaks("assignments", id, entry)
}

weak contains {"entry": ["roles", id], "place": place, "target": part, "value": value} if {
	some id, entry in input.roles
	some i, grant in entry.authorities
	some part, values in grant.scope
	some j, value in values
	not value in _valid[part]
	_speaks("roles", id, entry)
	not term.ended(grant)
	place := ["authorities", i, "scope", part, j]
}

weak contains {"entry": ["responsibilities", id], "place": place, "target": "roles", "value": value} if {
	some id, entry in input.responsibilities
	value := entry.joint_accountability.approved_by
	not value in role.living
	_speaks("responsibilities", id, entry)
	place := ["joint_accountability", "approved_by"]
}

weak contains {"entry": ["units", id], "place": ["stakeholders", i], "target": target, "value": value} if {
	some id, entry in input.units
	some i, value in entry.stakeholders
	not value in role.living
	not value in unit.in_force
	_speaks("units", id, entry)
	target := _stakeholder(value)
}

# NOTE: a stakeholder is a role or a unit; what is declared as neither is looked for among the roles, unless only a unit
# has an id like it.
_stakeholder(value) := "roles" if {
	input.roles[value]
} else := "units" if {
	input.units[value]
} else := "units" if {
	input.links.nearest.units[value]
	not input.links.nearest.roles[value]
} else := "roles"

# A section's entries that refer to others: field, and the section that it refers to.
_fields := [
	["units", "parent", "units"],
	["units", "chair", "roles"],
	["roles", "unit", "units"],
	["roles", "reports_to", "roles"],
	["delegations", "delegator", "roles"],
	["delegations", "delegate", "roles"],
	["assignments", "responsibility", "responsibilities"],
	["assignments", "role", "roles"],
	["directives", "owner", "roles"],
	["obligations", "directive", "directives"],
	["training", "owner", "roles"],
	["training_records", "person", "people"],
	["training_records", "module", "training"],
	["incident_lines", "incident", "incidents"],
	["incident_lines", "declare", "roles"],
	["incident_lines", "command", "roles"],
	["incident_lines", "escalate_to", "incident_lines"],
	["vulnerabilities", "assessment", "assessments"],
	["vulnerabilities", "owner", "roles"],
	["actions", "owner", "roles"],
	["recommendations", "owner", "roles"],
]

_lists := [
	["roles", "exposure", "vectors"],
	["roles", "successors", "roles"],
	["roles", "incompatible_with", "roles"],
	["delegations", "authorities", "authorities"],
	["responsibilities", "requires", "authorities"],
	["responsibilities", "reviews", "responsibilities"],
	["directives", "supersedes", "directives"],
	["directives", "cites", "directives"],
	["obligations", "responsibilities", "responsibilities"],
	["incident_lines", "notify", "roles"],
	["vulnerabilities", "vectors", "vectors"],
	["vulnerabilities", "actions", "actions"],
	["actions", "requires", "authorities"],
]

_records := [
	["roles", "holders", "person", "people"],
	["roles", "authorities", "authority", "authorities"],
	["directives", "assigns", "responsibility", "responsibilities"],
	["directives", "assigns", "role", "roles"],
]

_inner_lists := [
	["roles", "eligibility", "roles", "roles"],
	["roles", "eligibility", "training", "training"],
	["training", "audience", "roles", "roles"],
	["training", "audience", "exposure", "vectors"],
	["delegations", "scope", "units", "units"],
	["delegations", "scope", "vectors", "vectors"],
	["responsibilities", "scope", "units", "units"],
	["responsibilities", "scope", "vectors", "vectors"],
	["directives", "scope", "units", "units"],
	["directives", "scope", "vectors", "vectors"],
	["incident_lines", "scope", "units", "units"],
	["incident_lines", "scope", "vectors", "vectors"],
]

# What can be referred to.
_valid := {
	"units": unit.in_force,
	"roles": role.living,
	"responsibilities": {id | some id, duty in input.responsibilities; duty.status == "active"},
	"people": object.keys(input.people),
	"authorities": object.keys(input.authorities),
	"directives": object.keys(input.directives),
	"vectors": object.keys(input.vectors),
	"training": object.keys(input.training),
	"incidents": object.keys(input.incidents),
	"incident_lines": object.keys(input.incident_lines),
	"assessments": object.keys(input.assessments),
	"actions": object.keys(input.actions),
}

# Whose references are looked at: what has not ended, to come included.
_speaks("units", id, _) if id in data.uts.lib.unit.in_force

_speaks("roles", id, _) if id in data.uts.lib.role.living

_speaks("delegations", _, entry) if {
	not term.ended(entry)
	not term.rescinded(entry)
}

_speaks("responsibilities", _, entry) if entry.status == "active"

_speaks("assignments", id, entry) if {
	not term.ended(entry)
	duty := entry.responsibility
	not input.responsibilities[duty].status == "retired"
	_leading(id)
}

_speaks("directives", _, entry) if {
	entry.status in {"draft", "in-force"}
	not term.ended(entry)
}

_speaks("actions", _, entry) if entry.status == "open"

_speaks("recommendations", _, entry) if entry.status != "closed"

_speaks(section, _, _) if {
	section in {"obligations", "training", "training_records", "incident_lines", "vulnerabilities"}
}

# NOTE: the codes of one list share one written place, and one set of references.
_leading(id) if not input.links.written_together[id]

_leading(id) if input.links.written_together[id][0] == id

# A placeholder in an owner's place is told by ownership/placeholder-owner; types of incident are free where none is declared.
_excused(section, field, value) if {
	[section, field] in _owners
	placeholder.role(value)
}

_excused("roles", "person", value) if placeholder.person(value)

_excused("incident_lines", "incident", _) if count(input.incidents) == 0

_owners := {
	["units", "chair"],
	["assignments", "role"],
	["directives", "owner"],
	["training", "owner"],
	["vulnerabilities", "owner"],
	["actions", "owner"],
	["recommendations", "owner"],
	["incident_lines", "declare"],
	["incident_lines", "command"],
}

# What tells two findings on one entry apart: the place, without its indexes, and the id written there.
key(reference) := concat("/", array.concat(
	[step | some step in reference.place; is_string(step)],
	[reference.value],
))
