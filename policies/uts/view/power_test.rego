package uts.view.power_test

import rego.v1

import data.uts.lib.testing
import data.uts.view.power

of(role, given) := got if got := power.of(role, "sign") with input as testing.corpus(given)

base := {
	"units": {"agency": {"name": "Agency"}},
	"vectors": {"online": {"title": "Online"}},
	"authorities": {"sign": {"title": "Sign"}},
	"roles": {
		"director": {"title": "Director", "unit": "agency"},
		"lead": {"title": "Lead", "unit": "agency"},
	},
}

order := {"order": {
	"delegator": "director", "delegate": "lead", "authorities": ["sign"],
	"instrument": "Order 1", "from": "2026-01-01",
}}

all := {"units": {"agency"}, "vectors": {"online"}}

open := {"from": "0001-01-01", "to": "9999-12-31"}

test_an_own_grant_is_its_own_origin if {
	given := object.union(base, {
		"roles": {"director": {"authorities": [{"authority": "sign", "source": "Charter"}, {"authority": "other"}]}},
		"links": {"grants": {"director": {"sign": [object.union(open, {"via": []})]}}},
	})
	of("director", given) == {
		"authority": "sign",
		"path": ["authorities", "sign"],
		"state": "held",
		"regions": [all],
		"doubtful": false,
		"grants": [object.union(open, {
			"scope": {},
			"origin": {"role": "director", "external": false, "grants": [object.union(open, {
				"path": ["roles", "director", "authorities", 0],
				"source": "Charter",
			})]},
			"delegations": [],
		})],
		"ended": [],
	}
}

test_a_delegation_leads_back_to_where_it_comes_from if {
	given := object.union(base, {
		"delegations": order,
		"roles": {"director": {"external": true}},
		"links": {
			"grants": {"lead": {"sign": [object.union(open, {"via": ["order"], "units": ["agency"]})]}},
			"grants_over_bad_scopes": {"lead": ["sign"]},
		},
	})
	of("lead", given) == {
		"authority": "sign",
		"path": ["authorities", "sign"],
		"state": "held",
		"regions": [all],
		"doubtful": true,
		"grants": [object.union(open, {
			"scope": {"units": ["agency"]},
			"origin": {"role": "director", "external": true, "grants": []},
			"delegations": [{
				"delegation": "order", "path": ["delegations", "order"], "delegator": "director",
				"delegate": "lead", "from": "2026-01-01", "to": "9999-12-31", "instrument": "Order 1",
			}],
		})],
		"ended": [],
	}
}

ended(given) := [found.state, found.ended] if found := of("lead", given)

test_what_was_never_held_is_none if ended(base) == ["none", []]

test_what_a_role_does_not_say_that_it_holds_is_not_stated if {
	ended(object.union(base, {"not_stated": {"grants": ["lead"]}})) == ["not-stated", []]
}

test_a_grant_that_ended_further_up_is_found if {
	given := object.union(base, {
		"delegations": order,
		"roles": {"director": {"authorities": [{"authority": "sign", "to": "2026-06-14"}]}},
	})
	ended(given) == ["lapsed", [{"path": ["roles", "director", "authorities", 0], "role": "director", "on": "2026-06-14"}]]
}

test_a_delegation_ends_on_its_last_day_or_when_it_is_rescinded if {
	over := {"path": ["delegations", "order"], "role": "lead", "on": "2026-06-14"}
	ended(object.union(base, {"delegations": object.union(order, {"order": {"to": "2026-06-14"}})})) == ["lapsed", [over]]
	rescinded := object.union(order, {"order": {"rescinded_on": "2026-06-15"}})
	ended(object.union(base, {"delegations": rescinded})) == ["lapsed", [object.union(over, {"on": "2026-06-15"})]]
	still := object.union(order, {"order": {"rescinded_on": "2026-06-16", "to": "2026-06-15"}})
	ended(object.union(base, {"delegations": still})) == ["none", []]
}

test_a_link_and_a_grant_end_on_the_eve_of_what_ends_them if {
	given := object.union(base, {
		"delegations": object.union(order, {"order": {"to": "2027-12-31", "rescinded_on": "2027-03-01"}}),
		"roles": {"director": {"authorities": [{"authority": "sign"}], "abolished_on": "2027-05-01"}},
		"links": {"grants": {"lead": {"sign": [object.union(open, {"via": ["order"]})]}}},
	})
	_last_days(given) == [["2027-02-28"], ["2027-04-30"]]
	sooner := object.union(given, {"roles": {"lead": {"abolished_on": "2027-02-01"}}})
	_last_days(sooner) == [["2027-01-31"], ["2027-04-30"]]
}

# Of the links, and of the grants at their beginning. The host adds the eves to the days.
_last_days(given) := [[link.to | some link in grant.delegations], [own.to | some own in grant.origin.grants]] if {
	eves := {day: testing.number(day) | some day in ["2027-01-31", "2027-02-28", "2027-04-30"]}
	whole := object.union(testing.corpus(given), {"days": eves})
	found := power.of("lead", "sign") with input as whole
	grant := found.grants[0]
}
