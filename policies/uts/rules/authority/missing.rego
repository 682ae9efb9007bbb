# METADATA
# title: Accountable role without an authority it needs
# description: >-
#   A responsibility requires an authority, and a role that is accountable for it holds no grant of it, neither by itself
#   nor by valid delegation. External roles answer elsewhere and are not asked.
# custom:
#   level: error
#   profile: standard
#   subjects: [responsibilities]
#   needs: [grants]
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "the initial outline of the strategy did not include a plan for assigning responsibility to officials with the
#         authority to execute the strategy"
#     - source: NIST CSF 2.0, GV.RR-03
#       text: >-
#         "Adequate resources are allocated commensurate with the cybersecurity risk strategy, roles, responsibilities,
#         and policies"
#     - source: NIST SP 800-53 rev. 5, PM-19
#       text: >-
#         "Appoint a senior agency official for privacy with the authority, mission, accountability, and resources"
#   effect: Whoever answers for the duty cannot act when it matters.
#   remediation: Grant the role the authority, delegate it, or make a role accountable that holds it.
#   waive: While the delegation is being signed. Say in the reason who acts until then.
package uts.rules.authority.missing

import rego.v1

import data.uts.lib.authority
import data.uts.lib.text

findings contains object.union(finding, _caused(role, power)) if {
	some id, by_authority in authority.required
	some power, needed in by_authority
	some role in needed.roles
	authority.powerless(role, power)
	message := sprintf("%s requires %s, which %s holds neither by itself nor by delegation", [
		text.named("responsibilities", id),
		text.named("authorities", power),
		text.named("roles", role),
	])
	finding := {
		"path": ["responsibilities", id, "requires", needed.place],
		"message": message,
		"related": [{"path": ["roles", role], "message": "accountable, and without it"}],
		"key": concat("/", [role, power]),
	}
}

_caused(role, power) := {"cause": cause} if {
	cause := authority.cause(role, power)
} else := {}

judged contains ["responsibilities", id] if {
	some id in _looked_at
	not id in _open
}

not_judged contains {"path": ["responsibilities", id], "fact": "grants", "missing": ["roles", role]} if {
	some id in _open
	some role in _silent[id]
}

_looked_at := {id | some id, by_authority in authority.required; some _, needed in by_authority; count(needed.roles) > 0}

# {responsibility {role}}: the accountable ones that do not say what they hold.
_silent := {id: roles |
	some id in _looked_at
	roles := {role | some _, needed in authority.required[id]; some role in needed.roles; authority.unstated(role)}
	count(roles) > 0
}

_open := {id | some id, _ in _silent} - {finding.path[1] | some finding in findings}
