"""The closures against slow ones, written from the rule catalogue over sets of single (unit, vector) pairs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generate.pools import seeded
from tests.unit.corpus.documents import AS_OF, linked

DAYS = ("2026-06-13", "2026-06-14", "2026-06-15", "2026-06-16", "2026-06-17")
FIRST, LAST = "0001-01-01", "9999-12-31"
EVES = {day: f"2026-06-{int(day[-2:]) - 1}" for day in DAYS}
UNITS = ("u", "v", "w", "x")
VECTORS = ("k", "l")
ROLES = ("a", "b", "c", "d", "e")
AUTHORITIES = ("p", "q")


TERMS = (
    *({} for _ in range(12)),
    {"from": DAYS[2]},
    {"to": DAYS[2]},
    {"from": DAYS[1], "to": DAYS[4]},
    {"from": DAYS[3]},
    {"to": DAYS[1]},
    {"to": DAYS[3]},
    {"from": DAYS[1]},
)
"""Of these two have ended or not begun on the day. Most are open, so that there are chains."""


def organisation(seed):
    """A small one with a bit of everything, by seed: drawing each field with Hypothesis takes fifty times as long."""
    rng = seeded(seed)

    def some(pool, least=0, most=None):
        return rng.sample(pool, rng.randint(least, len(pool) if most is None else most))

    def scope():
        parts = {"units": some((*UNITS, "no"), 1, 2), "vectors": some((*VECTORS, "no"), 1, 2)}
        found = {part: ids for part, ids in parts.items() if rng.random() < 0.5}
        return {"scope": found} if rng.random() < 0.4 else {}

    def grant():
        return {"authority": rng.choice(AUTHORITIES), **scope(), **rng.choice(TERMS)}

    return {
        "units": [
            {"id": unit, "name": unit, **rng.choice([{}, {"parent": rng.choice(UNITS)}, {"status": "archived"}])}
            for unit in some(UNITS)
        ],
        "vectors": [{"id": vector, "title": vector} for vector in some(VECTORS)],
        "roles": [
            {
                "id": role,
                "title": role,
                "unit": "u",
                "authorities": [grant() for _ in range(rng.randint(0, 2))],
                **rng.choice([*({},) * 8, {"status": "abolished"}, {"external": True}]),
                **rng.choice([*({},) * 8, {"abolished_on": DAYS[2]}, {"abolished_on": DAYS[4]}]),
            }
            for role in ROLES
        ],
        "authorities": [
            {"id": name, "title": name, **rng.choice([{}, *({"redelegable": True},) * 3, {"delegable": False}])}
            for name in some(AUTHORITIES)
        ],
        "delegations": [
            {
                "id": f"d{number}",
                "delegator": rng.choice((*ROLES, *ROLES, "no")),
                "delegate": rng.choice((*ROLES, *ROLES, "no")),
                "authorities": some(AUTHORITIES, 1),
                **scope(),
                **rng.choice(TERMS),
                **rng.choice([{}, {}, {"redelegable": True}, {"redelegable": False}]),
                **rng.choice([*({},) * 6, {"rescinded_on": DAYS[2]}, {"rescinded_on": DAYS[3]}]),
            }
            for number in range(rng.randint(2, 9))
        ],
    }


SEEDS = st.integers(0, 2**32)


class Naive:
    """Everything spelt out: one element for each pair, term and permission, until nothing is added."""

    def __init__(self, made):
        self.units = {unit["id"]: unit for unit in made["units"]}
        self.vectors = {vector["id"] for vector in made["vectors"]}
        self.roles = {role["id"]: role for role in made["roles"]}
        self.authorities = {authority["id"]: authority for authority in made["authorities"]}
        self.delegations = made["delegations"]

    def above(self, unit):
        found = []
        while unit in self.units and unit not in found:
            found.append(unit)
            unit = self.units[unit].get("parent")
        return found

    def pairs(self, scope):
        active = [unit for unit, entry in self.units.items() if entry.get("status") != "archived"]
        units = set(active) if self.units else {""}
        if "units" in scope:
            units = {unit for unit in active if set(scope["units"]) & set(self.above(unit)) & set(active)}
        vectors = self.vectors or {""}
        if "vectors" in scope:
            vectors = self.vectors & set(scope["vectors"])
        return {(unit, vector) for unit in units for vector in vectors}

    def living(self, role):
        entry = self.roles.get(role, {"status": "abolished"})
        return entry["abolished_on"] > AS_OF if "abolished_on" in entry else entry.get("status") != "abolished"

    def external(self, role):
        return role in self.roles and self.roles[role].get("external", False)

    @staticmethod
    def current(entry):
        return entry.get("from", FIRST) <= AS_OF <= entry.get("to", LAST) and entry.get("rescinded_on", LAST) > AS_OF

    def end(self, entry, *roles):
        """Its last day: on the eve of its rescission, or of the abolition of one of the roles, all is over."""
        days = [self.roles.get(role, {}).get("abolished_on") for role in roles] + [entry.get("rescinded_on")]
        return min([entry.get("to", LAST), *(EVES[day] for day in days if day is not None)])

    def permitted(self, delegation, authority):
        return delegation.get("redelegable", self.authorities.get(authority, {}).get("redelegable", False))

    def grants(self):
        found = {
            (role, grant["authority"], *pair, grant.get("from", FIRST), self.end(grant, role), True)
            for role, entry in self.roles.items()
            if self.living(role)
            for grant in entry["authorities"]
            if self.current(grant)
            for pair in self.pairs(grant.get("scope", {}))
        }
        while True:
            more = {element for each in self.delegations for element in self.passed(each, found)} - found
            if not more:
                return found
            found |= more

    def passed(self, each, found):
        if not (self.current(each) and self.living(each["delegator"]) and self.living(each["delegate"])):
            return
        inside = self.pairs(each.get("scope", {}))
        for authority in each["authorities"]:
            if not self.authorities.get(authority, {}).get("delegable", True):
                continue
            word = self.permitted(each, authority)
            if self.external(each["delegator"]):
                for pair in inside:
                    term = each.get("from", FIRST), self.end(each, each["delegate"], each["delegator"])
                    yield each["delegate"], authority, *pair, *term, word
                continue
            for role, had, unit, vector, start, end, may_pass in found:
                if role == each["delegator"] and had == authority and may_pass and (unit, vector) in inside:
                    term = max(start, each.get("from", FIRST)), min(end, self.end(each, each["delegate"]))
                    yield each["delegate"], authority, unit, vector, *term, word

    def paper(self):
        found = set()
        for role, entry in self.roles.items():
            for grant in filter(self.current, entry["authorities"]):
                found |= {(role, grant["authority"], pair, True) for pair in self.pairs(grant.get("scope", {}))}
        links = [(each, name) for each in filter(self.current, self.delegations) for name in each["authorities"]]
        empty = [(each, name) for each, name in links if not each.get("scope") and self.baseless(each, name, links)]
        for each, name in empty:
            word = self.permitted(each, name)
            found |= {(each["delegate"], name, pair, word) for pair in self.pairs({})}
        self.say(links, found)
        return found

    def baseless(self, each, name, links):
        """Nothing can be known of what the delegator has: nobody, somebody elsewhere, nothing, or a loop by itself."""
        role = each["delegator"]
        if not self.living(role) or self.external(role):
            return True
        if self.owns(role, name):
            return False
        if not self.into(role, name, links):
            return True
        loop = self.loop(each, name, links)
        return bool(loop) and not any(
            self.owns(member["delegator"], name)
            or any(other not in loop for other in self.into(member["delegator"], name, links))
            for member in loop
        )

    def owns(self, role, name):
        return any(grant["authority"] == name for grant in filter(self.current, self.roles[role]["authorities"]))

    @staticmethod
    def into(role, name, links):
        return [other for other, had in links if had == name and other["delegate"] == role]

    def loop(self, each, name, links):
        """The delegations that each can be followed to and from."""
        judged = [
            other
            for other, had in links
            if had == name and self.living(other["delegator"]) and not self.external(other["delegator"])
        ]
        onward = {other["id"]: [one for one in judged if one["delegator"] == other["delegate"]] for other in judged}

        def reach(start):
            found, work = [], list(onward.get(start["id"], ()))
            while work:
                other = work.pop()
                if other not in found:
                    found.append(other)
                    work += onward[other["id"]]
            return found

        return [other for other in reach(each) if each in reach(other)]

    def last_days(self):
        """The last day of what each has of what has not ended, least fixpoint."""
        links = [(each, name) for each in filter(self.current, self.delegations) for name in each["authorities"]]
        days = {
            (role, grant["authority"], self.end(grant, role))
            for role, entry in self.roles.items()
            for grant in entry["authorities"]
            if grant.get("to", LAST) >= AS_OF
        }
        size = -1
        while size != len(days):
            size = len(days)
            for each in self.delegations:
                if each.get("to", LAST) < AS_OF or each.get("rescinded_on", LAST) <= AS_OF:
                    continue
                for name in each["authorities"]:
                    mine = {day for role, had, day in days if (role, had) == (each["delegator"], name)}
                    end = self.end(each, each["delegate"])
                    if "to" in each or self.baseless(each, name, links):
                        mine = {end}
                    days |= {(each["delegate"], name, min(day, end)) for day in mine}
        return days

    def say(self, links, found):
        size = -1
        while size != len(found):
            size = len(found)
            for each, name in links:
                if not each.get("scope") and self.baseless(each, name, links):
                    continue
                pairs = (
                    self.pairs(each["scope"])
                    if each.get("scope")
                    else {element[2] for element in found if element[:2] == (each["delegator"], name)}
                )
                found |= {(each["delegate"], name, pair, self.permitted(each, name)) for pair in pairs}


def longest(elements):
    """Terms that no other term of the same pair holds."""
    terms = {}
    for role, authority, unit, vector, start, end, _ in elements:
        terms.setdefault((role, authority, unit, vector), set()).add((start, end))
    return {
        key: {
            one
            for one in found
            if not any(other != one and other[0] <= one[0] and other[1] >= one[1] for other in found)
        }
        for key, found in terms.items()
    }


@settings(deadline=None, max_examples=600)
@given(SEEDS)
def test_grants_are_the_least_fixpoint_over_valid_delegations(seed):
    made = organisation(seed)
    naive = Naive(made)
    grants = linked(made)["grants"]
    spelt = [
        (role, authority, *pair, item["from"], item["to"], None)
        for role, by_authority in grants.items()
        for authority, items in by_authority.items()
        for item in items
        for pair in naive.pairs({key: item[key] for key in ("units", "vectors") if key in item})
    ]
    assert longest(spelt) == longest(naive.grants())


@settings(deadline=None, max_examples=300)
@given(SEEDS)
def test_each_grant_is_what_its_chain_says_and_no_other_one_holds_all_of_it(seed):
    made = organisation(seed)
    naive = Naive(made)
    by_id = {each["id"]: each for each in made["delegations"]}
    for role, by_authority in linked(made)["grants"].items():
        for authority, items in by_authority.items():
            for item in items:
                chain = [by_id[one] for one in item["via"]]
                assert [each["delegator"] for each in chain[1:]] + [role] == [each["delegate"] for each in chain] or (
                    not chain
                )
                assert all(authority in each["authorities"] and naive.current(each) for each in chain)
                mine = naive.pairs({key: item[key] for key in ("units", "vectors") if key in item})
                assert all(mine <= naive.pairs(each.get("scope", {})) for each in chain)
                assert not any(
                    other is not item
                    and other["from"] <= item["from"]
                    and other["to"] >= item["to"]
                    and "units" not in other
                    and "vectors" not in other
                    for other in items
                )


@settings(deadline=None, max_examples=600)
@given(SEEDS)
def test_paper_is_what_delegations_say_permission_aside(seed):
    made = organisation(seed)
    declared = {each["id"] for each in made["authorities"]}  # whoever has an unknown one may have any: test_grants.py
    made["authorities"] += [{"id": name, "title": name} for name in AUTHORITIES if name not in declared]
    naive = Naive(made)
    every, days = naive.paper(), naive.last_days()
    for role, by_authority in linked(made)["on_paper"].items():
        for authority, entry in by_authority.items():
            said = {"any": set(), "permitted": set()}
            for scope in entry["scopes"]:
                pairs = naive.pairs({key: scope[key] for key in ("units", "vectors") if key in scope})
                said["any"] |= pairs
                said["permitted"] |= pairs if scope["permitted"] else set()
            last = max((day for holder, had, day in days if (holder, had) == (role, authority)), default=FIRST)
            assert entry["until"] == last
            mine = [element for element in every if element[:2] == (role, authority)]
            assert said == {
                "any": {pair for *_, pair, _ in mine},
                "permitted": {pair for *_, pair, permitted in mine if permitted},
            }
