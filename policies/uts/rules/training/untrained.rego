# METADATA
# title: Person without required training
# description: >-
#   Somebody serves in a role that a mandatory module applies to, and has no record of it. A completion that is dated
#   later than the check has not happened.
# custom:
#   level: error
#   profile: standard
#   subjects: [people]
#   sections: [people, training]
#   needs: [records]
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "employees in specific job roles needed more advanced training beyond the basic awareness"
#     - source: NIST SP 800-53 rev. 5, AT-3
#       text: >-
#         "Before authorizing access to the system, information, or performing assigned duties"
#   effect: Whoever is exposed does not know how the organisation is watched, and gives others away.
#   remediation: Have the module completed and add the record, or change the module's audience where it does not apply.
#   waive: For somebody who does not serve at present, or is booked on a course that has a date.
package uts.rules.training.untrained

import rego.v1

import data.uts.lib.text
import data.uts.lib.training

findings contains {"path": ["people", person], "message": message, "related": related, "key": module} if {
	some person, by_module in training.bound
	some module, roles in by_module
	count(training.records(person, module)) == 0
	not person in _silent
	message := sprintf("%s has no record of %s, which is mandatory for %s", [
		text.person(person),
		text.named("training", module),
		text.listed(roles),
	])
	held := [{"path": ["roles", id], "message": "held, and the module applies to it"} | some id in sort(roles)]
	ahead := [{"path": ["training_records", id], "message": "dated later than the check, so it has not happened"} |
		some id in object.get(input.links.records, [person, module], [])
	]
	related := array.concat(held, ahead)
}

judged contains ["people", person] if {
	some person, _ in training.bound
	not person in _silent
}

not_judged contains {"path": ["people", person], "fact": "records", "missing": ["people", person]} if {
	some person, _ in training.bound
	person in _silent
}

_silent := {id | some id in input.not_stated.records}
