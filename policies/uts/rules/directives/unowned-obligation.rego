# METADATA
# title: Obligation that nobody here answers for
# description: >-
#   A directive in force says that somebody shall do something, and no responsibility stands for it, or only retired ones,
#   and no reason says why it does not apply.
# custom:
#   level: error
#   profile: standard
#   subjects: [obligations]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "the initial outline of the strategy did not include a plan for assigning responsibility to officials with the
#         authority to execute the strategy"
#   effect: The text asks for it, everybody assumes that somebody else does it, and it is not done.
#   remediation: List under `responsibilities` what stands for it here, or say under `not_applicable` why nobody has to.
#   waive: >-
#     Hardly ever: what nobody has to do is stated under `not_applicable`, with the reason.
package uts.rules.directives["unowned-obligation"]

import rego.v1

import data.uts.lib.directive
import data.uts.lib.text

findings contains {"path": ["obligations", id], "message": message, "related": related} if {
	some id, obligation in input.obligations
	obligation.directive in directive.in_force
	not obligation.not_applicable
	every duty in obligation.responsibilities {
		input.responsibilities[duty].status == "retired"
	}
	message := sprintf("%s of %s has %s", [
		text.quoted(id),
		text.named("directives", obligation.directive),
		_what(obligation.responsibilities),
	])
	related := [{"path": ["obligations", id, "responsibilities", i], "message": "retired"} |
		some i, _ in obligation.responsibilities
	]
}

_what(duties) := "no responsibility that stands for it" if count(duties) == 0

_what(duties) := "only retired responsibilities that stand for it" if count(duties) > 0
