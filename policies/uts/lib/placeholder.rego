# METADATA
# title: Placeholders
# description: Words that stand where an owner's name should be. They count as present, and as placeholders only.
package uts.lib.placeholder

import rego.v1

# In the place of a role: a placeholder, and not the id of a declared role.
role(value) if {
	not input.roles[value]
	_word(value)
}

# In the place of a person.
person(value) if {
	not input.people[value]
	_word(value)
}

_word(value) if _folded(regex.replace(value, data.uts.lib.text.white_space, " ")) in _words

_words := {_folded(word) | some word in input.placeholders}

_folded(string) := trim(data.uts.lib.text.folded(string), " ")
