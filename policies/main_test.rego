package main_test

import rego.v1

import data.main
import data.uts.lib.testing

# One responsibility without an owner (an error here), one that nobody performs (a warning).
base := {
	"responsibilities": {"brief": {"statement": "Brief\ntravellers"}},
	"rules": {
		"ownership/unassigned": {"level": "error", "parameters": {}},
		"ownership/no-performer": {"level": "warning", "parameters": {}},
		"directives/no-owner": {"level": "note", "parameters": {}},
	},
	"directives": {"order": {"title": "Order"}},
}

messages(given) := {"deny": deny, "warn": warn} if {
	denied := main.deny with input as given
	warned := main.warn with input as given
	deny := {found.msg | some found in denied}
	warn := {found.msg | some found in warned}
}

unassigned := "ownership/unassigned: responsibilities/brief: nobody is accountable for \"brief\" (Brief travellers)"

no_performer := concat(" ", [
	"ownership/no-performer: responsibilities/brief:",
	"no role is responsible for doing \"brief\" (Brief travellers)",
])

no_owner := "directives/no-owner: directives/order: nobody owns the directive \"order\" (Order)"

test_errors_are_denied_and_the_rest_is_a_warning if {
	messages(testing.corpus(base)) == {"deny": {unassigned}, "warn": {no_performer, no_owner}}
}

test_the_level_is_the_one_configured if {
	given := object.union(base, {"rules": {"ownership/unassigned": {"level": "warning"}}})
	messages(testing.corpus(given)) == {"deny": set(), "warn": {unassigned, no_performer, no_owner}}
}

test_a_message_carries_the_facts if {
	found := main.deny with input as testing.corpus(base)
	found == {{
		"rule": "ownership/unassigned",
		"level": "error",
		"entry": "responsibilities/brief",
		"path": ["responsibilities", "brief"],
		"message": "nobody is accountable for \"brief\" (Brief\ntravellers)",
		"msg": unassigned,
	}}
}

waived(waiver) := messages(testing.corpus(object.union(base, {
	"waivers": {"w": waiver},
	"links": {"waived": {"ownership/unassigned": {"responsibilities/brief": ["w"]}}},
})))

test_waived_findings_are_left_out if waived({}) == {"deny": set(), "warn": {no_performer, no_owner}}

test_a_waiver_with_a_key_hides_that_key_only if waived({"key": "lead"}).deny == {unassigned}

keyed(key) := messages(testing.corpus({
	"roles": {"lead": {"title": "Lead", "unit": "nroth"}},
	"rules": {"reference/unknown": {"level": "error", "parameters": {}}},
	"waivers": {"w": {"key": key}},
	"links": {"waived": {"reference/unknown": {"roles/lead": ["w"]}}},
}))

test_a_waiver_hides_the_key_that_it_names if {
	keyed("unit/nroth").deny == set()
	keyed("unit/north").deny == {"reference/unknown: roles/lead: \"nroth\" names no unit"}
}

not_loaded := concat(" ", [
	"mine/own: not evaluated:",
	"it is in the corpus and not among the rules loaded here; load what `uts-policy bundle` writes",
])

test_a_rule_that_is_not_loaded_is_denied_whatever_its_level if {
	every level in ["error", "warning", "note"] {
		given := testing.corpus(object.union(base, {"rules": {"mine/own": {"level": level, "parameters": {}}}}))
		messages(given) == {"deny": {unassigned, not_loaded}, "warn": {no_performer, no_owner}}
	}
}

refusal := concat(" ", [
	"this is no corpus, so no rule was evaluated:",
	"give the output of `uts-policy corpus`, not the declarations themselves",
])

test_what_is_no_corpus_is_denied_in_words if {
	every given in [{}, [], null, "text", {"schema": "uts-policy/corpus/2"}, {"rules": {"a/b": {}}}, {"responsibilities": [{"id": "brief"}]}] {
		messages(given) == {"deny": {refusal}, "warn": set()}
	}
}
