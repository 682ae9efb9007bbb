# METADATA
# title: Responsibility that nobody performs
# description: >-
#   An active responsibility has no responsible role (R) today, or only ones whose scope has nothing in common with its
#   own. Assessed where responsible roles are declared at all.
# custom:
#   level: warning
#   profile: standard
#   subjects: [responsibilities]
#   needs: [responsible]
#   parameters: {}
#   criteria:
#     - source: NIST SP 800-53 rev. 5, the -1 control of each family
#       text: >-
#         "Addresses purpose, scope, roles, responsibilities, management commitment, coordination among organizational
#         entities, and compliance"
#   effect: Somebody answers for the duty, and it is nobody's work.
#   remediation: Name the role that does the work under `responsible`; it may be the accountable one.
#   waive: Where the work is bought from outside and the accountable role only receives it.
package uts.rules.ownership["no-performer"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message} if {
	some id in _active
	assignment.unheld(id, "R")
	not id in _silent
	message := sprintf("no role is responsible for doing %s", [text.named("responsibilities", id)])
}

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, ids in assignment.astray("R")
	message := sprintf("no role is responsible for doing any part of the scope of %s", [text.named("responsibilities", id)])
	related := [{"path": ["assignments", other], "message": "responsible outside that scope"} | some other in sort(ids)]
}

judged contains ["responsibilities", id] if {
	some id in _active
	not id in _silent
}

not_judged contains {"path": ["responsibilities", id], "fact": "responsible", "missing": ["responsibilities", id]} if {
	some id in (_active & _silent)
}

_active := {id | some id, duty in input.responsibilities; duty.status == "active"}

_silent := {id | some id in input.not_stated.responsible}
