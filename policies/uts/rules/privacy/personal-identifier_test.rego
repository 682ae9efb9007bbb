package uts.rules.privacy["personal-identifier_test"]

import rego.v1

import data.uts.lib.testing
import data.uts.rules.privacy["personal-identifier"] as rule

found(given) := got if got := rule.findings with input as testing.corpus(given)

# The finding on a role with this description.
described(words) := found({"roles": {"lead": {"title": "Lead", "unit": "agency", "description": words}}})

told(kind, masked) := {{
	"path": ["roles", "lead", "description"],
	"message": sprintf("a text of \"lead\" holds %s: \"%s\"", [kind, masked]),
}}

email := "an e-mail address"

number := "a social security number"

telephone := "a telephone number"

passport := "a passport number"

plate := "a licence plate"

address := "a street address"

test_each_kind_is_found_and_masked if {
	described("Ask j.doe@agency.example today") == told(email, "*.***@******.*******")
	described("j.doe@agency.example") == told(email, "*.***@******.*******")
	described("SSN 123-45-6789.") == told(number, "***-**-****")
	described("Call +44 20 7946 0958") == told(telephone, "+** ** **** ****")
	described("Call +1 (202) 555-0100, day or night") == told(telephone, "+* (***) ***-****")
	described("Call (202) 555-0100") == told(telephone, "(***) ***-****")
	described("Call 202-555-0100") == told(telephone, "***-***-****")
	described("Call (202)555-0143") == told(telephone, "(***)***-****")
	described("1-202-555-0143") == told(telephone, "*-***-***-****")
	described("202 555-0143") == told(telephone, "*** ***-****")
	described("Call 202 555 0143") == told(telephone, "*** *** ****")
	described("tel.: 202\u00a0555\u202f0143") == told(telephone, "*** *** ****")
	described("202\u2010555\u20110143") == told(telephone, "***-***-****")
	described("Passport no. X1234567") == told(passport, "********")
	described("His passport: 123456789") == told(passport, "*********")
	described("Drives licence plate ABC-1234") == told(plate, "***-****")
	described("License plate 7ABC123") == told(plate, "*******")
	described("Lives at 12 Elm Street") == told(address, "** *** ******")
	described("Lives at 350 Fifth Avenue, upstairs") == told(address, "*** ***** ******")
	described("Lives at 1890 Elm Drive") == told(address, "**** *** *****")
	described("Lives at 2020 Elm Street") == told(address, "**** *** ******")
	described("Lives at 12 Elm St, upstairs") == told(address, "** *** **")
	described("Lives at 12 Elm Dr") == told(address, "** *** **")

	# A year and a drive of another kind.
	described("Plan the 2027 Christmas Food Drive") == set()
}

test_dates_orders_audits_and_ids_never_match if {
	every words in [
		"From 2026-01-15 to 2026-12-31", "Order 12-04", "Audit 25-065", "Order 12-04-2026", "see incident-line-202-555-0100",
		"d-123-45-6789", "Public Law 117-263", "5 U.S.C. 3346", "NIST SP 800-53 rev. 5", "210 days, 365 days", "000-12-3456",
		"900-12-3456", "1234-45-6789", "case 2025550100", "123-456-7890", "passport holders 12", "passport 2026 edition",
		"licence plate readers", "licence plate readers of 2026", "Budget code 300 400 5000", "number plate ANPR 2", "Section 12 Main points", "12 Months on the Road", "@watch",
		"at 20:15", "version 1.2.3", "p-0417",
	] {
		described(words) == set()
	}
}

test_hosts_of_urls_are_not_looked_at_and_the_rest_is if {
	described("https://j.doe@agency.example/path") == set()
	described("https://202-555-0100.example?x=1") == set()
	described("night // call 202-555-0143") == told(telephone, "***-***-****")
	described("see https://example.org and call 202-555-0143") == told(telephone, "***-***-****")
	described("https://j.doe@agency.example,202-555-0143") == told(telephone, "***-***-****")
	described("https://agency.example/j.doe@agency.example") == told(email, "*.***@******.*******")
	described("https://agency.example?call=202-555-0100") == told(telephone, "***-***-****")
	described("https://agency.example#202-555-0100") == told(telephone, "***-***-****")
}

