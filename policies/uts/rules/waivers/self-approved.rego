# METADATA
# title: Waiver approved by whom it excuses
# description: >-
#   The approving role is one that the waived entry speaks of (its own role, owner, accountable roles, delegator,
#   delegate, chair, commander), or is held by a person who holds such a role, or is the person waived; or it is no
#   declared role at all. Silent once the waiver has expired.
# custom:
#   level: error
#   profile: starter
#   subjects: [waivers]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. Nobody grants an exception to himself.
#   effect: Whoever answers for a defect can hide it.
#   remediation: Have another role, held by somebody else, approve the waiver, and name it under `approved_by`.
#   fix: [called, nearest]
#   waive: At the very top, where nobody is left who could approve, and the reason says who was told.
package uts.rules.waivers["self-approved"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.person
import data.uts.lib.reference
import data.uts.lib.term
import data.uts.lib.text

findings contains {
	"path": ["waivers", id, "approved_by"],
	"message": message,
	"cause": concat("/", ["roles", approver]),
} if {
	some id, waiver in _valid
	approver := waiver.approved_by
	not input.roles[approver]
	named := {"entry": ["waivers", id], "place": ["approved_by"], "target": "roles", "value": approver}
	message := sprintf("the waiver %s is approved by %s, which is no role%s", [
		text.named("waivers", id),
		text.quoted(approver),
		reference.advice(named),
	])
}

findings contains {"path": ["waivers", id, "approved_by"], "message": message} if {
	some id, waiver in _valid
	input.roles[waiver.approved_by]
	waiver.approved_by in _excused[id].roles
	message := sprintf("the waiver %s for %s is approved by %s, whom it excuses", [
		text.named("waivers", id),
		text.quoted(waiver.subject),
		text.named("roles", waiver.approved_by),
	])
}

findings contains {"path": ["waivers", id, "approved_by"], "message": message} if {
	some id, waiver in _valid
	approver := waiver.approved_by
	input.roles[approver]
	excused := _excused[id]
	roles := excused.roles
	not approver in roles
	people := (excused.persons | {one | some other in excused.roles; some one in _holders(other)}) & _holders(approver)
	count(people) > 0
	message := sprintf("the waiver %s for %s is approved by %s, held by %s, whom it excuses", [
		text.named("waivers", id),
		text.quoted(waiver.subject),
		text.named("roles", approver),
		text.people(people),
	])
}

_valid := {id: waiver |
	some id, waiver in input.waivers
	input.as_of <= waiver.expires
}

# {waiver: the roles and persons that the entries speak of that its subject stands for}
_excused := {id: {"roles": roles, "persons": persons} |
	some id, _ in _valid
	entries := {_entry(subject) | some subject in input.links.excused[id]}
	roles := {one | some entry in entries; some one in _roles(entry)}
	persons := {one | some entry in entries; some one in _persons(entry)}
}

# An entry as [section, id]; in "section/id" only the first slash separates.
_entry(subject) := [section, id] if {
	slash := indexof(subject, "/")
	section := substring(subject, 0, slash)
	id := substring(subject, slash + 1, -1)
}

# The roles that the entry speaks of.
_roles([section, id]) := (_itself(section, id) | _named(section, id)) | _accountable(section, id)

_itself("roles", id) := {id}

_itself(section, _) := set() if section != "roles"

_fields := ["role", "owner", "delegator", "delegate", "chair", "command"]

_named(section, id) := {named |
	some field in _fields
	named := input[section][id][field]
}

_accountable("responsibilities", id) := {input.assignments[other].role | some other in assignment.accountable[id]}

_accountable(section, _) := set() if section != "responsibilities"

# The person that the entry is, or speaks of.
_persons(["people", id]) := {id}

_persons([section, id]) := {one | one := input[section][id].person} if section != "people"

# Who holds it now. NOTE: of an abolished role too: whoever held it has approved all the same.
_holders(id) := {holding.person |
	some holding in input.roles[id].holders
	term.current(holding)
	person.serving(holding.person)
}
