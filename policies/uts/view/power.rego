# METADATA
# title: What a role holds of an authority
# description: >-
#   By itself and by valid delegation, link by link back to the grant that it comes from, with the paths where each is
#   written; and, where it holds nothing, what has ended on the way to it.
package uts.view.power

import rego.v1

import data.uts.lib.authority
import data.uts.lib.role
import data.uts.lib.scope
import data.uts.lib.term

# {authority, path, state, regions, doubtful, grants, ended}. `state`: held, lapsed (it had it), none.
of(holder, power) := {
	"authority": power,
	"path": ["authorities", power],
	"state": _state(holder, grants, ended),
	"regions": [scope.region(grant) | some grant in grants],
	"doubtful": _doubtful(holder, power),
	"grants": [chain | some grant in grants; chain := _chain(holder, power, grant)],
	"ended": ended,
} if {
	grants := authority.grants(holder, power)
	ended := _ended(holder, power, grants)
}

# NOTE: where a role says nothing of what it holds itself, nobody knows more than what others passed on to it.
_state(holder, grants, ended) := "held" if {
	count(grants) > 0
} else := "not-stated" if {
	authority.unstated(holder)
} else := "lapsed" if {
	count(ended) > 0
} else := "none"

# NOTE: as authority/missing and too-narrow do: what is bad on a way to the role might have given it everything.
_doubtful(holder, power) if {
	power in object.get(input.links.grants_over_bad_scopes, holder, [])
} else := false

# The grant at its beginning, and each delegation from there.
_chain(holder, power, grant) := {
	"from": grant.from,
	"to": grant.to,
	"scope": object.filter(grant, ["units", "vectors"]),
	"origin": {"role": first, "external": _external(first), "grants": _own(first, power)},
	"delegations": [link | some id in grant.via; link := _link(id)],
} if {
	first := _first(holder, grant.via)
}

_external(id) if {
	role.external(id)
} else := false

_first(holder, via) := holder if count(via) == 0

_first(_, via) := input.delegations[via[0]].delegator if count(via) > 0

# What the role holds by itself now.
_own(holder, power) := [_grant(holder, i, held) |
	some i, held in input.roles[holder].authorities
	held.authority == power
	term.current(held)
]

_grant(holder, i, held) := object.union(
	{"path": ["roles", holder, "authorities", i], "from": held.from, "to": term.until(held, _abolition(holder))},
	object.filter(held, ["source"]),
)

_link(id) := object.union(
	{"delegation": id, "path": ["delegations", id], "delegator": entry.delegator, "delegate": entry.delegate, "from": entry.from, "to": term.until(entry, ends)},
	object.filter(entry, ["instrument"]),
) if {
	entry := input.delegations[id]
	ends := _abolition(entry.delegate) | {day | day := entry.rescinded_on}
}

# The day on which the role will be abolished, if one is stated: what it has ends on the eve.
_abolition(id) := {day | day := input.roles[id].abolished_on}

# Where nothing is held: grants and delegations of it that are over, of the role and of all that delegated to it.
_ended(_, _, grants) := [] if count(grants) > 0

_ended(holder, power, grants) := array.concat(own, passed) if {
	count(grants) == 0
	upstream := graph.reachable(_delegators(power), {holder})
	own := [{"path": ["roles", each, "authorities", i], "role": each, "on": held.to} |
		some each in sort(upstream)
		some i, held in input.roles[each].authorities
		held.authority == power
		term.ended(held)
	]
	passed := [{"path": ["delegations", id], "role": each, "on": on} |
		some each in sort(upstream)
		some id in object.get(input.links.delegations_to, [each, power], [])
		on := _over(input.delegations[id])
	]
}

# {delegate [delegator]}, with a key for every role on either side: a walk passes over what is no key.
_delegators(power) := {delegate: above |
	some delegate, _ in input.roles
	above := [input.delegations[id].delegator | some id in object.get(input.links.delegations_to, [delegate, power], [])]
}

_over(entry) := entry.rescinded_on if {
	term.rescinded(entry)
} else := entry.to if {
	term.ended(entry)
}
