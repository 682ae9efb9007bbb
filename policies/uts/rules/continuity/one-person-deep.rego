# METADATA
# title: Critical responsibility that hangs on one person
# description: >-
#   The holders of the accountable roles, of the responsible roles and of the accountable roles' successors are one and
#   the same person. Silent where a body, everyone or an external role is among them.
# custom:
#   level: warning
#   profile: standard
#   subjects: [responsibilities]
#   needs: [holders, responsible, successors]
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What one person does, answers for and is to take over ends with that person's first
#         day of absence.
#   effect: Whoever finds and stops this one person stops the duty.
#   remediation: Give one of the roles, or a successor, to somebody else.
#   waive: While a second person is being trained.
package uts.rules.continuity["one-person-deep"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.continuity
import data.uts.lib.role
import data.uts.lib.text

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, roles in _few
	not _open[id]
	count({one | some one in roles; _crowd(one)}) == 0
	persons := _persons(roles)
	count(persons) == 1
	some person in persons
	person in {other | some one in roles; some other in role.persons(one)}
	message := sprintf("the critical responsibility %s hangs on %s, who holds %s", [
		text.named("responsibilities", id),
		text.person(person),
		text.listed({one | some one in roles; person in continuity.holders(one)}),
	])
	related := [{"path": ["roles", one], "message": "held by the same person"} |
		some one in sort(roles)
		person in continuity.holders(one)
	]
}

judged contains ["responsibilities", id] if {
	some id, _ in _roles
	not _open[id]
}

not_judged contains {"path": ["responsibilities", id], "fact": lack.fact, "missing": lack.missing} if {
	some id, lacks in _open
	some lack in lacks
}

# {critical responsibility {role}}: the accountable, the responsible, and who succeeds the accountable ones.
_roles := {id: roles |
	some id, duty in input.responsibilities
	duty.status == "active"
	duty.criticality == "critical"
	accountable := _standing(id, "A")
	succeeding := {one | some post in accountable; some one in input.roles[post].successors; one in role.living}
	roles := (accountable | _standing(id, "R")) | succeeding
}

_standing(id, code) := {input.assignments[one].role | some one in object.get(assignment.standing, [id, code], [])}

# Those on which fewer than two people are known.
_few := {id: roles | some id, roles in _roles; count(_persons(roles)) < 2}

# Nobody knows how many stand behind it.
_crowd(id) if not id in data.uts.lib.role.asked

_crowd(id) if input.roles[id].collective == true

_persons(roles) := {person | some one in roles; some person in continuity.holders(one)}

# {responsibility [lack]}: a second person may stand in what is not stated.
_open := {id: lacks |
	some id, roles in _few
	lacks := (_unsaid(id) | _unsaid_successors(id)) | {{"fact": "holders", "missing": ["roles", one]} |
		some one in roles
		one in _silent.holders
	}
	count(lacks) > 0
}

_unsaid(id) := {{"fact": "responsible", "missing": ["responsibilities", id]} | id in _silent.responsible}

_unsaid_successors(id) := {{"fact": "successors", "missing": ["roles", post]} |
	some post in _standing(id, "A")
	post in _silent.successors
}

_silent := {fact: ids |
	some fact in ["holders", "responsible", "successors"]
	ids := {id | some id in input.not_stated[fact]}
}
