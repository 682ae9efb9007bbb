package uts.rules.directives["unowned-obligation_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives["unowned-obligation"] as rule

found_with(fields, changes) := got if {
	obligations := {"obligations": {"o-1": object.union({"directive": "d-1", "text": "Travellers shall be briefed"}, fields)}}
	got := rule.findings with input as testing.corpus(object.union(object.union(base.base, obligations), changes))
}

found(fields) := found_with(fields, {})

retired := {"responsibilities": {"brief": {"status": "retired"}}}

unowned := {{
	"path": ["obligations", "o-1"],
	"message": "\"o-1\" of \"d-1\" (Travel order) has no responsibility that stands for it",
	"related": [],
}}

test_silent_where_a_responsibility_stands_for_it if found({"responsibilities": ["brief"]}) == set()

test_fires_without_one if {
	found({}) == unowned
	found({"responsibilities": []}) == unowned
}

test_fires_where_all_are_retired if {
	found_with({"responsibilities": ["brief"]}, retired) == {{
		"path": ["obligations", "o-1"],
		"message": "\"o-1\" of \"d-1\" (Travel order) has only retired responsibilities that stand for it",
		"related": [{"path": ["obligations", "o-1", "responsibilities", 0], "message": "retired"}],
	}}
	another := object.union(retired, {"responsibilities": {"watch": {"statement": "Watch"}}})
	found_with({"responsibilities": ["brief", "watch"]}, another) == set()
}

test_an_unknown_responsibility_counts_as_present if {
	found({"responsibilities": ["brie"]}) == set()
	found_with({"responsibilities": ["brief", "brie"]}, retired) == set()
}

test_silent_where_it_does_not_apply if found({"not_applicable": "Nobody travels"}) == set()

test_fires_only_where_the_directive_is_in_force if {
	every state in base.in_force {
		found_with({}, {"directives": {"d-1": state}}) == unowned
	}
	every state in base.not_in_force {
		found_with({}, {"directives": {"d-1": state}}) == set()
	}
	found({"directive": "d-9"}) == set()
}
