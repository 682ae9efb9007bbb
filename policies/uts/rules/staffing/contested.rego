# METADATA
# title: More holders than seats
# description: >-
#   The shares of the permanent and detailed holders of a role, or those of its acting ones, add up to more than its
#   `seats` (by more than a thousandth, which is rounding). A collective is a body of several and is passed over; so are holdings of persons who are unknown or have left.
# custom:
#   level: error
#   profile: standard
#   subjects: [roles]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. A post for one that two hold at once has two heads.
#   effect: Two people may each take the decisions of one post, or each leave them to the other.
#   remediation: End the holding that is over, state the `share` of each, or raise `seats`.
#   waive: >-
#     For a handover in which two serve side by side for some weeks; where it lasts, raise `seats` or state each
#     `share`.
package uts.rules.staffing.contested

import rego.v1

import data.uts.lib.role
import data.uts.lib.text

# Shares are whole billionths. Who writes a third of a post as 0.334 means no more than a post.
_whole := 1000000000

_rounding := 1000000

findings contains {"path": ["roles", id, "holders"], "message": message, "related": related} if {
	some id, indexes in role.served
	count(indexes) > 1
	post := input.roles[id]
	post.collective == false
	not role.external(id)
	crowds := [[crowd, total] |
		some group in _groups
		crowd := [i | some i in indexes; post.holders[i].kind in group.kinds]
		total := sum([post.holders[i].share | some i in crowd])
		total > (post.seats * _whole) + _rounding
	]
	[crowd, total] := crowds[0]
	message := sprintf("%s has %s and is held by %s at once: their shares add up to %s", [
		text.named("roles", id),
		text.counted(post.seats, "seat", "seats"),
		text.people({post.holders[i].person | some i in crowd}),
		_decimal(total),
	])
	related := [{"path": ["roles", id, "holders", i], "message": "holds it too"} | some i in crowd]
}

_groups := [{"kinds": {"permanent", "detailed"}}, {"kinds": {"acting"}}]

# Billionths as a decimal fraction: 1250000000 is "1.25". Quotients are written differently by engines, whole numbers
# are not: with a one before, the last nine digits are the fraction, and zeros go that say nothing.
_decimal(total) := trim_right(trim_right(concat(".", [_units(digits), substring(digits, 10, 9)]), "0"), ".") if {
	digits := sprintf("%v", [total + (_whole * _whole)])
}

default _units(_) := "0"

_units(digits) := units if {
	units := trim_left(substring(digits, 1, 9), "0")
	units != ""
}
