package uts.view.structure_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.structure

answer(given) := got if got := structure.answer with input as given

given := {
	"units": {
		"agency": {"name": "Agency", "chair": "director"},
		"field": {"name": "Field", "parent": "agency"},
		"old": {"name": "Old", "parent": "agency", "status": "archived"},
		"below": {"name": "Below", "parent": "old"},
	},
	"people": {"p-1": {}, "p-2": {"status": "departed"}},
	"roles": {
		"director": {"title": "Director", "unit": "agency", "holders": [{"person": "p-1"}]},
		"lead": {"title": "Lead", "unit": "field", "reports_to": "director"},
		"gone": {"title": "Gone", "unit": "field", "status": "abolished"},
		"clerk": {"title": "Clerk", "unit": "field", "reports_to": "gone"},
		"abroad": {"title": "Abroad", "unit": "field", "external": true},
		"left": {"title": "Left", "unit": "field", "holders": [{"person": "p-2"}]},
		"word": {"title": "Word", "unit": "field", "holders": [{"person": "TBD"}]},
		"board": {"title": "Board", "unit": "agency", "collective": true},
	},
	"incident_lines": {
		"local": {"incident": "leak", "command": "lead", "escalate_to": "top"},
		"top": {"title": "Top", "incident": "leak", "escalate_to": "ghost"},
	},
}

test_what_is_in_force_is_drawn_and_tied_to_what_is_drawn if {
	answer(testing.corpus(given)) == {
		"units": {
			"agency": {"name": "Agency"},
			"field": {"name": "Field", "parent": "agency"},
			"below": {"name": "Below"},
		},
		"roles": {
			"director": {"title": "Director", "unit": "agency", "vacant": false},
			"lead": {"title": "Lead", "unit": "field", "vacant": true, "reports_to": "director"},
			"clerk": {"title": "Clerk", "unit": "field", "vacant": true},
			"abroad": {"title": "Abroad", "unit": "field", "vacant": false},
			"left": {"title": "Left", "unit": "field", "vacant": true},
			"word": {"title": "Word", "unit": "field", "vacant": true},
			"board": {"title": "Board", "unit": "agency", "vacant": false},
		},
		"lines": {
			"local": {"title": "local", "command": "lead", "escalate_to": "top"},
			"top": {"title": "Top"},
		},
	}
}

test_what_is_no_corpus_has_no_answer if not answer(given)
