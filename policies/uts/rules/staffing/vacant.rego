# METADATA
# title: Accountable role that nobody holds
# description: >-
#   A role that answers for something has no holding in force and declares no deliberate `vacancy`. A holding by a
#   placeholder, or by somebody unknown or departed, counts here: other rules speak of that. For a collective its `chair`
#   answers: it is vacant where nobody holds either, and no `vacancy` is declared on either.
# custom:
#   level: error
#   profile: starter
#   subjects: [roles]
#   needs: [holders]
#   parameters: {}
#   criteria:
#     - source: ACUS Recommendation 2019-7
#       text: >-
#         In short: where an office is vacant, agencies disclose who acts in it, or to whom its authority is delegated.
#   effect: The duty belongs to an empty chair.
#   remediation: Name the holder (acting, if need be), or state the `vacancy` with its reason and end.
#   waive: >-
#     Hardly ever: a deliberate vacancy is stated on the role, with its reason and its end.
package uts.rules.staffing.vacant

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["roles", id], "message": message, "related": related} if {
	some id in _looked_at
	role.vacant(id)
	ids := {one | some one in input.links.assignments_by_role[id].A; assignment.current(one)}
	duties := {input.assignments[one].responsibility | some one in ids}
	related := array.concat(
		[{"path": ["roles", chair], "message": "chairs it, and nobody holds that either"} | chair := role.chair(id)],
		[{"path": ["assignments", one], "message": "accountable here"} | some one in sort(assignment.first_written(ids))],
	)
	message := sprintf("nobody holds %s, which is accountable for %s", [text.named("roles", id), text.listed(duties)])
}

judged contains ["roles", id] if {
	some id in _looked_at
	not role.unstated(id)
}

not_judged contains {"path": ["roles", id], "fact": "holders", "missing": ["roles", one]} if {
	some id in _looked_at
	some one in role.silent(id)
}

_looked_at := assignment.accountable_roles & role.asked
