# METADATA
# title: Essential post with few successors
# description: >-
#   A post that is essential, or answers for something critical, names somebody who takes over, and fewer than wanted.
# custom:
#   level: note
#   profile: strict
#   subjects: [roles]
#   needs: [successors]
#   parameters:
#     depth:
#       type: integer
#       unit: successors
#       stricter: higher
#       default: 3
#       minimum: 1
#       description: How many successors are wanted.
#   criteria:
#     - source: Federal Continuity Directive 1, annex E
#       text: >-
#         "at least three positions deep and geographically dispersed where feasible"
#   effect: One event that reaches two people leaves nobody who decides.
#   remediation: Add successors, where possible from elsewhere.
#   waive: For small units that have no third person. The waiver then says which office would step in.
package uts.rules.continuity["shallow-succession"]

import rego.v1

import data.uts.lib.continuity
import data.uts.lib.text

findings contains {"path": ["roles", id, "successors"], "message": message} if {
	some id in continuity.posts
	named := count(input.roles[id].successors)
	named > 0
	wanted := input.rules["continuity/shallow-succession"].parameters.depth
	named < wanted
	message := sprintf("%s names %s of %v wanted", [
		text.named("roles", id),
		text.counted(named, "successor", "successors"),
		wanted,
	])
}

judged contains ["roles", id] if some id in (continuity.posts - continuity.unstated)

not_judged := continuity.not_judged