test_one_finding_for_an_entry_at_its_first_place if {
	given := {"roles": {"lead": {"title": "Call 202-555-0100", "unit": "agency", "description": "j.doe@agency.example", "source": {"title": "Memo", "url": "https://x.example/+442079460958"}}}}
	found(given) == {{
		"path": ["roles", "lead", "description"],
		"message": "a text of \"lead\" holds a telephone number and an e-mail address: \"***-***-****\", \"*.***@******.*******\" and \"+************\"",
	}}
}

test_every_sort_of_text_is_looked_at if {
	every given in [
		{"people": {"p-1": {"name": "j.doe@agency.example"}}},
		{"units": {"u": {"name": "U", "tags": ["a", "j.doe@agency.example"]}}},
		{"responsibilities": {"r": {"statement": "R", "criteria": ["AT-3", "j.doe@agency.example"]}}},
		{"responsibilities": {"r": {"statement": "R", "criteria": [{"title": "j.doe@agency.example"}]}}},
		{"responsibilities": {"r": {"statement": "R", "joint_accountability": {"reason": "j.doe@agency.example", "approved_by": "x"}}}},
		{"roles": {"r": {"title": "R", "unit": "u", "vacancy": {"reason": "j.doe@agency.example"}}}},
		{"roles": {"r": {"title": "R", "unit": "u", "authorities": [{"authority": "a", "source": "j.doe@agency.example"}]}}},
		{"roles": {"r": {"title": "R", "unit": "u", "authorities": [{"authority": "a", "source": {"ref": "j.doe@agency.example"}}]}}},
		{"recommendations": {"r": {"report": {"title": "T", "ref": "j.doe@agency.example"}, "text": "T"}}},
		{"recommendations": {"r": {"report": "T", "text": "T", "evidence": ["E", "j.doe@agency.example"]}}},
		{"waivers": {"w": {"reason": "j.doe@agency.example"}}},
	] {
		count(found(given)) == 1
	}
}

test_ids_and_references_are_not_looked_at if {
	every given in [
		{"roles": {"202-555-0100": {"title": "R", "unit": "202-555-0100", "reports_to": "j.doe@agency.example"}}},
		{"roles": {"r": {"title": "R", "unit": "u", "holders": [{"person": "j.doe@agency.example"}]}}},
		{"roles": {"r": {"title": "R", "unit": "u", "authorities": [{"authority": "j.doe@agency.example"}]}}},
		{"delegations": {"d": {"delegator": "x", "delegate": "y", "authorities": ["j.doe@agency.example"]}}},
		{"responsibilities": {"r": {"statement": "R", "criteria": ["202-555-0100", "303-555-0100"]}}, "directives": {"202-555-0100": {"title": "D"}}, "recommendations": {"303-555-0100": {"report": "R", "text": "T"}}},
		{"waivers": {"w": {"reason": "R", "subject": "roles/202-555-0100", "approved_by": "j.doe@agency.example"}}},
	] {
		found(given) == set()
	}
}

test_what_has_ended_is_looked_at if {
	count(found({"roles": {"r": {"title": "j.doe@agency.example", "unit": "u", "status": "abolished"}}})) == 1
	count(found({"waivers": {"w": {"reason": "j.doe@agency.example", "expires": "2020-01-01"}}})) == 1
	count(found({"directives": {"d": {"title": "j.doe@agency.example", "from": "2030-01-01"}}})) == 1
}

test_an_integer_is_no_text if found({"recommendations": {"r": {"report": "R", "text": "T", "number": 2025550100}}}) == set()

test_the_codes_of_one_list_are_one_text if {
	one := {"responsibility": "watch", "role": "lead", "description": "j.doe@agency.example"}
	both := {"a/S": object.union(one, {"code": "S"}), "a/I": object.union(one, {"code": "I"})}
	together := {"links": {"written_together": {"a/S": ["a/S", "a/I"], "a/I": ["a/S", "a/I"]}}}
	{got.path[1] | some got in found(object.union({"assignments": both}, together))} == {"a/S"}
	{got.path[1] | some got in found({"assignments": both})} == {"a/S", "a/I"}
}
