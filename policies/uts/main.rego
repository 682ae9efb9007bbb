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
} if {
	input.schema == "uts-policy/corpus/1"
}

findings contains finding if {
	some id, _ in input.rules
	[category, name] := split(id, "/")
	some found in data.uts.rules[category][name].findings
	finding := object.union(found, {"rule": id})
}

evaluated := sort([id |
	some id, _ in input.rules
	[category, name] := split(id, "/")
	data.uts.rules[category][name].findings
])

default digest := null

digest := data.uts_ruleset.digest
