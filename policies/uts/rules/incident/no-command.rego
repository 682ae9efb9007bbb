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
#   needs: [holders, grants]
#   parameters:
#     authority:
#       type: string
#       unit: authorities
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

import data.uts.lib.authority as authorities
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
	named in data.uts.lib.role.asked
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
	some id, line in input.incident_lines
	named := line.declare
	named in data.uts.lib.role.asked
	authorities.powerless(named, _authority)
	cause := _cause(named)
	message := sprintf("%s declares on the line %s of %s, and does not hold %s", [
		text.named("roles", named),
		text.quoted(id),
		text.quoted(line.incident),
		text.named("authorities", _authority),
	])
	related := [{"path": ["roles", named], "message": "declares, and without it"}]
}

# The delegation that broke, where there is one, else the role.
_cause(named) := broken if {
	broken := authorities.cause(named, _authority)
} else := concat("/", ["roles", named])

# Where it is declared.
_authority := wanted if {
	named := input.rules["incident/no-command"].parameters.authority
	wanted := object.get(input.links.former_names, ["authorities", named], named)
	input.authorities[wanted]
}

judged contains ["incident_lines", id] if {
	some id, _ in input.incident_lines
	not _open[id]
}

not_judged contains {"path": ["incident_lines", id], "fact": lack.fact, "missing": ["roles", lack.role]} if {
	some id, lacks in _open
	some lack in lacks
}

# {line {lack}}: those without a finding that hang on what roles do not say of themselves.
_open := {id: lacks |
	some id, line in input.incident_lines
	not id in _found
	lacks := _unheld(line) | _powers(line)
	count(lacks) > 0
}

_found := {finding.path[1] | some finding in findings}

_unheld(line) := {{"fact": "holders", "role": one} |
	some field, _ in _verbs
	named := line[field]
	named in data.uts.lib.role.asked
	some one in role.silent(named)
}

_powers(line) := {{"fact": "grants", "role": named} |
	_authority
	named := line.declare
	named in data.uts.lib.role.asked
	authorities.unstated(named)
}
