package uts.rules.directives["superseded-citation_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.directives.base_test as base
import data.uts.rules.directives["superseded-citation"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

citing(cited, more) := base.changed({"d-1": cited, "d-2": object.union({"cites": ["d-1"]}, more)})

resting(cited, more) := object.union(
	base.changed({"d-1": cited}),
	{"responsibilities": {"brief": object.union({"criteria": ["AT-3", {"title": "Law"}, "d-1"]}, more)}},
)

cites(words) := {{
	"path": ["directives", "d-2", "cites", 0],
	"message": sprintf("the directive \"d-2\" (Travel manual) cites \"d-1\" (Travel order), which %s", [words]),
	"key": "d-1",
}}

rests(words) := {{
	"path": ["responsibilities", "brief", "criteria", 2],
	"message": sprintf("the responsibility \"brief\" (Brief travellers) rests on \"d-1\" (Travel order), which %s", [words]),
	"key": "d-1",
}}

gone := [
	[{"status": "draft"}, "is a draft"],
	[{"status": "superseded"}, "is superseded"],
	[{"status": "rescinded"}, "is rescinded"],
	[{"to": "2026-06-14"}, "ended on 2026-06-14"],
	[{"status": "superseded", "to": "2026-06-14"}, "is superseded"],
]

test_fires_on_what_does_not_hold if {
	every pair in gone {
		found(citing(pair[0], {})) == cites(pair[1])
		found(resting(pair[0], {})) == rests(pair[1])
	}
}

test_silent_on_what_holds_or_has_not_begun if {
	every state in [{}, {"to": "2026-06-15"}, {"from": "2026-06-16"}] {
		found(citing(state, {})) == set()
		found(resting(state, {})) == set()
	}
}

test_silent_where_the_citing_one_supersedes_it_directly if {
	found(citing({"status": "superseded"}, {"supersedes": ["d-1"]})) == set()
}

test_only_directives_in_force_and_active_responsibilities_speak if {
	every state in base.not_in_force {
		found(citing({"status": "superseded"}, state)) == set()
	}
	found(resting({"status": "superseded"}, {"status": "retired"})) == set()
}

test_a_second_mention_is_not_told_again if {
	found(citing({"status": "draft"}, {"cites": ["d-1", "d-1"]})) == cites("is a draft")
	found(resting({"status": "draft"}, {"criteria": ["AT-3", "x", "d-1", "d-1"]})) == rests("is a draft")
}
