# METADATA
# title: Authority that does not reach as far as the responsibility
# description: >-
#   An accountable role holds an authority that its responsibility requires, and not over all that it answers for. Silent
#   where a scope that would cover the rest names something unknown or archived.
# custom:
#   level: error
#   profile: standard
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "the initial outline of the strategy did not include a plan for assigning responsibility to officials with the
#         authority to execute the strategy"
#   effect: In part of what it answers for, the role cannot act.
#   remediation: Widen the grant or the delegation, or narrow what the role answers for.
#   waive: While the wider delegation is being signed. Say in the reason who acts in the rest until then.
package uts.rules.authority["too-narrow"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.authority
import data.uts.lib.scope
import data.uts.lib.text

findings contains {"path": ["responsibilities", id, "requires", place], "message": message, "related": related, "key": key} if {
	some id, by_authority in authority.required
	some power, needed in by_authority
	place := needed.place
	some role in needed.roles
	grants := authority.grants(role, power)
	count(grants) > 0
	count([grant | some grant in grants; _whole(grant)]) == 0
	doubtful := object.get(input.links.grants_over_bad_scopes, role, [])
	not power in doubtful
	covers := [scope.region(grant) | some grant in grants]
	beyond := {one: corners |
		some one in assignment.accountable[id]
		input.assignments[one].role == role
		answer := assignment.answered(one)
		corners := scope.uncovered(
			{"units": answer.units, "vectors": answer.vectors},
			array.concat(answer.without, covers),
		)
		count(corners) > 0
	}
	count(beyond) > 0
	message := sprintf("%s requires %s, which %s does not hold over all that it answers for%s", [
		text.named("responsibilities", id),
		text.named("authorities", power),
		text.named("roles", role),
		_where({corner | some _, corners in beyond; some corner in corners}),
	])
	related := [{"path": ["assignments", one], "message": "answers for more"} | some one in sort(object.keys(beyond))]
	key := concat("/", [role, power])
}

# NOTE: the common case, without a look at any unit.
_whole(grant) if {
	not grant.units
	not grant.vectors
}

# What is missing, where units or vectors are declared. A unit stands for what is below it, or for a part of that.
_where(corners) := concat("", [_units({id | some [id, _] in corners; id != ""}), _vectors({id | some [_, id] in corners; id != ""})])

_units(ids) := "" if count(ids) == 0

_units(ids) := sprintf(", such as in %s", [text.listed(ids)]) if count(ids) > 0

_vectors(ids) := "" if count(ids) == 0

_vectors(ids) := sprintf(", as far as %s is concerned", [text.listed(ids)]) if count(ids) > 0
