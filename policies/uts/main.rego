# METADATA
# title: The answer
# description: >-
#   Evaluates the rules that `input.rules` names, each once, and says which these were; and answers the views that
#   `input.views` names, in the same evaluation.
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
	"views": views,
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

# NOTE: each by a whole reference of its own: for `data.uts.view[name]`, or an import of `data.uts.view`, the embedded
# engine evaluates every view.
views["answerable"] := data.uts.view.answerable.answer if "answerable" in input.views

views["criticality"] := data.uts.view.criticality.answer if "criticality" in input.views

views["mandate"] := data.uts.view.mandate.answer if "mandate" in input.views

views["matrix"] := data.uts.view.matrix.answer if "matrix" in input.views

views["owners"] := data.uts.view.owners.answer if "owners" in input.views

views["scorecard"] := data.uts.view.scorecard.answer if "scorecard" in input.views

views["seats"] := data.uts.view.seats.answer if "seats" in input.views

views["structure"] := data.uts.view.structure.answer if "structure" in input.views

views["unanswered"] := data.uts.view.unanswered.answer if "unanswered" in input.views

views["who"] := data.uts.view.who.answer if "who" in input.views

default digest := null

digest := data.uts_ruleset.digest
