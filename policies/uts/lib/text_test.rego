package uts.lib.text_test

import rego.v1

import data.uts.lib.testing
import data.uts.lib.text

corpus := testing.corpus({
	"units": {"agency": {"name": "The agency"}},
	"roles": {"lead": {"title": "Lead"}, "same": {"title": "same"}, "bare": {}},
	"responsibilities": {"brief": {"statement": "Brief travellers"}},
})

test_an_entry_is_named_by_id_and_title if {
	text.named("roles", "lead") == "\"lead\" (Lead)" with input as corpus
	text.named("units", "agency") == "\"agency\" (The agency)" with input as corpus
	text.named("responsibilities", "brief") == "\"brief\" (Brief travellers)" with input as corpus
}

test_without_a_title_of_its_own_by_the_id_alone if {
	every id in ["same", "bare", "nobody"] {
		text.named("roles", id) == text.quoted(id) with input as corpus
	}
}

test_lists_are_sorted_and_cut_at_ten if {
	text.listed({"b"}) == "\"b\""
	text.listed(["c", "a", "b"]) == "\"a\", \"b\" and \"c\""
	ids := {id | some n in numbers.range(10, 21); id := sprintf("r%d", [n])}
	endswith(text.listed(ids), "\"r18\", \"r19\" and 2 more")
}

test_one_and_many if {
	text.counted(1, "seat", "seats") == "1 seat"
	text.counted(2, "seat", "seats") == "2 seats"
	text.counted(0, "seat", "seats") == "0 seats"
}

test_white_space_is_blank if {
	text.blank(" \t\n\u00a0\u2028\u3000")
	text.blank("")
	not text.blank(" a ")
}

test_a_name_that_says_more_than_the_id_goes_first if {
	given := {"people": {"p-1": {"name": "Ada Example"}, "p-2": {"name": "P-2"}, "p-3": {}}}
	text.people({"p-1", "p-2", "p-3", "p-4"}) == "Ada Example (\"p-1\"), \"p-2\", \"p-3\" and \"p-4\"" with input as given
}
