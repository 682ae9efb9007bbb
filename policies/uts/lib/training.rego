# METADATA
# title: Training
# description: >-
#   Which modules apply to which living role, which of them bind whom, and who has completed what. External roles answer
#   elsewhere and are left out; so are persons who are unknown or have left.
package uts.lib.training

import rego.v1

import data.uts.lib.role
import data.uts.lib.term

# {role {module …}}: by the audience's `everyone`, its `roles`, or an exposure that both name.
modules := {id: applying |
	some id in role.living
	not role.external(id)
	applying := (for_everyone | _of_role(id)) | _of_exposure(id)
	count(applying) > 0
}

# NOTE: a role that stands for everyone means everyone in an audience too.
for_everyone := {module | some module in input.links.modules.everyone} | {module |
	some id, all in input.links.modules.role
	role.everyone(id)
	id in role.living
	some module in all
}

_of_role(id) := {module | some module in input.links.modules.role[id]}

_of_exposure(id) := {module |
	some vector in input.roles[id].exposure
	some module in input.links.modules.vector[vector]
}

mandatory contains id if {
	some id, module in input.training
	module.mandatory == true
}

# NOTE: a module that begins later cannot be completed yet.
_binding contains id if {
	some id in mandatory
	module := input.training[id]
	not _to_come(module)
}

_to_come(module) if module.since > input.as_of

# {person {module {role …}}}: what binds whom, and through which roles in which they serve now.
bound := {person: by_module |
	some person, held in _roles
	by_module := {module: roles |
		some each in held
		some module in (modules[each] & _binding)
		roles := {one | some one in held; module in modules[one]}
	}
	count(by_module) > 0
}

# {person {role …}}: in force, of persons who serve, in roles that a module applies to.
_roles := {person: held |
	some person, holdings in input.links.holdings
	held := {id |
		some [id, i] in holdings
		modules[id]
		i in role.served[id]
	}
	count(held) > 0
}

# The records of a person and module that have happened, by date.
records(person, module) := [id |
	some id in object.get(input.links.records, [person, module], [])
	term.happened(input.training_records[id].completed_on)
]
