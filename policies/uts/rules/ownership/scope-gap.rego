# METADATA
# title: Part of a responsibility has no accountable role
# description: >-
#   Some accountable role covers part of the responsibility's scope, and a unit (or a unit as far as one vector is
#   concerned) is covered by none. The smallest set of missing units is named: a unit stands for what is below it, unless
#   the message says `itself`.
# custom:
#   level: error
#   profile: starter
#   subjects: [responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "the initial outline of the strategy did not include a plan for assigning responsibility to officials with the
#         authority to execute the strategy"
#   effect: The duty has an owner on paper, and in these units nobody is bound to act.
#   remediation: Widen the scope of an accountable role, name another one for the units that are missing, or narrow the scope of the responsibility.
#   waive: >-
#     Where the units left out are about to close or to be merged. Units that never have this duty are better left out
#     of the responsibility's `scope`.
package uts.rules.ownership["scope-gap"]

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.scope
import data.uts.lib.text
import data.uts.lib.unit

findings contains {"path": ["responsibilities", id], "message": message, "related": related} if {
	some id, open in _open
	missing := _missing_units(id, open.region)
	named := array.concat(
		[sprintf("%s itself", [text.quoted(one)]) | some one in sort(missing.split)],
		[text.quoted(one) | some one in sort(missing.whole)],
	)
	message := sprintf("nobody is accountable for %s%s%s", [
		text.named("responsibilities", id),
		_in_units(named),
		_by_vectors(open),
	])
	related := array.concat(
		array.concat(_left_out(missing), _left_out_vectors(open)),
		[{"path": ["assignments", one], "message": "accountable for a part"} | some one in sort(open.ids)],
	)
}

# NOTE: as data, for whoever compares two findings: a unit with all below it, or by its `id` the unit itself alone.
_left_out(missing) := array.concat(
	[{"path": ["units", one, "id"], "message": "not covered itself"} | some one in sort(missing.split)],
	[{"path": ["units", one], "message": "not covered"} | some one in sort(missing.whole)],
)

_left_out_vectors(open) := [{"path": ["vectors", one], "message": "not covered"} | some one in sort(missing)] if {
	missing := _missing_vectors(open)
	missing != open.region.vectors
} else := []

_in_units([]) := ""

_in_units(named) := sprintf(" in %s", [text.joined(named)]) if count(named) > 0

# {responsibility: what is uncovered}, where some A covers a part.
_open := {id: {"region": region, "corners": corners, "ids": ids} |
	some id, codes in assignment.in_force
	ids := codes.A
	count(ids) > 0
	duty := input.responsibilities[id].scope
	not _whole(duty, ids)
	not _doubtful(ids)
	region := scope.region(duty)
	covers := [cover | some one in ids; cover := assignment.effective(one); not scope.empty(cover)]
	count(covers) > 0
	corners := scope.uncovered(region, covers)
	count(corners) > 0
}

# NOTE: the common case, without a look at any unit.
_whole(duty, ids) if {
	some one in ids
	input.assignments[one].scope == duty
}

_doubtful(ids) if {
	some one in ids
	scope.bad(input.assignments[one].scope)
}

# {responsibility {unit {vector}}}: what the accountable roles cover, at the roots of their scopes.
_covering := {id: roots |
	some id, open in _open
	regions := [region | some one in open.ids; region := assignment.effective(one)]
	roots := {root: vectors |
		some root in {each | some region in regions; some each in region.units}
		vectors := {vector | some region in regions; root in region.units; some vector in region.vectors}
	}
}

# {responsibility {unit}}: the roots below which nothing is missing.
_full := {id: full |
	some id, roots in _covering
	full := {root |
		some root, _ in roots
		covered := {vector | some step in unit.steps(root); some vector in roots[step]}
		count(_open[id].region.vectors - covered) == 0
	}
}

# {responsibility {unit}}: the missing units of which something below is covered.
_split := {id: split |
	some id, roots in _full
	split := {step |
		some root in roots
		some step in unit.steps(root)
		step in unit.in_force
		unit.below(step, _open[id].region.units)
		not unit.below(step, roots)
	}
}

# What to name: of `split` the unit itself, since a part below is covered; of `whole` the unit with all that is below it.
_missing_units(id, region) := {"split": split, "whole": whole} if {
	split := _split[id]
	full := _full[id]
	candidates := region.units | {child | some above in split; some child in unit.children[above]}
	whole := {missing |
		some missing in candidates
		missing != ""
		not missing in split
		not unit.below(missing, full)
	}
}

_by_vectors(open) := sprintf(" as far as %s is concerned", [text.listed(missing)]) if {
	missing := _missing_vectors(open)
	missing != open.region.vectors
} else := ""

_missing_vectors(open) := {vector | some [_, vector] in open.corners}
