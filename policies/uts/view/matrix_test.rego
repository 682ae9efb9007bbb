package uts.view.matrix_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.matrix
import data.uts.view.owners

given := {
	"units": {"agency": {"name": "Agency"}, "field": {"name": "Field", "parent": "agency"}},
	"roles": {
		"director": {"title": "Director", "unit": "agency", "holders": [{"person": "p-1"}]},
		"lead": {"title": "Lead", "unit": "field"},
	},
	"people": {"p-1": {}},
	"responsibilities": {
		"brief": {"statement": "Brief"},
		"open": {"statement": "Open"},
		"partly": {"statement": "Partly"},
		"twice": {"statement": "Twice"},
	},
	"assignments": {
		"a": {"responsibility": "brief", "role": "director", "code": "A"},
		"b": {"responsibility": "partly", "role": "director", "code": "A", "scope": {"units": ["field"]}},
		"c": {"responsibility": "twice", "role": "director", "code": "A"},
		"d": {"responsibility": "twice", "role": "lead", "code": "A"},
	},
}

test_gaps_doubles_and_vacant_roles_are_what_the_rules_find if {
	corpus := testing.corpus(given)
	answer := matrix.answer with input as corpus
	said := owners.answer with input as corpus
	answer == object.union(said, {"gaps": ["open", "partly"], "doubles": ["twice"], "vacant": ["lead"]})
}

test_what_is_no_corpus_has_no_answer if {
	not matrix.answer with input as {}
}
