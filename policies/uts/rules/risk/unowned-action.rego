# METADATA
# title: Open action that nobody can carry out
# description: >-
#   An open action has no owner, or its owner holds no grant, own or by valid delegation, of an authority that the action
#   requires. External owners answer elsewhere and are not asked for grants.
# custom:
#   level: error
#   profile: standard
#   subjects: [actions]
#   needs: []
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

import data.uts.lib.role
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
	owner in role.living
	not role.external(owner)
	doubtful := object.get(input.links.grants_over_bad_scopes, owner, [])
	missing := {i: authority |
		some i, authority in action.requires
		input.authorities[authority]
		count(object.get(input.links.grants, [owner, authority], [])) == 0
		not authority in doubtful
	}
	count(missing) > 0
	message := sprintf("the open action %s requires %s, which its owner %s holds neither by itself nor by delegation", [
		text.named("actions", id),
		text.listed({authority | some authority in missing}),
		text.named("roles", action.owner),
	])
	related := [{"path": ["actions", id, "requires", i], "message": "required here"} | some i, _ in missing]
}
