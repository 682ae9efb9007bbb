# METADATA
# title: Reference to something that has ended
# description: >-
#   An entry depends on a role that is abolished, a unit that is archived or a responsibility that is retired. What only
#   looks back (citations, supersession, approvals) or excludes (`incompatible_with`) may name what has ended.
# custom:
#   level: error
#   profile: standard
#   subjects: ["*"]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What rests on a post that is gone rests on nothing.
#   effect: The chain looks closed and breaks at a post, unit or duty that no longer exists.
#   remediation: Name the successor, or end this entry too.
#   fix: [successor]
#   waive: During a reorganisation in which old and new names live side by side until a date.
package uts.rules.reference.retired

import rego.v1

import data.uts.lib.reference
import data.uts.lib.text

findings contains {
	"path": array.concat(entry, place),
	"message": message,
	"related": [{"path": [weak.target, weak.value], "message": "ended here"}],
	"cause": concat("/", [weak.target, weak.value]),
	"key": key,
} if {
	some n, [section, id, key, weak] in _ended
	not _again(n)
	entry := [section, id]
	place := weak.place
	message := sprintf("%s %s", [text.named(weak.target, weak.value), _state(weak)])
}

# [section, id, key, reference], in order.
_ended := sort({[section, id, key, weak] |
	some weak in reference.weak
	input[weak.target][weak.value]
	[section, id] := weak.entry
	field := weak.place[0]
	not [section, field] in _looking_back
	key := reference.key(weak)
})

# An id that an entry names twice in one list is told at its first place.
_again(n) if {
	n > 0
	array.slice(_ended[n], 0, 3) == array.slice(_ended[n - 1], 0, 3)
}

_looking_back := {
	["roles", "incompatible_with"],
	["roles", "replaced_by"],
	["responsibilities", "joint_accountability"],
	["assignments", "responsibility"],
	["obligations", "responsibilities"],
}

_state(weak) := sprintf("was abolished%s%s", [_when(role), _who(role)]) if {
	weak.target == "roles"
	role := input.roles[weak.value]
} else := _states[weak.target]

_when(role) := sprintf(" on %s", [role.abolished_on]) if {
	role.abolished_on
} else := ""

_who(role) := sprintf("; %s took over", [text.named("roles", role.replaced_by)]) if {
	input.roles[role.replaced_by]
} else := ""

_states := {"units": "is archived", "responsibilities": "is retired"}
