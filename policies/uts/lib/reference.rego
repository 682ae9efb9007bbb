# METADATA
# title: References that do not hold
# description: >-
#   Every reference of an entry that has not ended to something that is not declared, or not in force any more. One walk
#   over the corpus for the two rules that ask which of the two it is.
package uts.lib.reference

import rego.v1

import data.uts.lib.fields
import data.uts.lib.placeholder
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text
import data.uts.lib.unit

# {"entry": [section, id], "place": the rest of the path, "target": section referred to, "value": the id written}.
# NOTE: what hardly ever holds is asked first, of a hundred thousand references; all else only of the few that are weak.
weak contains {"entry": [section, id], "place": [field], "target": target, "value": value} if {
	some [section, field, target] in fields.single
	valid := _valid[target]
	some id, entry in input[section]
	value := entry[field]
	not value in valid
	_speaks(section, id, entry)
	not _excused(section, field, value)
}

weak contains {"entry": [section, id], "place": [field, i], "target": target, "value": value} if {
	some [section, field, target] in fields.lists
	valid := _valid[target]
	some id, entry in input[section]
	some i, value in entry[field]
	not value in valid
	_speaks(section, id, entry)
}

weak contains {"entry": [section, id], "place": [field, i, part], "target": target, "value": value} if {
	some [section, field, part, target] in fields.records
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
	some [section, field, part, target] in fields.inner_lists
	section != "assignments"
	valid := _valid[target]
	some id, entry in input[section]
	some i, value in entry[field][part]
	not value in valid
	_speaks(section, id, entry)
}

# NOTE: an assignment without a scope of its own has its duty's, of which the duty is told.
weak contains {"entry": ["assignments", id], "place": [field, part, i], "target": target, "value": value} if {
	some ["assignments", field, part, target] in fields.inner_lists
	valid := _valid[target]
	some id in input.links.own_scope
	entry := input.assignments[id]
	some i, value in entry[field][part]
	not value in valid
	_speaks("assignments", id, entry)
}

weak contains {"entry": [section, id], "place": place, "target": target, "value": value} if {
	some [section, field, part, inner, target] in fields.record_lists
	valid := _valid[target]
	some id, entry in input[section]
	some i, record in entry[field]
	some j, value in record[part][inner]
	not value in valid
	_speaks(section, id, entry)
	not term.ended(record)
	place := [field, i, part, inner, j]
}

weak contains {"entry": [section, id], "place": [field, part], "target": target, "value": value} if {
	some [section, field, part, target] in fields.inner
	valid := _valid[target]
	some id, entry in input[section]
	value := entry[field][part]
	not value in valid
	_speaks(section, id, entry)
}

weak contains {"entry": [section, id], "place": [field, i], "target": target, "value": value} if {
	some [section, field, targets] in fields.either
	some id, entry in input[section]
	some i, value in entry[field]
	every each in targets {
		not value in _valid[each]
	}
	_speaks(section, id, entry)
	target := _stakeholder(value)
}

# NOTE: a stakeholder is a role or a unit; what is declared as neither is looked for among the roles, unless only a unit
# was, or is, called so, or has an id like it.
_stakeholder(value) := "roles" if {
	input.roles[value]
} else := "units" if {
	input.units[value]
} else := target if {
	some target in ["roles", "units"]
	sections := _meant(value)
	target in sections
	count(sections) == 1
} else := "roles"

# The sections of those two in which something was called so, is called so, or has an id like it: the first that is known.
_meant(value) := sections if {
	sections := {section | some section in ["roles", "units"]; input.links.former_names[section][value]}
	count(sections) > 0
} else := sections if {
	sections := {section | some [section, _] in input.links.called[value]}
	count(sections) > 0
} else := {section | some section in ["roles", "units"]; input.links.nearest[section][value]}

# What a reference that names nothing may mean, as the end of a message: what is called that now; whose title or name it
# is; where a role should be, a person or a unit; else the nearest id.
advice(weak) := sprintf(": it is called %s now", [text.quoted(now)]) if {
	now := input.links.former_names[weak.target][weak.value]
} else := sprintf("; did you mean %s?", [concat(" or ", sort([text.quoted(id) | some id in meant]))]) if {
	targets := _targets(weak)
	meant := {id | some [section, id] in input.links.called[weak.value]; section in targets}
	count(meant) > 0
} else := sprintf(": it is the person %s, and persons answer through the roles that they hold", [text.listed(meant)]) if {
	meant := _instead(weak, "people")
	count(meant) > 0
} else := sprintf(": it is the unit %s, and units answer through the roles in them", [text.listed(meant)]) if {
	meant := _instead(weak, "units")
	count(meant) > 0
} else := sprintf("; did you mean %s?", [text.quoted(near)]) if {
	near := input.links.nearest[weak.target][weak.value]
} else := ""

# The sections whose entries may stand there.
_targets(weak) := {target | some target in targets} if {
	some [section, field, targets] in data.uts.lib.fields.either
	weak.entry[0] == section
	weak.place[0] == field
} else := {weak.target}

_instead(weak, section) := {id |
	weak.target == "roles"
	some [other, id] in input.links.called[weak.value]
	other == section
}

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
	entry.status in {"draft", "in-force", "under-review"}
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
	field in data.uts.lib.fields.owners[section]
	placeholder.role(value)
}

_excused(section, field, value) if {
	some way in data.uts.lib.fields.owner_people[section]
	way[count(way) - 1] == field
	placeholder.person(value)
}

_excused("incident_lines", "incident", _) if count(input.incidents) == 0

# What tells two findings on one entry apart: the place, without its indexes, and the id written there.
key(reference) := concat("/", array.concat(
	[step | some step in reference.place; is_string(step)],
	[reference.value],
))
