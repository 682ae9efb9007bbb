# METADATA
# title: Accountable role whose reporting line does not reach the top
# description: >-
#   No role on its reporting line, itself included, sits in a root unit. Silent where the line loops, or meets a role or a
#   unit that is unknown, abolished or archived: another rule speaks of that. A line that reaches an external role is good.
# custom:
#   level: warning
#   profile: standard
#   subjects: [roles]
#   needs: [reports_to]
#   parameters: {}
#   criteria:
#     - source: GAO Green Book, principle 3
#       text: >-
#         "Management should establish an organizational structure, assign responsibility, and delegate authority to
#         achieve the entity's objectives."
#   effect: What this role cannot settle reaches nobody who can.
#   remediation: State `reports_to` on the last role of the line, up to a role in a root unit.
#   waive: >-
#     Where the role answers to somebody outside who is not declared. Declaring that role as `external` says so for
#     good.
package uts.rules.authority["no-line-to-top"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.line
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["roles", id], "message": message, "cause": cause} if {
	some id in _looked_at
	last := _last[id]
	not last in _silent
	message := sprintf("the reporting line of %s does not reach a root unit%s", [text.named("roles", id), _where(id)])
	cause := concat("/", ["roles", last])
}

judged contains ["roles", id] if {
	some id in _looked_at
	not _open[id]
}

not_judged contains {"path": ["roles", id], "fact": "reports_to", "missing": ["roles", last]} if some id, last in _open

_looked_at := assignment.accountable_roles & role.asked

# {role: the last on its line}, where that does not say to whom it reports.
_open := {id: last | some id in _looked_at; last := _last[id]; last in _silent}

_silent := {id | some id in input.not_stated.reports_to}

_where(id) := "" if _last[id] == id

_where(id) := sprintf(": it ends with %s", [text.named("roles", _last[id])]) if _last[id] != id

# The role with which a line ends below the top, for every role on it above which no line is settled.
_last := {id: last |
	some last in role.living
	not input.roles[last].reports_to
	not last in line.settled
	some id in graph.reachable(input.links.reports, {last})
	not id in line.settled
}
