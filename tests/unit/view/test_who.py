"""`uts.view.who` against the rules' own verdict, on random corpora."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.generate.asked import Asked, about_all, ask
from uts_policy.model.corpus import Corpus

pytestmark = pytest.mark.slow

CORPORA = 120
PLACEHOLDER = "ownership/placeholder-owner"
NOWHERE = {"status": "archived"}
VIEW = "who"
NO_ROLE = {
    "placeholder": "ownership/placeholder-owner",
    "unknown": "reference/unknown",
    "abolished": "reference/retired",
}
NO_HOLDER = (PLACEHOLDER, "reference/unknown", "staffing/departed-holder")


@pytest.fixture(scope="module")
def corpora() -> list[Asked]:
    return ask(VIEW, range(CORPORA))


def active(corpora: list[Asked]) -> Iterator[tuple[Asked, Mapping[str, Any]]]:
    for asked in corpora:
        for answer in asked.answer["answers"]:
            if answer["status"] == "active":
                yield asked, answer


def says(asked: Asked, rule: str, entry: str, key: str | None = None) -> bool:
    return any(found[:2] == (rule, entry) and key in (None, found[2]) for found in asked.findings)


def duty(answer: Mapping[str, Any]) -> str:
    return f"responsibilities/{answer['responsibility']}"


def bad(scope: Mapping[str, Any], asked: Asked) -> bool:
    units, vectors = asked.corpus.data["units"], asked.corpus.data["vectors"]
    return any(units.get(each, {}).get("status") != "active" for each in scope.get("units", ())) or any(
        each not in vectors for each in scope.get("vectors", ())
    )


def doubtful(asked: Asked, answer: Mapping[str, Any]) -> bool:
    own = asked.corpus.data["responsibilities"][answer["responsibility"]]["scope"]
    return bool(answer["accountable"]) and (
        bad(own, asked) or any(bad(chain["scope"], asked) for chain in answer["accountable"])
    )


def reasons(answer: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [reason for place in answer["places"] for reason in place["nobody"] if reason["kind"] == kind]


def nobody_somewhere(answer: Mapping[str, Any]) -> bool:
    return not answer["places"] or not all(place["answered"] for place in answer["places"])


def accused_roles(asked: Asked, chain: Mapping[str, Any]) -> set[str]:
    """The rules that speak of the role that an assignment names: on it, or on one from the same list of codes."""
    assignments = asked.corpus.data["assignments"]
    mine = assignments[chain["assignment"]]
    together = asked.corpus.data["links"]["written_together"].get(chain["assignment"], [chain["assignment"]])
    return {
        state
        for state, rule in NO_ROLE.items()
        for other in together
        if assignments[other]["role"] == mine["role"]
        and any(
            found[:2] == (rule, f"assignments/{other}") and found[2] in ("", f"role/{mine['role']}")
            for found in asked.findings
        )
    }


def held(asked: Asked, role: str) -> bool:
    """Somebody holds the role whom no rule accuses of being nobody, or of having left."""
    data = asked.corpus.data
    return any(
        holding["from"] <= data["as_of"] <= holding["to"] and not accused_holder(asked, role, holding["person"])
        for holding in data["roles"][role]["holders"]
    )


def accused_holder(asked: Asked, role: str, person: str) -> bool:
    word = " ".join(person.split()).lower() in asked.corpus.data["placeholders"]
    return any(
        found[:2] == (rule, f"roles/{role}") and (word if rule == PLACEHOLDER else person in found[2])
        for rule in NO_HOLDER
        for found in asked.findings
    )


def chair(asked: Asked, role: str) -> str | None:
    """The role that answers for a collective, where no rule accuses what is written there."""
    data = asked.corpus.data
    post = data["roles"][role]
    home = data["units"].get(post["unit"], NOWHERE)
    named, place = post.get("chair", ""), f"roles/{role}"
    if not named and home["status"] == "active":
        named, place = home.get("chair", ""), f"units/{post['unit']}"
    accused = any(says(asked, rule, place, f"chair/{named}") for rule in NO_ROLE.values())
    return named if post["collective"] and named in data["roles"] and not accused else None


def unheld(asked: Asked, role: str) -> bool:
    """Nobody holds a living role, as far as the rules tell, and nobody who could is in the chair of a collective."""
    if "staffing/vacant" not in asked.evaluated or not here(asked, role) or held(asked, role):
        return False
    head = chair(asked, role)
    if head is not None and (not here(asked, head) or held(asked, head)):
        return False
    return not silent(asked, role, head)


def here(asked: Asked, role: str) -> bool:
    """A post of the organisation's own, that somebody in particular holds."""
    post = asked.corpus.data["roles"][role]
    return not (post["external"] or post["everyone"])


