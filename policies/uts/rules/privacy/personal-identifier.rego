# METADATA
# title: Personal identifier in the declarations
# description: >-
#   A text holds what identifies a person or leads to one: an e-mail address; a US social security number; a telephone
#   number in international or ten-digit form (with spaces alone between the digits, after a word such as call); after that
#   word, a passport number or a licence plate; a street address. Ids, references, `contact` and the hosts of URLs are not
#   looked at. Told once for each entry, whether or not it is in force, at
#   the first place; the match is masked.
# custom:
#   level: warning
#   profile: standard
#   subjects: ["*"]
#   needs: []
#   parameters: {}
#   criteria:
#     - source: DOJ OIG audit 25-065 (summary)
#       text: >-
#         "the widespread collection and analysis of data for the purpose of connecting people to things, events, or
#         locations"
#   effect: The declarations travel further than their authors think, and lead an adversary to a person.
#   remediation: Write a pseudonym or a post in its place, and remove it from the history of the repository.
#   waive: >-
#     For a number or an address that is public and belongs to no person, such as a switchboard. Where the pattern is
#     mistaken, say so in the reason.
package uts.rules.privacy["personal-identifier"]

import rego.v1

import data.uts.lib.fields
import data.uts.lib.text

findings contains {"path": path, "message": message} if {
	some [section, id] in _suspects
	not _told_before(section, id)
	places := [place | some place in _places(section, id)]
	count(places) > 0
	path := array.concat([section, id], min({place.path | some place in places}))
	kinds := {place.kind | some place in places}
	masked := {place.masked | some place in places}
	message := sprintf("a text of %s holds %s: %s", [text.quoted(id), text.joined(sort(kinds)), text.listed(masked)])
}

# The codes of one list are one text, told on the first of them.
_told_before("assignments", id) if input.links.written_together[id][0] != id

# Sections of many entries and few texts: these are looked up, where elsewhere every field is passed by.
_sparse := {"assignments", "people", "training_records"}

_common := fields.common_texts | {fields.labels[section] | some section in _sparse}

# Sections in whose texts something may stand: one search for all of a section, which mostly finds nothing.
_suspected contains section if {
	some section in fields.sections
	not section in _sparse
	texts := [leaf |
		some _, entry in input[section]
		some field, value in entry
		field in _holding
		walk(value, [_, leaf])
		is_string(leaf)
	]
	regex.match(_any, _plain(concat("\n\n", texts)))
}

_suspected contains section if {
	some section in _sparse
	texts := [leaf |
		some _, entry in input[section]
		some field in _common
		value := entry[field]
		walk(value, [_, leaf])
		is_string(leaf)
	]
	regex.match(_any, _plain(concat("\n\n", texts)))
}

_holding := fields.texts | fields.nested_texts

# Entries of these in whose texts something may stand: one search for each.
_suspects contains [section, id] if {
	some section in _suspected
	some id, entry in input[section]
	texts := [leaf |
		some field, value in entry
		field in _holding
		walk(value, [_, leaf])
		is_string(leaf)
	]
	regex.match(_any, _plain(concat("\n\n", texts)))
}

# What is found in one entry, and where.
_places(section, id) := {place |
	some found in _read(input[section][id])
	hidden := regex.replace(_plain(found.text), _host, "://")
	some [kind, pattern] in _patterns
	some groups in regex.find_all_string_submatch_n(pattern, hidden, -1)
	place := {"path": found.path, "kind": kind, "masked": regex.replace(groups[2], `[^ .,:()@+#-]`, "*")}
}

# In a URL, all between `//` and what ends a host.
_host := concat("", ["://[^/?#,", text.spaces, "]*"])

# The texts of an entry with the way to each.
_read(entry) := {found |
	some field, value in entry
	field in fields.texts
	is_string(value)
	found := {"path": [field], "text": value}
} | {found |
	some field, value in entry
	field in fields.nested_texts
	walk(value, [way, leaf])
	is_string(leaf)
	_speaks(field, way)
	not _reference(field, way, leaf)
	found := {"path": array.concat([field], way), "text": leaf}
}

