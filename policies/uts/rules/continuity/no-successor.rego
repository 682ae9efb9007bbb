# METADATA
# title: Essential post without a successor
# description: >-
#   A post that is essential, or answers for something critical, and has fewer than two permanent holders, names nobody
#   who takes over.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles]
#   needs: [successors]
#   parameters: {}
#   criteria:
#     - source: Federal Continuity Directive 1, annex E
#       text: >-
#         "Orders of succession are an essential part of an agency's continuity plans"
#   effect: When the holder is away or gone, nobody knows who decides.
#   remediation: List under `successors` who takes over, in order.
#   waive: For a post that will be abolished when its holder leaves.
package uts.rules.continuity["no-successor"]

import rego.v1

import data.uts.lib.continuity
import data.uts.lib.text

findings contains {"path": ["roles", id], "message": message} if {
	some id in continuity.posts
	count(input.roles[id].successors) == 0
	not id in continuity.unstated
	message := sprintf("%s names no successor", [text.named("roles", id)])
}

judged contains ["roles", id] if some id in (continuity.posts - continuity.unstated)

not_judged := continuity.not_judged
