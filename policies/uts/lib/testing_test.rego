# METADATA
# title: Corpora for tests
# description: >-
#   Builds a small corpus as the host would: `testing.corpus({"roles": {…}, …})`. Defaults, paths, days and the plain
#   links are filled in; what a test gives wins. `links` that need closures (grants, cycles, nearest …) are given by the
#   test where the rule reads them. The as-of date is 2026-06-15 unless the test says otherwise, and
#   everything is stated but what it names in `not_stated`.
package uts.lib.testing

import rego.v1

sections := {
	"units", "people", "roles", "authorities", "delegations", "responsibilities", "assignments", "directives",
	"obligations", "vectors", "training", "training_records", "incidents", "incident_lines", "assessments",
	"vulnerabilities", "actions", "recommendations", "moved", "waivers",
}

placeholders := [
	"tbd", "tba", "n/a", "none", "various", "vacant", "leaderless", "appointment needed", "unassigned", "?",
]

facts := {
	"holders", "responsible", "informed", "successors", "reports_to", "grants", "escalation", "records", "acknowledged",
}

corpus(given) := filled if {
	entries := {section: {id: _entry(section, id, entry) | some id, entry in object.get(given, section, {})} |
		some section in sections
	}
	pathed := object.union(entries, {"units": {id: object.union({"path": _path(entries.units, id)}, entry) |
		some id, entry in entries.units
	}})
	scoped := object.union(pathed, {"assignments": {id: object.union(_default_scope(pathed, entry), entry) |
		some id, entry in pathed.assignments
	}})
	base := object.union(scoped, {
		"schema": "uts-policy/corpus/1",
		"as_of": object.get(given, "as_of", "2026-06-15"),
		"placeholders": object.get(given, "placeholders", placeholders),
		"rules": object.get(given, "rules", {}),
		"not_stated": object.union({fact: [] | some fact in facts}, object.get(given, "not_stated", {})),
	})
	filled := object.union(base, {
		"days": _days(base),
		"links": object.union(object.union(_links(base), {"own_scope": [id | some id, entry in entries.assignments; entry.scope]}), object.get(given, "links", {})),
	})
}

# The same corpus with one rule selected, its parameters given.
corpus_for(rule, parameters, given) := corpus(object.union(
	given,
	{"rules": {rule: {"level": "error", "parameters": parameters}}},
))

_open := {"from": "0001-01-01", "to": "9999-12-31"}

_defaults := {
	"units": {"status": "active", "stakeholders": []},
	"people": {"status": "active"},
	"roles": {
		"status": "active", "key": false, "collective": false, "everyone": false, "external": false, "seats": 1, "exposure": [],
		"authorities": [], "holders": [], "successors": [], "incompatible_with": [],
	},
	"authorities": {"delegable": true, "redelegable": false},
	"delegations": object.union(_open, {"authorities": [], "scope": {}}),
	"responsibilities": {
		"scope": {}, "criticality": "normal", "status": "active", "requires": [], "criteria": [], "reviews": [],
	},
	"assignments": object.union(_open, {"overrides": false}),
	"directives": object.union(
		_open,
		{"scope": {}, "status": "in-force", "supersedes": [], "cites": [], "assigns": []},
	),
	"obligations": {"responsibilities": []},
	"training": {"mandatory": false, "audience": {"everyone": false, "roles": [], "exposure": []}},
	"incident_lines": {"scope": {}, "notify": []},
	"vulnerabilities": {"vectors": [], "actions": []},
	"actions": {"status": "open", "requires": []},
	"recommendations": {"status": "unresolved"},
}

_entry(section, id, entry) := object.union(
	object.union({"id": id}, object.get(_defaults, section, {})),
	object.union(entry, _nested(section, entry)),
)

_nested("roles", role) := object.union(
	{"holders": [
	object.union(object.union(_open, {"kind": "permanent", "share": 1000000000}), holder) |
		some holder in object.get(role, "holders", [])
	]},
	{"authorities": [
	object.union(object.union(_open, {"scope": {}}), grant) |
		some grant in object.get(role, "authorities", [])
	]},
)

_nested(section, _) := {} if section != "roles"

_default_scope(entries, entry) := {"scope": object.get(entries.responsibilities, [entry.responsibility, "scope"], {})}

# Enough levels for tests: up to four ancestors.
_path(units, id) := [step |
	some step in [
		_up(units, _up(units, _up(units, _up(units, id)))),
		_up(units, _up(units, _up(units, id))),
		_up(units, _up(units, id)),
		_up(units, id),
		id,
	]
	step != ""
]

