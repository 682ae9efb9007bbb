# METADATA
# title: Citation of a directive that no longer holds
# description: >-
#   A directive in force cites, or an active responsibility rests on, a directive that is superseded, rescinded, a draft, or
#   past its end. A directive may cite what it supersedes itself.
# custom:
#   level: error
#   profile: standard
#   subjects: [directives, responsibilities]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: Judgement of this project
#       text: >-
#         No authority was found. What rests on a text that is gone means something else to each reader.
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: policies were not clear and unambiguous throughout the enterprise.
#   effect: Whoever looks up why something is done finds a text that does not hold, and stops doing it.
#   remediation: Cite the text that holds now, or drop the citation.
#   waive: For a text that will be reissued anyway by a date.
package uts.rules.directives["superseded-citation"]

import rego.v1

import data.uts.lib.directive
import data.uts.lib.term
import data.uts.lib.text

findings contains {"path": ["directives", id, "cites", i], "message": message, "key": cited} if {
	some id in directive.in_force
	cites := input.directives[id].cites
	some i, cited in cites
	words := _gone[cited]
	before := array.slice(cites, 0, i)
	not cited in before
	supersedes := input.directives[id].supersedes
	not cited in supersedes
	message := sprintf("the directive %s cites %s, which %s", [
		text.named("directives", id),
		text.named("directives", cited),
		words,
	])
}

findings contains {"path": ["responsibilities", id, "criteria", i], "message": message, "key": cited} if {
	some id, duty in input.responsibilities
	duty.status == "active"
	some i, cited in duty.criteria
	words := _gone[cited]
	before := array.slice(duty.criteria, 0, i)
	not cited in before
	message := sprintf("the responsibility %s rests on %s, which %s", [
		text.named("responsibilities", id),
		text.named("directives", cited),
		words,
	])
}

# {directive: why it no longer holds, or does not yet}
_gone := {id: words |
	some id, cited in input.directives
	words := _why(cited)
}

_why(cited) := _status[cited.status]

_why(cited) := sprintf("ended on %s", [cited.to]) if {
	cited.status in {"in-force", "under-review"}
	term.ended(cited)
}

_status := {"draft": "is a draft", "superseded": "is superseded", "rescinded": "is rescinded"}
