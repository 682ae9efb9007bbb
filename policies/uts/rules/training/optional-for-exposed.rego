# METADATA
# title: Advanced training that nobody exposed has to take
# description: >-
#   An advanced module applies to a living role that is exposed to a vector, and is not mandatory.
# custom:
#   level: warning
#   profile: standard
#   subjects: [training]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "offers advanced training on a voluntary basis but lacks the resources to provide those trainings to all
#         employees that need them"
#   effect: Those who need it most may never take it.
#   remediation: Set `mandatory` to true, or narrow the `audience` to roles without an exposure.
#   waive: While there are too few places to make the module mandatory.
package uts.rules.training["optional-for-exposed"]

import rego.v1

import data.uts.lib.text
import data.uts.lib.training

findings contains {"path": ["training", id], "message": message, "related": related} if {
	some id, module in input.training
	module.level == "advanced"
	not id in training.mandatory
	roles := _exposed[id]
	message := sprintf("%s is advanced, applies to %s with an exposure, and is not mandatory", [
		text.named("training", id),
		text.counted(count(roles), "role", "roles"),
	])
	related := [{"path": ["roles", role, "exposure"], "message": "exposed"} | some role in array.slice(sort(roles), 0, 10)]
}

# {module {role …}}: the roles with an exposure that it applies to.
_exposed := {module: roles |
	some module in _optional
	roles := {role |
		some role, applying in training.modules
		count(input.roles[role].exposure) > 0
		module in applying
	}
	count(roles) > 0
}

_optional := {id | some id, module in input.training; module.level == "advanced"; not id in training.mandatory}
