package uts.rules.continuity["shallow-succession_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.continuity.base_test as base
import data.uts.rules.continuity["shallow-succession"] as rule

found_with(depth, given) := got if {
	got := rule.findings with input as testing.corpus_for("continuity/shallow-succession", {"depth": depth}, given)
}

found(given) := found_with(3, given)

shallow(words) := {{"path": ["roles", "chief", "successors"], "message": concat("", ["\"chief\" (Chief) names ", words])}}

test_fires_below_the_depth if {
	found(base.base) == shallow("1 successor of 3 wanted")
	found(base.changed({"successors": ["deputy", "second"]})) == shallow("2 successors of 3 wanted")
	found(base.changed({"successors": ["deputy", "second", "third"]})) == set()
}

test_the_depth_is_configured if {
	found_with(1, base.base) == set()
	found_with(2, base.base) == shallow("1 successor of 2 wanted")
}

test_silent_without_any if found(base.changed({"successors": []})) == set()

test_silent_on_posts_out_of_sight if {
	every fields in base.out_of_sight {
		found(base.changed(fields)) == set()
	}
}

test_silence_is_not_absence if {
	given := testing.corpus_for("continuity/shallow-succession", {"depth": 3}, object.union(base.changed({"successors": []}), {"not_stated": {"successors": ["chief"]}}))
	findings := rule.findings with input as given
	judged := rule.judged with input as given
	not_judged := rule.not_judged with input as given
	findings == set()
	judged == set()
	not_judged == {{"path": ["roles", "chief"], "fact": "successors", "missing": ["roles", "chief"]}}
	stated := rule.judged with input as object.union(given, {"not_stated": {"successors": []}})
	stated == {["roles", "chief"]}
}
