package uts.view.answerable_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.answerable

given := {
	"units": {"agency": {"name": "Agency", "chair": "director"}, "field": {"name": "Field"}},
	"people": {"p-1": {}, "p-2": {}},
	"roles": {
		"director": {"title": "Director", "unit": "agency", "holders": [
			{"person": "p-1"},
			{"person": "p-2", "to": "2026-06-14"},
			{"person": "never-declared"},
		]},
		"lead": {"title": "Lead", "unit": "agency"},
	},
	"responsibilities": {"brief": {"statement": "Brief"}, "open": {"statement": "Open"}},
	"assignments": {"a": {"responsibility": "brief", "role": "lead", "code": "A"}},
	"delegations": {"order": {"delegator": "director", "delegate": "lead", "authorities": []}},
	"directives": {"text": {"title": "Text", "owner": "lead"}},
	"obligations": {"shall": {"directive": "text", "text": "Shall"}, "must": {"directive": "ghost", "text": "Must"}},
	"actions": {"act": {"title": "Act", "owner": "TBD"}, "do": {"title": "Do", "owner": "director"}},
}

# Without the sections in which nobody is named.
roles(declared) := {section: ids | some section, ids in answer; count(ids) > 0} if {
	answer := answerable.answer with input as testing.corpus(declared)
}

test_each_kind_of_entry_has_its_own_owner if {
	roles(given) == {
		"roles": {"director": ["director"], "lead": ["lead"]},
		"assignments": {"a": ["lead"]},
		"responsibilities": {"brief": ["lead"]},
		"delegations": {"order": ["director"]},
		"units": {"agency": ["director"]},
		"directives": {"text": ["lead"]},
		"obligations": {"shall": ["lead"]},
		"actions": {"do": ["director"]},
		"people": {"p-1": ["director"]},
	}
}

ended := object.union(given, {
	"roles": {
		"director": {"title": "Director", "unit": "agency"},
		"lead": {"title": "Lead", "unit": "agency"},
		"liaison": {"title": "Liaison", "unit": "field", "status": "abolished"},
	},
	"assignments": {
		"a": {"responsibility": "brief", "role": "lead", "code": "A"},
		"c": {"responsibility": "brief", "role": "liaison", "code": "C"},
		"x": {"responsibility": "open", "role": "liaison", "code": "A"},
		"y": {"responsibility": "brief", "role": "ghost", "code": "R"},
	},
	"delegations": {"order": {"delegator": "liaison", "delegate": "lead", "authorities": []}},
	"actions": {"act": {"title": "Act", "owner": "liaison"}},
})

test_what_names_a_role_that_is_no_more_is_somebody_elses if {
	roles(ended) == {
		"assignments": {"a": ["lead"], "c": ["lead"], "y": ["lead"]},
		"responsibilities": {"brief": ["lead"]},
		"delegations": {"order": ["lead"]},
		"actions": {"do": ["director"]},
		"directives": {"text": ["lead"]},
		"obligations": {"shall": ["lead"]},
		"people": {"p-1": ["director"]},
		"roles": {"director": ["director"], "lead": ["lead"], "liaison": ["liaison"]},
		"units": {"agency": ["director"]},
	}
}

test_what_is_no_corpus_has_no_answer if {
	not answerable.answer with input as {}
}
