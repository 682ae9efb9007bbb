# METADATA
# title: The organisation as it stands
# description: >-
#   Units in force, living roles with who they report to, and the lines of escalation; what is drawn. A parent or a
#   superior that is not in force is left out.
package uts.view.structure

import rego.v1

import data.uts.lib.unit
import data.uts.view.post

# NOTE: undefined, not empty, where the input is no corpus.
answer := {"units": units, "roles": roles, "lines": lines} if input.schema == "uts-policy/corpus/1"

units := {id: object.union({"name": entry.name}, object.filter(entry, _kept("parent", entry))) |
	some id, entry in input.units
	id in unit.in_force
}

roles := {id: object.union(
	{"title": entry.title, "unit": entry.unit, "vacant": _vacant(id)},
	object.filter(entry, _kept("reports_to", entry)),
) |
	some id, entry in input.roles
	id in data.uts.lib.role.living
}

lines := {id: object.union(
	{"title": object.get(entry, "title", id)},
	object.filter(entry, {"command"} | _kept("escalate_to", entry)),
) |
	some id, entry in input.incident_lines
}

# The field, where it names what is drawn too.
_kept("parent", entry) := {"parent" | entry.parent in data.uts.lib.unit.in_force} if entry

_kept("reports_to", entry) := {"reports_to" | entry.reports_to in data.uts.lib.role.living} if entry

_kept("escalate_to", entry) := {"escalate_to" | input.incident_lines[entry.escalate_to]} if entry

_vacant(id) if {
	post.absence(id)
} else := false
