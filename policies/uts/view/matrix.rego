# METADATA
# title: Who has what, and where nobody has it or too many
# description: >-
#   The pieces of `uts.view.owners`, and beside them the verdict of the rules on who is accountable: which
#   responsibilities have a gap, which more than one accountable role; the accountable roles in which nobody can act, with the
#   reason, and those of which it is not stated who holds them. A rule that `input.rules` does not name says nothing.
package uts.view.matrix

import rego.v1

import data.uts.lib.assignment
import data.uts.lib.role
import data.uts.rules.ownership["multiple-accountable"] as double
import data.uts.rules.ownership["scope-gap"] as partial
import data.uts.rules.ownership.unassigned
import data.uts.view.owners
import data.uts.view.post

# NOTE: undefined, not empty, where the input is no corpus.
answer := object.union(owners.answer, {"gaps": gaps, "doubles": doubles, "vacant": vacant, "unstated": unstated})

gaps := sort(_unassigned | _partly)

_unassigned := {finding.path[1] |
	input.rules["ownership/unassigned"]
	some finding in unassigned.findings
}

_partly := {finding.path[1] |
	input.rules["ownership/scope-gap"]
	some finding in partial.findings
}

doubles := sort({finding.path[1] |
	input.rules["ownership/multiple-accountable"]
	some finding in double.findings
})

# {role why}
vacant := {id: why |
	input.rules["staffing/vacant"]
	some id in assignment.accountable_roles
	why := post.absence(id)
}

unstated := sort({id |
	some id in assignment.accountable_roles
	role.unstated(id)
})