def silent(asked: Asked, role: str, head: str | None) -> bool:
    """Nobody is stated to be there, and of the role or its chair it is not stated who holds it."""
    data = asked.corpus.data
    chain = [role] if head is None else [role, head]
    if head is None and doubtful_chair(asked, role):
        return False
    return all(empty(asked, each) for each in chain) and any(each in data["not_stated"]["holders"] for each in chain)


def empty(asked: Asked, role: str) -> bool:
    post, day = asked.corpus.data["roles"][role], asked.corpus.data["as_of"]
    return "vacancy" not in post and not any(one["from"] <= day <= one["to"] for one in post["holders"])


def doubtful_chair(asked: Asked, role: str) -> bool:
    """A chair is written that is no living role, or it is in a unit that is not in force."""
    data = asked.corpus.data
    post = data["roles"][role]
    home = data["units"].get(post["unit"], NOWHERE)
    return post["collective"] and ("chair" in post or "chair" in home or home["status"] != "active")


def test_a_gap_is_where_the_rules_find_nobody_accountable(corpora):
    compared = [
        (bool(reasons(answer, "gap")) or not answer["places"], asked.name, answer["responsibility"])
        for asked, answer in active(corpora)
        if not doubtful(asked, answer)
    ]
    told = {
        (asked.name, answer["responsibility"])
        for asked, answer in active(corpora)
        if any(says(asked, f"ownership/{rule}", duty(answer)) for rule in ("unassigned", "scope-gap"))
    }

    assert [(name, found) for gap, name, found in compared if gap != ((name, found) in told)] == []
    assert len([gap for gap, _, _ in compared if gap]) > 20


def test_what_is_no_role_is_what_the_rules_say_of_it(corpora):
    chains = [(asked, chain) for asked, answer in active(corpora) for chain in answer["accountable"]]

    assert [
        (asked.name, chain["assignment"], chain["state"], accused)
        for asked, chain in chains
        if (accused := accused_roles(asked, chain)) != ({chain["state"]} - {"living"})
    ] == []
    assert {chain["state"] for _, chain in chains} == {*NO_ROLE, "living"}


def test_nobody_holds_what_the_rule_calls_vacant_and_whoever_holds_the_chair_answers_for_a_collective(corpora):
    told = empty_chairs = chaired = unsaid = 0
    for asked, answer in active(corpora):
        for chain in answer["accountable"]:
            if chain["state"] != "living" or not here(asked, chain["role"]):
                continue
            named = {
                reason["assignment"]
                for place in answer["places"]
                for reason in (*place["nobody"], *place["besides"])
                if reason["kind"] == "vacant"
            }
            reached = any(chain["assignment"] in place["reaching"] for place in answer["places"])
            assert (chain["assignment"] in named) == (reached and unheld(asked, chain["role"])), asked.name
            if says(asked, "staffing/vacant", f"roles/{chain['role']}"):
                told += 1
                assert unheld(asked, chain["role"]), (asked.name, chain["role"])
            if not held(asked, chain["role"]):
                head = chair(asked, chain["role"])
                by_chair = head is not None and (not here(asked, head) or held(asked, head))
                chaired += by_chair
                empty_chairs += unheld(asked, chain["role"])
                unsaid += not by_chair and silent(asked, chain["role"], head)

    assert min(empty_chairs, unsaid) > CORPORA // 2
    assert chaired > CORPORA // 4
    # The rule accuses a role without any holder; of half of those the corpora do not state that there is none.
    assert told > CORPORA // 10


def test_who_answers_is_a_living_role_that_somebody_holds(corpora):
    for asked, answer in active(corpora):
        roles = {chain["assignment"]: chain for chain in answer["accountable"]}
        for place in answer["places"]:
            assert place["answered"] == bool(place["by"])
            assert set(place["by"]).isdisjoint(reason.get("assignment") for reason in place["besides"])
            assert set(place["by"]) <= set(place["reaching"])
            for one in place["by"]:
                assert accused_roles(asked, roles[one]) == set(), asked.name
                assert roles[one]["external"] or not unheld(asked, roles[one]["role"]), asked.name


def test_two_answer_where_the_rules_find_more_than_one(corpora):
    differing = [
        (asked.name, answer["responsibility"])
        for asked, answer in active(corpora)
        if not answer["joint"]
        and any(place["contested"] for place in answer["places"])
        != says(asked, "ownership/multiple-accountable", duty(answer))
    ]

    assert differing == []
    assert any(place["contested"] for _, answer in active(corpora) for place in answer["places"])


