# METADATA
# title: Vector without advanced training
# description: >-
#   A living role is exposed to the vector, and no advanced module covers it: by its audience's exposure, or because it is
#   for everyone. Whether the module is mandatory is another rule's question.
# custom:
#   level: warning
#   profile: standard
#   subjects: [vectors]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "employees in specific job roles needed more advanced training beyond the basic awareness"
#   effect: Those who are exposed have nowhere to learn what to do about it.
#   remediation: Add the vector to the audience of an advanced module, or write one.
#   waive: While the module is being made. Say in the reason what those exposed are told until then.
package uts.rules.training["no-module"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.text
import data.uts.lib.training

findings contains {"path": ["vectors", vector], "message": message, "related": related} if {
	some vector, ids in input.links.exposed
	input.vectors[vector]
	not _for_everyone
	not _covered(vector)
	roles := {id | some id in ids; id in role.living; not role.external(id)}
	count(roles) > 0
	message := sprintf("no advanced module covers %s, to which %s exposed", [
		text.named("vectors", vector),
		text.counted(count(roles), "role is", "roles are"),
	])
	related := [{"path": ["roles", id, "exposure"], "message": "exposed"} | some id in array.slice(sort(roles), 0, 10)]
}

_for_everyone if {
	some module in training.for_everyone
	input.training[module].level == "advanced"
}

_covered(vector) if {
	some module in input.links.modules.vector[vector]
	input.training[module].level == "advanced"
}
