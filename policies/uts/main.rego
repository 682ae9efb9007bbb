# METADATA
# title: The answer
# description: Evaluates the rules that `input.rules` names, each once, and says which these were.
package uts.main

import rego.v1

# NOTE: undefined, not empty, where the input is no corpus: raw declarations must never look like "no findings".
result := {
	"schema": "uts-policy/result/1",
	"digest": digest,
	"findings": findings,
	"evaluated": evaluated,
	"judged": judged,
	"not_judged": not_judged,
} if {
	input.schema == "uts-policy/corpus/1"
}

findings contains finding if {
	some id, _ in input.rules
	[category, name] := split(id, "/")
	all := data.uts.rules[category][name].findings
	is_set(all)
	some found in all
	finding := _of(id, found)
}

_of(id, found) := object.union(found, {"rule": id}) if is_object(found)

# NOTE: no finding, and told so by whoever reads it: OPA would drop it without a word where it is not looked at first.
_of(id, found) := {"rule": id, "value": found} if not is_object(found)

evaluated := sort([id |
	some id, _ in input.rules
	[category, name] := split(id, "/")
	is_set(data.uts.rules[category][name].findings)
])

# {rule [[section, id]]}: the entries that a rule with needs has judged, passed or failed.
judged := {id: paths |
	some id in evaluated
	[category, name] := split(id, "/")
	paths := data.uts.rules[category][name].judged
}

# {rule [{path, fact, missing}]}: those that it could not, since `missing` does not state the fact.
not_judged := {id: lacks |
	some id in evaluated
	[category, name] := split(id, "/")
	lacks := data.uts.rules[category][name].not_judged
}

default digest := null

digest := data.uts_ruleset.digest
