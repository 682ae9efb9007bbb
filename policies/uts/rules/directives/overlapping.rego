# METADATA
# title: Directives that speak of the same matter
# description: >-
#   Directives in force on one topic, in intersecting scopes, of which none supersedes or outranks the other, and which do
#   not contradict each other in what they assign. Told once for each cluster that such pairs connect.
# custom:
#   level: warning
#   profile: standard
#   subjects: [directives]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         In short: policies were not clear and unambiguous throughout the enterprise.
#   effect: Readers follow the one text and do not know the other; the next change to one of them makes a contradiction.
#   remediation: Merge them, narrow their scopes, or state which supersedes or outranks the other.
#   waive: While two texts are being merged.
package uts.rules.directives.overlapping

import rego.v1

import data.uts.lib.directive
import data.uts.lib.former
import data.uts.lib.text

findings contains {"path": ["directives", id], "message": message, "related": related} if {
	some id, _ in directive.overlapping
	cluster := graph.reachable(directive.overlapping, {id})
	id == former.greatest("directives", cluster)
	message := sprintf("%s are in force on the topic %s in intersecting scopes, and none gives way to the others", [
		text.listed(cluster),
		text.quoted(input.directives[id].topic),
	])
	related := [{"path": ["directives", other], "message": "on the same matter"} | some other in sort(cluster); other != id]
}