_up(units, id) := parent if {
	parent := units[id].parent
	units[parent]
} else := ""

_links(base) := {
	"assignments": {duty: _by_code(base, "responsibility", duty) |
		duty := base.assignments[_].responsibility
	},
	"assignments_by_role": {role: _by_code(base, "role", role) |
		role := base.assignments[_].role
	},
	"holdings": {person: [[role, i] | some role, entry in base.roles; some i, holder in entry.holders; holder.person == person] |
		person := base.roles[_].holders[_].person
	},
	"records": {person: {module: _records(base, person, module) |
		some record in base.training_records
		record.person == person
		module := record.module
	} |
		person := base.training_records[_].person
	},
	"children": {parent: [id | some id, unit in base.units; unit.parent == parent] | some parent, _ in base.units},
	"root_units": [id | some id, unit in base.units; not unit.parent],
	"roles_by_unit": {unit: [id | some id, role in base.roles; role.unit == unit] |
		unit := base.roles[_].unit
	},
	"reports": {superior: [id | some id, role in base.roles; role.reports_to == superior] | some superior, _ in base.roles},
	"top_roles": [id | some id, role in base.roles; not role.reports_to],
	"cycles": {
		"units": [], "reports": [], "supersedes": [], "cites": [], "escalation": [], "successors": [],
		"support": [],
	},
	"grants": {},
	"grants_over_bad_scopes": {},
	"on_paper": {},
	"delegations_to": {role: {authority: _delegations(base, role, authority) |
		some delegation in base.delegations
		delegation.delegate == role
		some authority in delegation.authorities
	} |
		role := base.delegations[_].delegate
	},
	"exposed": {vector: [id | some id, role in base.roles; vector in role.exposure] |
		vector := base.roles[_].exposure[_]
	},
	"directives_by_topic": {topic: [id | some id, directive in base.directives; directive.topic == topic] |
		topic := base.directives[_].topic
	},
	"assigns": {duty: [[id, i] | some id, directive in base.directives; some i, stated in directive.assigns; stated.responsibility == duty] |
		duty := base.directives[_].assigns[_].responsibility
	},
	"superseded_by": {old: [id | some id, directive in base.directives; old in directive.supersedes] |
		old := base.directives[_].supersedes[_]
	},
	"obligations": {directive: [id | some id, obligation in base.obligations; obligation.directive == directive] |
		directive := base.obligations[_].directive
	},
	"same_statement": [],
	"lines": {incident: [id | some id, line in base.incident_lines; line.incident == incident] |
		incident := base.incident_lines[_].incident
	},
	"escalated_from": {above: [id | some id, line in base.incident_lines; line.escalate_to == above] |
		above := base.incident_lines[_].escalate_to
	},
	"written_together": {},
	"excused": {id: [waiver.subject] | some id, waiver in base.waivers},
	"first_names": {},
	"former_names": {},
	"waived": {},
	"called": {},
	"nearest": {},
}

_by_code(base, field, value) := {code: [id |
	some id, entry in base.assignments
	entry[field] == value
	entry.code == code
] |
	some other in base.assignments
	other[field] == value
	code := other.code
}

_delegations(base, role, authority) := [id |
	some id, delegation in base.delegations
	delegation.delegate == role
	authority in delegation.authorities
]

_records(base, person, module) := [pair[1] |
	some pair in sort([[record.completed_on, id] |
		some id, record in base.training_records
		record.person == person
		record.module == module
	])
]

# Day numbers of every full date anywhere in the corpus; the 1st of January of the year 1 is day 1.
_days(base) := {text: number(text) |
	walk(base, [_, text])
	is_string(text)
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, text)
}

number(date) := (((365 * year) + leaps) + days_before[month - 1]) + (leap + day) if {
	[years, months, days] := split(date, "-")
	year := to_number(trim_left(years, "0")) - 1
	month := to_number(trim_left(months, "0"))
	day := to_number(trim_left(days, "0"))
	leaps := (_whole(year, 4) - _whole(year, 100)) + _whole(year, 400)
	leap := _leap_day(year + 1, month)
}

days_before := [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

_whole(value, by) := (value - (value % by)) / by

_leap_day(year, month) := 1 if {
	month > 2
	year % 4 == 0
	_common_century(year) == false
} else := 0

_common_century(year) if {
	year % 100 == 0
	year % 400 != 0
} else := false

test_days_are_counted_from_the_first_of_january_of_year_one if {
	[number(date) | some date in ["0001-01-01", "2000-02-29", "2000-03-01", "2026-06-15", "1900-03-01", "9999-12-31"]] == [1, 730179, 730180, 739782, 693655, 3652059]
}
