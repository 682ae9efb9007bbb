# METADATA
# title: Scopes
# description: >-
#   A scope is a set of (unit, vector) pairs. A region holds one as {units, vectors}: every unit that is one of `units`
#   or below one, with every vector of `vectors`. Units in force only; a unit's subtree is never written out. Because a
#   subtree holds its root, and two subtrees are nested or apart, a pair of roots decides for all that lies below it:
#   what is not covered at its root is not covered, and what is covered there is covered below. So every question about
#   unions and differences of regions is answered at the few corners (root, vector).
package uts.lib.scope

import rego.v1

import data.uts.lib.unit

# Every unit in force with every declared vector. Where none is declared at all, one nameless element.
everything := {"units": _all_units, "vectors": _all_vectors}

_all_units := {""} if count(input.units) == 0

_all_units := unit.tops if count(input.units) > 0

_all_vectors := {""} if count(input.vectors) == 0

_all_vectors := object.keys(input.vectors) if count(input.vectors) > 0

# The region of a scope as the corpus writes it. An unknown id, or an archived unit, is nothing.
region(scope) := everything if {
	not scope.units
	not scope.vectors
} else := {"units": _units(scope), "vectors": _vectors(scope)}

_units(scope) := {id | some id in scope.units; id in data.uts.lib.unit.in_force} if scope.units

_units(scope) := _all_units if not scope.units

_vectors(scope) := {id | some id in scope.vectors; input.vectors[id]} if scope.vectors

_vectors(scope) := _all_vectors if not scope.vectors

# A scope that names an unknown vector, or a unit that is unknown or archived.
bad(scope) if {
	some id in scope.units
	not id in data.uts.lib.unit.in_force
}

bad(scope) if {
	some id in scope.vectors
	not input.vectors[id]
}

empty(region) if count(region.units) == 0

empty(region) if count(region.vectors) == 0

# What two regions share.
intersection(one, other) := one if {
	one == other
} else := {"units": _shared(one.units, other.units), "vectors": one.vectors & other.vectors}

_shared(one, other) := one if {
	other == _all_units
} else := other if {
	one == _all_units
} else := {id | some id in one; unit.below(id, other)} | {id | some id in other; unit.below(id, one)}

# Every pair of the narrow one is in the wide one.
contains_region(wide, narrow) if {
	count(narrow.vectors - wide.vectors) == 0
	every id in narrow.units {
		unit.below(id, wide.units)
	}
}

strictly_contains(wide, narrow) if {
	contains_region(wide, narrow)
	not contains_region(narrow, wide)
}

# The corners [unit, vector] of a region that none of the covers holds; none: the covers hold all of it.
uncovered(region, covers) := set() if {
	some cover in covers
	contains_region(cover, region)
} else := {[id, vector] |
	some id in region.units
	some vector in region.vectors
	not covered(id, vector, covers)
}

covered(id, vector, covers) if {
	some cover in covers
	vector in cover.vectors
	unit.below(id, cover.units)
}

# Two answered scopes, {units, vectors, without: [region …]}, share a pair.
intersecting(one, other) if {
	shared := intersection(
		{"units": one.units, "vectors": one.vectors},
		{"units": other.units, "vectors": other.vectors},
	)
	not empty(shared)
	count(uncovered(shared, array.concat(one.without, other.without))) > 0
}
