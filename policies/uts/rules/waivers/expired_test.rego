package uts.rules.waivers.expired_test

import rego.v1

import data.uts.lib.testing
import data.uts.rules.waivers.expired as rule

found(fields) := got if {
	got := rule.findings with input as testing.corpus({"waivers": {"w-1": object.union(
		{
			"rule": "continuity/no-successor", "subject": "roles/lead", "reason": "Reorganisation", "approved_by": "chief",
			"approved_on": "2026-01-01",
		},
		fields,
	)}})
}

test_the_last_day_is_still_good if {
	found({"expires": "2026-06-16"}) == set()
	found({"expires": "2026-06-15"}) == set()
	found({"expires": "2026-06-14"}) == {{
		"path": ["waivers", "w-1", "expires"],
		"message": "the waiver \"w-1\" of \"continuity/no-successor\" for \"roles/lead\" expired on 2026-06-14",
	}}
}
