# METADATA
# title: Open action that nobody can carry out
# description: >-
#   An open action has no owner, or its owner holds no grant, own or by valid delegation, of an authority that the action
#   requires. External owners answer elsewhere and are not asked for grants.
# custom:
#   level: error
#   profile: standard
#   subjects: [actions]
#   needs: [grants]
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "the initial outline of the strategy did not include a plan for assigning responsibility to officials with the
#         authority to execute the strategy"
#   effect: The plan names what is to be done and nobody can do it.
#   remediation: Name a role under `owner`, or grant the owner what the action requires.
#   waive: Where funds or authority have been promised and only the text is missing.
package uts.rules.risk["unowned-action"]

import rego.v1

import data.uts.lib.authority
import data.uts.lib.text

findings contains {"path": ["actions", id], "message": message} if {
	some id, action in input.actions
	action.status == "open"
	not action.owner
	message := sprintf("nobody owns the open action %s", [text.named("actions", id)])
}

findings contains {"path": ["actions", id], "message": message, "related": related} if {
	some id, action in input.actions
	action.status == "open"
	owner := action.owner
	owner in data.uts.lib.role.asked
	missing := {i: power |
		some i, power in action.requires
		input.authorities[power]
		authority.powerless(owner, power)
	}
	count(missing) > 0
	message := sprintf("the open action %s requires %s, which its owner %s holds neither by itself nor by delegation", [
		text.named("actions", id),
		text.listed({power | some power in missing}),
		text.named("roles", action.owner),
	])
	related := [{"path": ["actions", id, "requires", i], "message": "required here"} | some i, _ in missing]
}

judged contains ["actions", id] if {
	some id, action in input.actions
	action.status == "open"
	not _open(action)
}

not_judged contains {"path": ["actions", id], "fact": "grants", "missing": ["roles", action.owner]} if {
	some id, action in input.actions
	action.status == "open"
	_open(action)
}

# It requires something, and its owner does not say what it has.
_open(action) if {
	action.owner in data.uts.lib.role.asked
	authority.unstated(action.owner)
	some power in action.requires
	input.authorities[power]
}
