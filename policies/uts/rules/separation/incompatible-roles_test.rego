package uts.rules.separation["incompatible-roles_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.separation["incompatible-roles"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}},
	"people": {"p-1": {"name": "P1"}},
	"roles": {
		"buyer": {"title": "Buyer", "unit": "agency", "incompatible_with": ["payer"], "holders": [{"person": "p-1"}]},
		"payer": {"title": "Payer", "unit": "agency", "holders": [{"person": "p-1"}]},
	},
}

changed(id, fields) := object.union(base, {"roles": {id: fields}})

both := {{
	"path": ["people", "p-1"],
	"message": "P1 (\"p-1\") holds both \"buyer\" (Buyer) and \"payer\" (Payer), which do not go together",
	"related": [{"path": ["roles", "buyer"], "message": "held"}, {"path": ["roles", "payer"], "message": "held"}],
	"key": "buyer/payer",
}}

test_fires_whichever_names_the_other if {
	found(base) == both
	found(object.union(changed("buyer", {"incompatible_with": []}), {"roles": {"payer": {"incompatible_with": ["buyer"]}}})) == both
	found(changed("payer", {"incompatible_with": ["buyer"]})) == both
}

test_silent_where_neither_does if found(changed("buyer", {"incompatible_with": []})) == set()

test_both_must_be_held_now if {
	found(changed("payer", {"holders": [{"person": "p-2"}]})) == set()
	found(changed("payer", {"holders": [{"person": "p-1", "to": "2026-06-14"}]})) == set()
	found(changed("payer", {"holders": [{"person": "p-1", "to": "2026-06-15"}]})) == both
}

test_both_must_live if found(changed("payer", {"status": "abolished"})) == set()

test_a_role_is_compatible_with_itself if {
	found(object.union(base, {"roles": {"buyer": {"incompatible_with": ["buyer"]}}})) == set()
}

test_whoever_has_left_or_is_unknown_is_passed_over if {
	found(object.union(base, {"people": {"p-1": {"status": "departed"}}})) == set()
	found(object.remove(base, ["people"])) == set()
}
