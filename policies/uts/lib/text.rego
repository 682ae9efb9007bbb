# METADATA
# title: Words
# description: How ids and lists of ids are written in messages.
package uts.lib.text

import rego.v1

# `"the-id"`.
quoted(id) := concat("", ["\"", id, "\""])

# `"the-id" (The title)`, for an entry that has a title and whose id does not say as much.
named(section, id) := sprintf("\"%s\" (%s)", [id, title]) if {
	title := _title(section, id)
	title != id
} else := quoted(id)

# `A Name ("the-id")`, for a person whose name is declared: what people know somebody by comes first.
person(id) := sprintf("%s (\"%s\")", [name, id]) if {
	name := input.people[id].name
	folded(name) != id
} else := quoted(id)

# In lower case. NOTE: engines disagree on the lower case of these two letters only, so they are settled before.
folded(string) := replace(lower(replace(replace(string, "İ", "i"), "Σ", "σ")), "ς", "σ")

# Several persons, in the order of their ids.
people(ids) := joined([person(id) | some id in sort(ids)])

# NOTE: what a document says in its own words is too long for a message.
_title(section, id) := input[section][id][label] if {
	label := data.uts.lib.fields.labels[section]
	label != "text"
}

# `"a", "b" and "c"`, in the order of the ids.
listed(ids) := joined([quoted(id) | some id in sort(ids)])

# Words in a list, in the order given; beyond ten, how many more.
joined(words) := words[0] if count(words) == 1

joined(words) := sprintf("%s and %s", [concat(", ", array.slice(words, 0, last)), words[last]]) if {
	count(words) > 1
	count(words) <= 10
	last := count(words) - 1
}

joined(words) := sprintf("%s and %v more", [concat(", ", array.slice(words, 0, 10)), count(words) - 10]) if {
	count(words) > 10
}

# `1 responsibility`, `2 responsibilities`.
counted(1, singular, _) := concat(" ", ["1", singular])

counted(number, _, plural) := sprintf("%v %s", [number, plural]) if number != 1

# Nothing but white space.
blank(string) if trim(regex.replace(string, white_space, " "), " ") == ""

# NOTE: written out, because `\s` means ASCII to one engine and Unicode to the other.
white_space := concat("", ["[", spaces, "]+"])

spaces := `\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}`
