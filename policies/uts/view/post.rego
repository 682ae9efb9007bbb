# METADATA
# title: A role, described
# description: Who holds a role now, whether it can act, and who comes next, each with the path where it is written.
package uts.view.post

import rego.v1

import data.uts.lib.person
import data.uts.lib.placeholder
import data.uts.lib.role
import data.uts.lib.term
import data.uts.lib.text

# living, abolished, placeholder or unknown: whatever stands in an owner's place is one of these.
state(id) := "living" if {
	id in data.uts.lib.role.living
} else := "abolished" if {
	input.roles[id]
} else := "placeholder" if {
	placeholder.role(id)
} else := "unknown"

# Declared, not abolished, and bound by the rules about authority and staffing.
answers_here(id) if id in data.uts.lib.role.asked

# Why nobody can act in a role, as the rules have it: `vacant`, of which staffing/vacant or vacancy-lapsed speaks; a
# `vacancy` on purpose, which is no finding; `invalid`: whoever is named has left, or is nobody, of which
# staffing/departed-holder, ownership/placeholder-owner or reference/* speaks. Undefined for any other role.
absence(id) := "vacant" if {
	unheld(id)
	role.vacant(id)
} else := "vacancy" if {
	unheld(id)
	some one in role.chain(id)
	vacancy := input.roles[one].vacancy
	not _lapsed_vacancy(vacancy)
} else := "vacant" if {
	unheld(id)
	every one in role.chain(id) {
		one in data.uts.lib.role.asked
		count(role.holdings[one]) == 0
		not one in _unsaid
	}
} else := "invalid" if {
	unheld(id)
}

_unsaid := {id | some id in input.not_stated.holders}

_lapsed_vacancy(vacancy) if _lapsed(vacancy) == true

_lapsed_vacancy(vacancy) if text.blank(object.get(vacancy, "reason", ""))

# A living role that nobody holds who could answer. NOTE: where it is not stated who holds it, nobody is known to be missing.
unheld(id) if {
	answers_here(id)
	not role.unstated(id)
	count(role.persons(id)) == 0
	not _chaired(id)
}

# A collective, and somebody is in the chair of its unit.
_chaired(id) if {
	chair := role.chair(id)
	chair in data.uts.lib.role.living
	not chair in data.uts.lib.role.asked
}

_chaired(id) if {
	chair := role.chair(id)
	count(role.persons(chair)) > 0
}

# The role with its holders and successors; what is not declared has its state only.
described(id) := {
	"role": id,
	"state": state(id),
	"role_path": ["roles", id],
	"title": post.title,
	"external": post.external,
	"everyone": post.everyone,
	"stated": {"holders": _stated(id, "holders"), "successors": _stated(id, "successors")},
	"holders": _holders(id, post),
	"vacancy": _vacancies(id, post),
	"chair": _chairs(id, post),
	"successors": succession,
	"next": _next(succession),
} if {
	post := input.roles[id]
	succession := [{"role": each, "path": ["roles", id, "successors", i], "state": state(each), "stated": _stated(each, "holders"), "persons": _persons(each)} |
		some i, each in post.successors
	]
} else := {"role": id, "state": state(id), "holders": [], "vacancy": [], "chair": [], "successors": [], "next": "", "everyone": false, "stated": {"holders": true, "successors": true}}

_holders(id, post) := [{
	"person": holding.person,
	"kind": holding.kind,
	"from": holding.from,
	"to": holding.to,
	"path": ["roles", id, "holders", i],
	"state": standing(holding.person),
} |
	some i, holding in post.holders
	term.current(holding)
]

# Of whoever is named as a holder: on-leave, serving, departed, placeholder or unknown.
standing(id) := "on-leave" if {
	person.serving(id)
	input.people[id].status == "on-leave"
} else := "serving" if {
	person.serving(id)
} else := "departed" if {
	input.people[id]
} else := "placeholder" if {
	placeholder.person(id)
} else := "unknown"

# None or one: what the author says of a post that nobody holds.
_vacancies(id, post) := [object.union(post.vacancy, {"path": ["roles", id, "vacancy"], "lapsed": _lapsed(post.vacancy)})] if {
	post.vacancy
} else := []

# None or one: who answers for a collective.
_chairs(id, post) := [{
	"role": chair,
	"path": _chair_path(id, post),
	"state": state(chair),
	"external": _external(chair),
	"stated": _stated(chair, "holders"),
	"persons": sort(role.persons(chair)),
} |
	chair := role.chair(id)
]

# Whether the role says who holds it, who takes over; what nobody asks of it counts as said.
_stated(id, fact) := false if {
	id in input.not_stated[fact]
} else := true

_external(id) if {
	role.external(id)
} else := false

_chair_path(id, post) := ["roles", id, "chair"] if {
	post.chair
} else := ["units", post.unit, "chair"]

_lapsed(vacancy) if {
	vacancy.until < input.as_of
} else := false

_persons(id) := sort(role.persons(id)) if {
	answers_here(id)
} else := []

# The first successor who is there: somebody holds the role now.
_next(succession) := found[0] if {
	found := [each.role | some each in succession; count(each.persons) > 0]
	count(found) > 0
} else := ""
