package uts.main_test

import rego.v1

import data.uts.lib.testing
import data.uts.main

base := {
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"rules": {
		"ownership/unassigned": {"level": "error", "parameters": {}},
		"ownership/scope-gap": {"level": "error", "parameters": {}},
	},
}

finding := {
	"rule": "ownership/unassigned",
	"path": ["responsibilities", "brief"],
	"message": "nobody is accountable for \"brief\" (Brief travellers)",
}

answer(given) := got if got := main.result with input as given

test_the_result_names_rules_and_findings if {
	answer(testing.corpus(base)) == {
		"schema": "uts-policy/result/1",
		"digest": null,
		"findings": {finding},
		"evaluated": ["ownership/scope-gap", "ownership/unassigned"],
		"judged": {},
		"not_judged": {},
		"views": {},
	}
}

test_a_view_answers_where_the_input_names_it if {
	given := testing.corpus(base)
	every name in ["answerable", "criticality", "mandate", "matrix", "owners", "scorecard", "seats", "structure", "unanswered", "who"] {
		answered := answer(object.union(given, {"views": [name], "question": {"responsibilities": ["brief"]}}))
		answered.views == {name: data.uts.view[name].answer} with input as object.union(given, {"question": {"responsibilities": ["brief"]}})
	}
}

test_views_need_no_rule if {
	given := object.union(object.remove(testing.corpus(base), ["rules"]), {"rules": {}, "views": ["owners", "seats"]})
	got := answer(given)
	got.evaluated == []
	object.keys(got.views) == {"owners", "seats"}
}

test_only_selected_rules_speak if {
	got := answer(testing.corpus(object.union(object.remove(base, ["rules"]), {"rules": {
		"ownership/scope-gap": {"level": "error", "parameters": {}},
		"ownership/no-such-rule": {"level": "error", "parameters": {}},
		"no-rule-id": {"level": "error", "parameters": {}},
	}})))
	got.findings == set()
	got.evaluated == ["ownership/scope-gap"]
}

test_the_digest_is_that_of_the_rule_set if {
	got := main.result.digest with input as testing.corpus(base) with data.uts_ruleset as {"digest": "abc"}
	got == "abc"
}

test_undefined_where_the_input_is_no_corpus if {
	every given in [{}, [], null, {"schema": "uts-policy/corpus/2"}, {"responsibilities": []}] {
		not answer(given)
	}
}

broken(findings) := got if {
	given := testing.corpus({"rules": {"mine/broken": {"level": "error", "parameters": {}}}})
	got := main.result with input as given with data.uts.rules as {"mine": {"broken": {"findings": findings}}}
}

test_a_finding_that_is_no_object_is_not_dropped if {
	broken({"x", 3}).findings == {{"rule": "mine/broken", "value": "x"}, {"rule": "mine/broken", "value": 3}}
}

test_a_rule_whose_findings_are_no_set_was_not_evaluated if {
	every findings in [3, null, "x", ["x"], {"x": 1}] {
		got := broken(findings)
		got.evaluated == []
		got.findings == set()
	}
}
