# METADATA
# title: First names
# description: >-
#   What entries were called first. Where a rule tells a finding on one of several entries, or puts several in its key,
#   it orders them by their first names: a rename must not move the finding to another entry.
package uts.lib.former

import rego.v1

first(section, id) := object.get(input.links.first_names, [section, id], id)

# The id whose first name is the least.
least(section, ids) := min({[first(section, id), id] | some id in ids})[1]

greatest(section, ids) := max({[first(section, id), id] | some id in ids})[1]

before(section, one, other) if first(section, one) < first(section, other)
