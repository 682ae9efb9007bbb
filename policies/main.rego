# METADATA
# title: For conftest and opa eval
# description: >-
#   The findings of `data.uts.main` as `deny` (errors) and `warn` (warnings and notes), without those that a waiver in
#   force hides.
package main

import rego.v1

import data.uts.main as answer

deny contains {"msg": message} if {
	not answer.result
	message := concat(" ", [
		"this is no corpus, so no rule was evaluated:",
		"give the output of `uts-policy corpus`, not the declarations themselves",
	])
}

# NOTE: a rule that is not loaded would look like one that found nothing.
deny contains {"msg": message, "rule": id} if {
	result := answer.result
	evaluated := {id | some id in result.evaluated}
	some id, _ in input.rules
	not evaluated[id]
	message := sprintf("%s: not evaluated: %s", [
		id,
		"it is in the corpus and not among the rules loaded here; load what `uts-policy bundle` writes",
	])
}

deny contains shown if {
	some shown in _shown
	shown.level == "error"
}

warn contains shown if {
	some shown in _shown
	shown.level != "error"
}

_shown contains shown if {
	some finding in answer.result.findings
	entry := sprintf("%s/%s", [finding.path[0], finding.path[1]])
	not _waived(finding, entry)
	shown := object.union(finding, {
		"level": input.rules[finding.rule].level,
		"entry": entry,
		"msg": _line(finding, entry),
	})
}

_waived(finding, entry) if {
	some waiver in input.links.waived[finding.rule][entry]
	_hides(input.waivers[waiver], finding)
}

_hides(waiver, _) if not waiver.key

_hides(waiver, finding) if waiver.key == finding.key

_line(finding, entry) := regex.replace(
	sprintf("%s: %s: %s", [finding.rule, entry, finding.message]),
	`[\x{0}-\x{1f}\x{7f}-\x{9f}\x{2028}\x{2029}]+`,
	" ",
)
