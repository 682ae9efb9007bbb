# METADATA
# title: Directives
# description: >-
#   Which directives are in force, what they assign to whom, and which two of them speak of the same matter without one
#   giving way to the other.
package uts.lib.directive

import rego.v1

import data.uts.lib.former
import data.uts.lib.role
import data.uts.lib.scope
import data.uts.lib.term

in_force contains id if {
	some id, directive in input.directives
	term.directive(directive)
}

# {directive {responsibility {role …}}}: what those in force assign of active responsibilities, to living roles.
assigned := {id: by_duty |
	some id in in_force
	assigns := input.directives[id].assigns
	by_duty := {duty: roles |
		some stated in assigns
		duty := stated.responsibility
		input.responsibilities[duty].status == "active"
		roles := {one.role | some one in assigns; one.responsibility == duty; one.role in role.living}
		count(roles) > 0
	}
}

# Pairs {[lesser, greater] …} in force on one topic, in intersecting scopes, of which neither supersedes the other,
# directly or through others, nor outranks it.
rivals contains [one, other] if {
	some ids in input.links.directives_by_topic
	current := [id | some id in ids; id in in_force]
	count(current) > 1
	some one in current
	some other in current
	former.before("directives", one, other)
	first := input.directives[one]
	second := input.directives[other]
	not _outranked(first, second)
	_meet(first.scope, second.scope)
	below_first := _below(one)
	not other in below_first
	below_second := _below(other)
	not one in below_second
}

_outranked(one, other) if one.precedence != other.precedence

_meet(one, other) if {
	shared := scope.intersection(scope.region(one), scope.region(other))
	not scope.empty(shared)
}

# What a directive supersedes, directly or through others, and itself.
_below(id) := set() if count(input.directives[id].supersedes) == 0

_below(id) := graph.reachable(_supersedes, {id}) if count(input.directives[id].supersedes) > 0

_supersedes := {id: directive.supersedes | some id, directive in input.directives}

# The rivals that assign one responsibility to different roles, and the responsibilities.
contrary := {pair: duties |
	some pair in rivals
	[one, other] := pair
	duties := {duty |
		some duty, roles in assigned[one]
		theirs := assigned[other][duty]
		roles != theirs
	}
	count(duties) > 0
}

# The rivals that do not: {directive {directive …}}, both ways.
overlapping := {one: others |
	some one in {each | some pair in _overlaps; some each in pair}
	others := {other |
		some other in input.links.directives_by_topic[input.directives[one].topic]
		some pair in [[one, other], [other, one]]
		pair in _overlaps
	}
}

_overlaps := {pair | some pair in rivals; not contrary[pair]}