def test_a_power_is_missing_where_the_rules_miss_it(corpora):
    states = set()
    for asked, answer in active(corpora):
        missing = {
            f"{chain['role']}/{power['authority']}"
            for chain in answer["accountable"]
            for power in chain["authorities"]
            if power["state"] in {"lapsed", "none"} and not power["doubtful"]
        }
        told = {key for rule, entry, key in asked.findings if (rule, entry) == ("authority/missing", duty(answer))}
        if "authority/missing" in asked.evaluated:
            assert missing == told, (asked.name, answer["responsibility"])
        states |= {power["state"] for chain in answer["accountable"] for power in chain["authorities"]}
    assert states == {"held", "lapsed", "none", "not-stated"}


def test_one_accountable_role_answers_everywhere_unless_a_rule_accuses(corpora):
    compared = 0
    for asked, answer in active(corpora):
        if len(answer["accountable"]) != 1 or doubtful(asked, answer):
            continue
        [chain] = answer["accountable"]
        accused = (
            any(says(asked, f"ownership/{rule}", duty(answer)) for rule in ("unassigned", "scope-gap"))
            or bool(accused_roles(asked, chain))
            or (
                not chain["external"]
                and (
                    unheld(asked, chain["role"])
                    or any(says(asked, f"authority/{rule}", duty(answer)) for rule in ("missing", "too-narrow"))
                )
            )
        )
        compared += 1
        assert nobody_somewhere(answer) == accused, (asked.name, answer["responsibility"])
    assert compared > 200


def test_a_question_about_one_place_is_answered_as_the_whole_is(corpora):
    """The place of the nearest unit above decides for a unit."""
    compared = set()
    for whole, single in zip(corpora, ask(VIEW, range(40), about_one_unit), strict=False):
        unit = whole.corpus.data["units"].get(one_unit(whole.corpus), NOWHERE)
        for one, other in zip(single.answer["answers"], whole.answer["answers"], strict=True):
            got = {
                vector: (place["answered"], place["by"], place["nobody"], place["besides"])
                for place in one["places"]
                for vector in place["vectors"]
            }
            assert got == decided(other, unit["path"] if unit["status"] == "active" else []), single.name
            compared |= {said[0] for said in got.values()}
    assert compared == {True, False}


def one_unit(corpus: Corpus) -> str:
    """A unit far down."""
    units = corpus.data["units"] | {"": {"path": []}}
    return max(units, key=lambda unit: (len(units[unit]["path"]), unit))


def about_one_unit(corpus: Corpus) -> dict[str, Any]:
    return about_all(corpus) | {"unit": one_unit(corpus)}


def decided(answer: Mapping[str, Any], path: list[str]) -> dict[str, Any]:
    """What the places of the whole say of the last unit of a path, by vector."""
    found: dict[str, Any] = {}
    for step in path:
        for place in answer["places"]:
            if step in place["units"]:
                said = (place["answered"], place["by"], place["nobody"], place["besides"])
                found |= dict.fromkeys(place["vectors"], said)
    return found


def test_the_words_for_a_place_are_true_of_every_unit(corpora):
    """A unit is in what is told of a place if the place of the nearest unit above it is that one."""
    compared = cut = 0
    for asked, answer in active(corpora):
        paths = {name: unit["path"] for name, unit in asked.corpus.data["units"].items() if unit["status"] == "active"}
        corners = {unit for place in answer["places"] for unit in place["units"]}
        for name, path in paths.items():
            if any(
                step in path
                for each in path
                for step in paths.get(each, ())
                if each in paths.get(step, ()) and step != each
            ):
                # In or below a loop, nobody can say which unit is the nearest.
                continue
            nearest = next((step for step in reversed(path) if step in corners), None)
            for place in answer["places"]:
                told = [each for each in place["where"] if each["unit"] in path and not set(each["but"]) & set(path)]
                assert bool(told) == (nearest in place["units"]), (asked.name, answer["responsibility"], name)
                assert len(told) < 2
                compared += 1
        cut += sum(bool(each["but"]) for place in answer["places"] for each in place["where"])

    assert compared > 1000
    assert cut > CORPORA // 4


def test_random_corpora_are_answered_and_not_each_in_a_fifth(corpora):
    answers = [nobody_somewhere(answer) for _, answer in active(corpora)]
    overridden = [chain for _, answer in active(corpora) for chain in answer["accountable"] if chain["overrides"]]
    lapsed = [reason for _, answer in active(corpora) for reason in reasons(answer, "powerless")]

    assert 0.2 <= sum(answers) / len(answers) <= 0.8
    assert len(overridden) > 10
    assert {reason["state"] for reason in lapsed} == {"lapsed", "none", "narrow"}