# A string in a list or in its own right, or beneath one of the keys that hold text. Authorities are grants, of which
# only the source is text, or ids.
_speaks(field, way) if {
	field != "authorities"
	keys := [step | some step in way; is_string(step)]
	count([key | some key in keys; not key in fields.inner_texts]) == 0
}

_speaks("authorities", way) if way[1] == "source"

_reference(field, way, leaf) if {
	field == "criteria"
	count(way) == 1
	_known(leaf)
}

_known(id) if input.directives[id]

_known(id) if input.recommendations[id]

# In each pattern the second group is what is told; around it stands what must not go on.
_patterns := {
	["an e-mail address", `(^|[^0-9A-Za-z._%+-])([0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*\.[A-Za-z][A-Za-z]+)`],
	["a social security number", `(^|[^0-9A-Za-z-])((?:00[1-9]|0[1-9][0-9]|[1-578][0-9][0-9]|6[0-57-9][0-9]|66[0-57-9])[- ][0-9][0-9][- ][0-9][0-9][0-9][0-9])(?:$|[^0-9A-Za-z-])`],
	["a telephone number", `(^|[^0-9A-Za-z+-])(\+[1-9](?:[ ().-]?[ ().-]?[0-9]){7,14}|(?:1[ .-])?(?:\([2-9][0-9][0-9]\)[ .-]?|[2-9][0-9][0-9][.-])[2-9][0-9][0-9][ .-][0-9][0-9][0-9][0-9]|(?:1[ .-])?[2-9][0-9][0-9] [2-9][0-9][0-9][.-][0-9][0-9][0-9][0-9])(?:$|[^0-9A-Za-z-])`],
	# NOTE: three groups of digits with nothing but spaces between them are as often a budget code or an account: a word
	# has to say that it is called.
	["a telephone number", `((?:^|[^A-Za-z])(?:[Cc]all|[Cc]ell|[Dd]ial|[Ff]ax|[Mm]obile|[Pp]hone|[Rr]each|[Rr]ing|[Tt]el|[Tt]elephone|[Tt]ext)[.:]*(?: [a-z]+)? )((?:1 )?[2-9][0-9][0-9] [2-9][0-9][0-9] [0-9][0-9][0-9][0-9])(?:$|[^0-9A-Za-z-])`],
	["a passport number", `([Pp][Aa][Ss][Ss][Pp][Oo][Rr][Tt](?: [Nn]umber| [Nn]o\.?)?[ :#]?[ :#]?[ :#]?)([A-Za-z]?[A-Za-z]?[0-9]{6,9})(?:$|[^0-9A-Za-z])`],
	["a licence plate", `((?:[Ll]icen[cs]e|[Nn]umber) [Pp]late(?: [Nn]umber| [Nn]o\.?)?[ :#][ :#]?)([A-Z]{1,3}[ -]?[0-9]{2,5}[ -]?[A-Z]{0,3}|[0-9]{1,4}[ -]?[A-Z]{1,3}[ -]?[0-9]{2,4}|[0-9]{3,4}[ -]?[A-Z]{2,3})(?:$|[^0-9A-Za-z])`],
	["a street address", `(^|[^0-9A-Za-z.,-])([0-9]{1,5} (?:[NSEW]\.? )?(?:(?:[A-Z][a-z]+|[0-9]{1,3}(?:st|nd|rd|th)) ){1,4}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Lane|Ln\.?|Dr\.|Boulevard|Blvd\.?)|(?:[0-9]{1,3}|0[0-9]{3}|1[0-8][0-9]{2}|2[1-9][0-9]{2}|[3-9][0-9]{3}|[0-9]{5}) (?:[NSEW]\.? )?(?:(?:[A-Z][a-z]+|[0-9]{1,3}(?:st|nd|rd|th)) ){1,4}(?:Drive|Dr))(?:$|[^0-9A-Za-z])`],
}

_any := concat("|", [pattern | some [_, pattern] in _patterns])

# No-break spaces and hyphens as plain ones.
_plain(words) := replace(replace(replace(replace(words, "\u00a0", " "), "\u202f", " "), "\u2010", "-"), "\u2011", "-")
