package uts.rules.training["no-module_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.training.base_test as base
import data.uts.rules.training["no-module"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

changed(section, id, fields) := object.union(base.base, {section: {id: fields}})

uncovered(vector) := {{
	"path": ["vectors", vector],
	"message": sprintf("no advanced module covers \"%s\" (%s), to which 1 role is exposed", [vector, base.base.vectors[vector].title]),
	"related": [{"path": ["roles", "driver", "exposure"], "message": "exposed"}],
}}

test_silent_where_an_advanced_module_covers_it if found(base.base) == set()

test_fires_where_none_does if found(changed("roles", "driver", {"exposure": ["travel", "online"]})) == uncovered("online")

test_a_basic_module_does_not_cover_it if found(changed("training", "routes", {"level": "basic"})) == uncovered("travel")

test_an_optional_module_covers_it if found(changed("training", "routes", {"mandatory": false})) == set()

test_an_advanced_module_for_everyone_covers_every_vector if {
	found(base.relinked(changed("roles", "driver", {"exposure": ["online"]}), base.for_everyone)) == set()
	basic := changed("training", "routes", {"level": "basic"})
	found(base.relinked(basic, base.for_everyone)) == uncovered("travel")
}

test_a_module_for_a_role_covers_no_vector if found(base.relinked(base.base, base.for_role)) == uncovered("travel")

test_silent_where_nobody_is_exposed if {
	found(changed("roles", "driver", {"exposure": []})) == set()
	found(object.union(changed("roles", "driver", {"exposure": ["online"]}), {"roles": {"driver": {"status": "abolished"}}})) == set()
	found(object.union(changed("roles", "driver", {"exposure": ["online"]}), {"roles": {"driver": {"external": true}}})) == set()
}

test_an_unknown_vector_is_passed_over if found(changed("roles", "driver", {"exposure": ["travel", "onlin"]})) == set()
