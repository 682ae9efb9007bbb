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
		"left": {"title": "Left", "unit": "field", "holders": [{"person": "p-2"}]},
		"purpose": {"title": "On purpose", "unit": "field", "vacancy": {"reason": "Frozen"}},
		"idle": {"title": "Idle", "unit": "field"},
	},
	"people": {"p-1": {}, "p-2": {"status": "departed"}},
	"responsibilities": {
		"brief": {"statement": "Brief"},
		"open": {"statement": "Open"},
		"partly": {"statement": "Partly"},
		"twice": {"statement": "Twice"},
		"gone": {"statement": "Gone"},
		"frozen": {"statement": "Frozen"},
	},
	"assignments": {
		"a": {"responsibility": "brief", "role": "director", "code": "A"},
		"b": {"responsibility": "partly", "role": "director", "code": "A", "scope": {"units": ["field"]}},
		"c": {"responsibility": "twice", "role": "director", "code": "A"},
		"d": {"responsibility": "twice", "role": "lead", "code": "A"},
		"e": {"responsibility": "gone", "role": "left", "code": "A"},
		"f": {"responsibility": "frozen", "role": "purpose", "code": "A"},
		"g": {"responsibility": "frozen", "role": "idle", "code": "R"},
	},
}

rules := {id: {"level": "error", "parameters": {}} |
	some id in ["ownership/multiple-accountable", "ownership/scope-gap", "ownership/unassigned", "staffing/vacant"]
}

test_gaps_and_doubles_are_what_the_rules_find_and_accountable_roles_that_nobody_holds_are_named if {
	corpus := testing.corpus(object.union(given, {"rules": rules}))
	answer := matrix.answer with input as corpus
	said := owners.answer with input as corpus
	answer == object.union(said, {"gaps": ["open", "partly"], "doubles": ["twice"], "vacant": {"lead": "vacant", "left": "invalid", "purpose": "vacancy"}, "unstated": []})
	unsaid := matrix.answer with input as object.union(corpus, {"not_stated": {"holders": ["lead"]}})
	[unsaid.vacant, unsaid.unstated] == [{"left": "invalid", "purpose": "vacancy"}, ["lead"]]
}

test_a_rule_that_does_not_run_marks_nothing if {
	marks := {"ownership/multiple-accountable": "doubles", "staffing/vacant": "vacant"}
	every rule, mark in marks {
		answer := matrix.answer with input as testing.corpus(object.union(given, {"rules": object.remove(rules, [rule])}))
		count(answer[mark]) == 0
		count(answer.gaps) == 2
	}
	some_gaps := matrix.answer with input as testing.corpus(object.union(given, {"rules": object.remove(rules, ["ownership/unassigned"])}))
	some_gaps.gaps == ["partly"]
	others := matrix.answer with input as testing.corpus(object.union(given, {"rules": object.remove(rules, ["ownership/scope-gap"])}))
	others.gaps == ["open"]
}

test_what_is_no_corpus_has_no_answer if {
	not matrix.answer with input as {}
}
