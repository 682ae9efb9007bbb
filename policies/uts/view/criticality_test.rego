package uts.view.criticality_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.criticality

given := {
	"units": {"agency": {"name": "Agency"}, "field": {"name": "Field"}},
	"people": {"p-1": {}, "p-2": {}},
	"authorities": {"command": {"title": "Command"}, "sign": {"title": "Sign"}},
	"roles": {
		"director": {"title": "Director", "unit": "agency", "holders": [{"person": "p-1"}, {"person": "p-2", "to": "2026-06-14"}]},
		"clerk": {"title": "Clerk", "unit": "field"},
	},
	"responsibilities": {
		"brief": {"statement": "Brief", "criticality": "low", "requires": ["command"]},
		"respond": {"statement": "Respond", "criticality": "critical", "requires": ["command"]},
		"closed": {"statement": "Closed", "criticality": "high", "status": "retired", "requires": ["sign"]},
	},
	"assignments": {
		"a": {"responsibility": "brief", "role": "director", "code": "A"},
		"b": {"responsibility": "respond", "role": "director", "code": "R"},
		"c": {"responsibility": "closed", "role": "clerk", "code": "A"},
		"d": {"responsibility": "respond", "role": "clerk", "code": "A", "to": "2026-06-14"},
		"e": {"responsibility": "respond", "role": "clerk", "code": "I"},
	},
	"delegations": {
		"order": {"delegator": "director", "delegate": "clerk", "authorities": ["sign", "command"]},
		"empty": {"delegator": "director", "delegate": "clerk", "authorities": ["sign"]},
	},
	"directives": {"text": {"title": "Text"}, "names": {"title": "Names", "assigns": [{"responsibility": "brief", "role": "clerk"}]}},
	"obligations": {"shall": {"directive": "text", "text": "Shall", "responsibilities": ["brief", "respond"]}},
	"incident_lines": {"line": {"incident": "theft", "declare": "clerk", "command": "director"}},
	"waivers": {
		"w": {"rule": "a/b", "subject": "roles/director"},
		"all": {"rule": "a/b", "subject": "roles/*"},
	},
}

concerned(declared) := {section: ids | some section, ids in answer; count(ids) > 0} if {
	answer := criticality.answer with input as testing.corpus(declared)
}

test_an_entry_has_the_criticality_of_its_most_critical_duty if {
	concerned(given) == {
		"responsibilities": {"brief": "low", "respond": "critical", "closed": "high"},
		"assignments": {"a": "low", "b": "critical", "d": "critical", "e": "critical"},
		"roles": {"director": "critical"},
		"people": {"p-1": "critical"},
		"units": {"agency": "critical"},
		"incident_lines": {"line": "critical"},
		"authorities": {"command": "critical"},
		"delegations": {"order": "critical"},
		"obligations": {"shall": "critical"},
		"directives": {"text": "critical", "names": "low"},
		"waivers": {"w": "critical"},
	}
}

test_undefined_where_the_input_is_no_corpus if {
	every declared in [{}, {"schema": "uts-policy/corpus/2"}, []] {
		not criticality.answer with input as declared
	}
}
