# METADATA
# title: Line without somebody who declares or commands
# description: >-
#   A line names nobody who declares or nobody who commands; or the role it names is vacant; or the role that declares
#   holds no grant of the authority to do so, where that authority is declared. External roles are not asked for holders
#   or grants.
# custom:
#   level: error
#   profile: standard
#   subjects: [incident_lines]
#   needs: []
#   parameters:
#     authority:
#       type: string
#       unit: authority
#       default: declare-incident
#       description: The id of the authority that whoever declares must hold.
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: there were no clear lines of authority for the response to an incident.
#   effect: The incident is seen, and nobody may say that it is one.
#   remediation: Name a role that is held and may declare, or fill the post, or grant it the authority.
#   waive: For days, while a post is being filled, where the reason names who commands until then.
package uts.rules.incident["no-command"]

import rego.v1

import data.uts.lib.role
import data.uts.lib.text

_verbs := {"declare": "declares", "command": "commands"}

findings contains {"path": ["incident_lines", id], "message": message, "key": field} if {
	some id, line in input.incident_lines
	some field, verb in _verbs
	not line[field]
	message := sprintf("nobody %s on the line %s of %s", [verb, text.quoted(id), text.quoted(line.incident)])
}

findings contains {"path": ["incident_lines", id, field], "message": message, "related": related, "cause": cause, "key": field} if {
	some id, line in input.incident_lines
	some field, verb in _verbs
	named := line[field]
	named in role.living
	not role.external(named)
	role.vacant(named)
	cause := concat("/", ["roles", named])
	message := sprintf("%s, who %s on the line %s of %s, is vacant", [
		text.named("roles", named),
		verb,
		text.quoted(id),
		text.quoted(line.incident),
	])
	related := [{"path": ["roles", named], "message": "vacant"}]
}

findings contains {
	"path": ["incident_lines", id, "declare"],
	"message": message,
	"related": related,
	"cause": cause,
	"key": "authority",
} if {
	authority := input.rules["incident/no-command"].parameters.authority
	input.authorities[authority]
	some id, line in input.incident_lines
	named := line.declare
	named in role.living
	not role.external(named)
	count(object.get(input.links.grants, [named, authority], [])) == 0
	doubtful := object.get(input.links.grants_over_bad_scopes, named, [])
	not authority in doubtful
	cause := concat("/", ["roles", named])
	message := sprintf("%s declares on the line %s of %s, and does not hold %s", [
		text.named("roles", named),
		text.quoted(id),
		text.quoted(line.incident),
		text.named("authorities", authority),
	])
	related := [{"path": ["roles", named], "message": "declares, and without it"}]
}
