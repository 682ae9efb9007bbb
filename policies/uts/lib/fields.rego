# METADATA
# title: Fields
# description: >-
#   What the schema of the declarations says of fields: which name entries, which are an owner's place, which hold text.
#   Generated from it by `make generate`. Do not edit.
package uts.lib.fields

import rego.v1

# Every section.
sections := [
	"units",
	"people",
	"roles",
	"authorities",
	"delegations",
	"responsibilities",
	"assignments",
	"directives",
	"obligations",
	"vectors",
	"training",
	"training_records",
	"incidents",
	"incident_lines",
	"assessments",
	"vulnerabilities",
	"actions",
	"recommendations",
	"waivers",
]

# What people call an entry, by section.
labels := {
	"units": "name",
	"people": "name",
	"roles": "title",
	"authorities": "title",
	"delegations": "title",
	"responsibilities": "statement",
	"assignments": "title",
	"directives": "title",
	"obligations": "text",
	"vectors": "title",
	"training": "title",
	"training_records": "title",
	"incidents": "title",
	"incident_lines": "title",
	"assessments": "title",
	"vulnerabilities": "title",
	"actions": "title",
	"recommendations": "text",
	"waivers": "title",
}

# A field that names one entry: section, field, section of the entry.
single := [
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
	["waivers", "approved_by", "roles"],
]

# A list of such ids.
lists := [
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

# A field of mappings in a list.
records := [
	["roles", "authorities", "authority", "authorities"],
	["roles", "holders", "person", "people"],
	["directives", "assigns", "responsibility", "responsibilities"],
	["directives", "assigns", "role", "roles"],
]

# A list in such a mapping's own mapping.
record_lists := [
	["roles", "authorities", "scope", "units", "units"],
	["roles", "authorities", "scope", "vectors", "vectors"],
]

# A field of a mapping.
inner := [
	["responsibilities", "joint_accountability", "approved_by", "roles"],
]

# A list in a mapping.
inner_lists := [
	["roles", "eligibility", "roles", "roles"],
	["roles", "eligibility", "training", "training"],
	["delegations", "scope", "units", "units"],
	["delegations", "scope", "vectors", "vectors"],
	["responsibilities", "scope", "units", "units"],
	["responsibilities", "scope", "vectors", "vectors"],
	["assignments", "scope", "units", "units"],
	["assignments", "scope", "vectors", "vectors"],
	["directives", "scope", "units", "units"],
	["directives", "scope", "vectors", "vectors"],
	["training", "audience", "roles", "roles"],
	["training", "audience", "exposure", "vectors"],
	["incident_lines", "scope", "units", "units"],
	["incident_lines", "scope", "vectors", "vectors"],
]

# A list of ids of any of several sections.
either := [
	["units", "stakeholders", ["roles", "units"]],
]

# Where a role answers, by section.
owners := {
	"units": ["chair"],
	"assignments": ["role"],
	"directives": ["owner"],
	"training": ["owner"],
	"incident_lines": ["declare", "command"],
	"vulnerabilities": ["owner"],
	"actions": ["owner"],
	"recommendations": ["owner"],
}

# Where a person stands for a role, by section.
owner_people := {
	"roles": [["holders", "person"]],
}

# Fields of entries that hold a text.
texts := {
	"cadence",
	"description",
	"kind",
	"limits",
	"name",
	"not_applicable",
	"reason",
	"ref",
	"severity",
	"statement",
	"text",
	"title",
	"topic",
}

# Fields that hold texts further down, or a text, or a list of texts.
nested_texts := {
	"authorities",
	"criteria",
	"evidence",
	"instrument",
	"joint_accountability",
	"number",
	"report",
	"source",
	"tags",
	"vacancy",
}

# Of both, those that every entry may have.
common_texts := {
	"description",
	"source",
	"tags",
}

# Keys of what such fields hold, beneath which a text stands.
inner_texts := {
	"reason",
	"ref",
	"title",
	"url",
}
