package uts.view.seats_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.seats

test_who_has_a_term_on_the_day_is_named_in_the_order_declared if {
	answer := seats.answer with input as testing.corpus({
		"people": {"p-1": {}, "p-2": {"status": "departed"}},
		"roles": {
			"lead": {"title": "Lead", "holders": [
				{"person": "p-2"}, {"person": "p-1"}, {"person": "p-3", "to": "2026-06-14"},
			]},
			"free": {"title": "Free"},
			"gone": {"title": "Gone", "status": "abolished", "holders": [{"person": "p-1"}]},
		},
	})
	answer == {"seats": {"free": [], "lead": ["p-2", "p-1"]}, "standing": {"free": "vacant", "lead": "held"}, "departed": ["p-2"]}
}

test_what_each_role_is_said_to_be if {
	answer := seats.answer with input as testing.corpus({
		"people": {"p-1": {}, "p-2": {"status": "departed"}},
		"roles": {
			"held": {"title": "Held", "holders": [{"person": "p-1"}]},
			"silent": {"title": "Silent"},
			"planned": {"title": "Planned", "vacancy": {"reason": "Recruiting"}},
			"left": {"title": "Left", "holders": [{"person": "p-2"}]},
			"abroad": {"title": "Abroad", "external": true},
			"staff": {"title": "Staff", "everyone": true},
			"body": {"title": "Body", "collective": true, "chair": "held", "holders": []},
		},
		"not_stated": {"holders": ["silent"]},
	})
	answer.standing == {
		"held": "held", "silent": "unstated", "planned": "vacancy",
		"left": "invalid", "abroad": "external", "staff": "everyone", "body": "chaired",
	}
}

test_what_is_no_corpus_has_no_answer if {
	not seats.answer with input as {}
}
