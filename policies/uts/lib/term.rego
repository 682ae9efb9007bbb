# METADATA
# title: Terms
# description: >-
#   What is in force on the as-of date. Dates are full ISO dates, so that they compare as strings; both ends are
#   inclusive; an open end is 0001-01-01 or 9999-12-31. Numbers of days come from `input.days`.
package uts.lib.term

import rego.v1

today := input.days[input.as_of]

# A holder, grant, assignment, delegation or directive whose dates include the as-of date.
current(entry) if {
	entry.from <= input.as_of
	input.as_of <= entry.to
}

# Its last day is over.
ended(entry) if entry.to < input.as_of

# Somebody wrote when it began: a rule that counts from a date is silent where nobody did.
stated(date) if date != "0001-01-01"

# More than so many days ago: the day itself that lies `days` back is still good.
later_than(date, days) if {
	stated(date)
	today > input.days[date] + days
}

# It has happened: what is dated after the as-of date has not.
happened(date) if date <= input.as_of

# A directive's status is in-force, or under-review meanwhile, and its dates include the as-of date.
directive(entry) if {
	entry.status in {"in-force", "under-review"}
	current(entry)
}

# A delegation's dates include the as-of date and it is not rescinded.
delegation(entry) if {
	current(entry)
	not rescinded(entry)
}

rescinded(entry) if entry.rescinded_on <= input.as_of

# The last day of what ends on the eve of the first of `ends` (days), if that is earlier than its own end.
# NOTE: `input.days` holds the eve of every day on which something ends so.
until(entry, ends) := min({entry.to} | {_days[input.days[day] - 1] | some day in ends})

_days := {number: day | some day, number in input.days}

# What stands where no end was written.
last_day := "9999-12-31"
