package uts.rules.authority["no-line-to-top_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.authority["no-line-to-top"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

base := {
	"units": {
		"agency": {"name": "Agency"},
		"north": {"name": "North", "parent": "agency"},
		"port": {"name": "Port", "parent": "north"},
	},
	"roles": {
		"chief": {"title": "Chief", "unit": "agency"},
		"head": {"title": "Head", "unit": "north", "reports_to": "chief"},
		"clerk": {"title": "Clerk", "unit": "port", "reports_to": "head"},
	},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
	"assignments": {"a": {"responsibility": "brief", "role": "clerk", "code": "A"}},
}

changed(id, fields) := object.union(base, {"roles": {id: fields}})

# The same with a line that ends below the top.
alone := object.union(
	object.remove(base, ["roles"]),
	{"roles": {"chief": base.roles.chief, "clerk": base.roles.clerk, "head": object.remove(base.roles.head, ["reports_to"])}},
)

told := {{
	"path": ["roles", "clerk"],
	"message": "the reporting line of \"clerk\" (Clerk) does not reach a root unit: it ends with \"head\" (Head)",
	"cause": "roles/head",
}}

test_silent_where_it_reaches_the_top if found(base) == set()

test_fires_where_it_ends_below if found(alone) == told

test_a_line_of_one_role_ends_with_it if {
	found(object.union(alone, {"assignments": {"a": {"role": "head"}}})) == {{
		"path": ["roles", "head"],
		"message": "the reporting line of \"head\" (Head) does not reach a root unit",
		"cause": "roles/head",
	}}
}

test_a_role_in_a_root_unit_has_arrived if found(object.union(alone, {"roles": {"clerk": {"unit": "agency"}}})) == set()

test_only_accountable_roles if found(object.union(alone, {"assignments": {"a": {"code": "R"}}})) == set()

test_an_external_role_is_good_from_there if {
	found(object.union(alone, {"roles": {"head": {"external": true}}})) == set()
	found(object.union(alone, {"roles": {"clerk": {"external": true}}})) == set()
}

test_silent_where_the_line_loops if {
	loop := {"roles": {"head": {"reports_to": "clerk"}}, "links": {"cycles": {"reports": [["clerk", "head"]]}}}
	found(object.union(base, loop)) == set()
}

test_silent_where_the_line_meets_what_is_bad if {
	found(changed("head", {"reports_to": "chif"})) == set()
	found(object.union(changed("head", {"reports_to": "chief"}), {"roles": {"chief": {"status": "abolished"}}})) == set()
	found(object.union(alone, {"roles": {"head": {"status": "abolished"}}})) == set()
	found(object.union(alone, {"roles": {"head": {"unit": "nort"}}})) == set()
	found(object.union(alone, {"units": {"port": {"status": "archived"}}})) == set()
	found(object.union(alone, {"units": {"agency": {"parent": "nowhere"}}})) == set()
}

silence(given, unsaid) := {"findings": findings, "judged": judged, "not_judged": not_judged} if {
	asked := testing.corpus(object.union(given, {"not_stated": unsaid}))
	findings := rule.findings with input as asked
	judged := rule.judged with input as asked
	not_judged := rule.not_judged with input as asked
}

test_silence_is_not_absence if {
	silence(alone, {"reports_to": ["head"]}) == {
		"findings": set(),
		"judged": set(),
		"not_judged": {{"path": ["roles", "clerk"], "fact": "reports_to", "missing": ["roles", "head"]}},
	}
	silence(alone, {"reports_to": ["clerk"]}) == {"findings": told, "judged": {["roles", "clerk"]}, "not_judged": set()}
	silence(base, {"reports_to": ["head"]}) == {"findings": set(), "judged": {["roles", "clerk"]}, "not_judged": set()}
}
