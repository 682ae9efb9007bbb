# METADATA
# title: Training completed too long after taking the post
# description: >-
#   Somebody completed a mandatory module for the first time later than allowed after the holding began. Silent where the
#   holding does not say when it began, and where there is no record at all.
# custom:
#   level: warning
#   profile: standard
#   subjects: [people]
#   needs: []
#   parameters:
#     days:
#       type: integer
#       unit: days
#       stricter: lower
#       default: 30
#       minimum: 0
#       description: How many days after the holding began the first completion is still in time.
#   criteria:
#     - source: NIST SP 800-53 rev. 5, AT-3
#       text: >-
#         "Before authorizing access to the system, information, or performing assigned duties"
#     - source: NIST SP 800-53 rev. 5, IR-2
#       text: >-
#         In short: incident response training is given within a defined time of assuming a role in it.
#   effect: For some time the post was held by somebody who had not learnt what it needs.
#   remediation: Train before, or soon after, a post is taken; where this one is history, waive it with the reason.
#   waive: >-
#     Always possible: what is past cannot be repaired. The waiver says that it was looked into.
package uts.rules.training["before-duty"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text
import data.uts.lib.training

findings contains {"path": ["people", person], "message": message, "related": related, "key": key} if {
	some person, by_module in training.bound
	some module, roles in by_module
	first := training.records(person, module)[0]
	completed := input.training_records[first].completed_on
	some id in roles
	late := [i | some i in role.served[id]; _late(input.roles[id].holders[i], person, module, completed)]
	began := min({input.roles[id].holders[i].from | some i in late})
	message := sprintf("%s completed %s first on %s, and has held %s since %s", [
		text.person(person),
		text.named("training", module),
		completed,
		text.quoted(id),
		began,
	])
	related := array.concat(
		[{"path": ["roles", id, "holders", i], "message": "held since then"} | some i in late],
		[{"path": ["training_records", first], "message": "first completed"}],
	)
	key := concat("/", [module, id])
}

# NOTE: nobody is late who held the post before the module could be taken.
_since(module) := input.days[input.training[module].since]

_since(module) := 0 if not input.training[module].since

_late(holding, person, module, completed) if {
	holding.person == person
	term.stated(holding.from)
	input.days[completed] > max([input.days[holding.from], _since(module)]) + input.rules["training/before-duty"].parameters.days
}
