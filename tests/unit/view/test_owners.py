"""`uts.view.owners`, and what `diff` makes of two of its answers, against the oracle, pair by pair."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import pytest

from tests.generate.asked import Asked, ask, stirred
from tests.oracle.compare import Case
from tests.oracle.corpus import read
from tests.oracle.words import World
from uts_policy.view.owners import Shift, Shifts, _OwnersAnswer, space_of

pytestmark = pytest.mark.slow

VIEW = "owners"
CORPORA = 150
Pair: TypeAlias = tuple[str, str]


@pytest.fixture(scope="module")
def corpora() -> list[tuple[Asked, World]]:
    cases = {case.name: case for case in map(stirred, range(CORPORA))}
    return [(asked, world_of(cases[asked.name])) for asked in ask(VIEW, range(CORPORA))]


def world_of(case: Case) -> World:
    """A case as the oracle sees it."""
    return World(read(case.declarations), date.fromisoformat(case.as_of).toordinal(), {})


def expected(world: World, duty: str, code: str) -> dict[Pair, set[str]]:
    """Who has the duty in each pair of its scope, by the oracle."""
    roles: dict[Pair, set[str]] = {
        (unit or "", vector or ""): set() for unit, vector in world.pairs(world.duties[duty].get("scope"))
    }
    for assignment in world.standing_of(duty, code):
        for unit, vector in world.answered(assignment):
            roles[unit or "", vector or ""].add(world.role_of(assignment))
    return roles


def everywhere(world: World) -> Iterator[Pair]:
    for unit, vector in world.everything():
        yield unit or "", vector or ""


def test_the_view_says_what_the_oracle_says_of_every_pair(corpora: list[tuple[Asked, World]]) -> None:
    compared = overridden = nobody = 0
    for asked, world in corpora:
        owners = asked.answer["owners"]
        assert set(owners) == {duty for duty, _ in world.duties_in_force()}, asked.name
        space = space_of(asked.corpus.data)
        for duty, codes in owners.items():
            for code, pieces in codes.items():
                want, answer = expected(world, duty, code), _OwnersAnswer(pieces, space)
                for pair in everywhere(world):
                    got = answer.at(*pair)
                    assert (None if got is None else set(got)) == want.get(pair), (asked.name, duty, code, pair)
                    compared += 1
                overridden += len({tuple(piece["roles"]) for piece in pieces}) > 1
                nobody += code == "A" and any(not piece["roles"] for piece in pieces)
    assert compared > 10_000
    assert overridden > CORPORA / 5
    assert nobody > CORPORA / 5


def holds(shift: Shift, path: list[str], vector: str) -> bool:
    """Whether a change speaks of a place."""
    return (not shift.units or bool(set(shift.units) & set(path))) and (not shift.vectors or vector in shift.vectors)


def test_every_change_of_owner_is_told_where_it_is_and_no_other(corpora: list[tuple[Asked, World]]) -> None:
    """Each corpus against one with the same units and vectors, in which assignments have ended or roles have gone."""
    changed = 0
    for number, (asked, world) in enumerate(corpora):
        case = stirred(int(asked.name.split()[1]))
        later = World(read(without_some(case.declarations, number)), world.today, {})
        space = space_of(asked.corpus.data)
        shifts = Shifts(space, space)
        for duty in world.duties:
            old = expected(world, duty, "A") if world.active(duty) else {}
            new = expected(later, duty, "A") if later.active(duty) else {}
            found = shifts.of(pieces(old), pieces(new))
            for unit, vector in everywhere(world):
                one, two = old.get((unit, vector)), new.get((unit, vector))
                path = world.path(unit) if unit else [""]
                told = [each for each in found if holds(each, path, vector)]
                if one != two:
                    changed += 1
                    assert any((set(each.before), set(each.after)) == (one or set(), two or set()) for each in told), (
                        asked.name,
                        duty,
                        unit,
                        vector,
                        found,
                    )
            for each in found:
                there = [
                    (old.get((unit, vector)) or set(), new.get((unit, vector)) or set())
                    for unit, vector in everywhere(world)
                    if holds(each, world.path(unit) if unit else [""], vector)
                ]
                assert (set(each.before), set(each.after)) in there, (asked.name, duty, each)
    assert changed > CORPORA


def without_some(declarations: dict[str, list[Any]], number: int) -> dict[str, list[Any]]:
    """The declarations with every third long assignment ended, and some short forms taken away."""
    made = {**declarations}
    made["assignments"] = [each for index, each in enumerate(declarations.get("assignments", ())) if index % 3]
    made["responsibilities"] = [
        {key: value for key, value in each.items() if key != "accountable" or (index + number) % 2}
        for index, each in enumerate(declarations.get("responsibilities", ()))
    ]
    return made


def pieces(roles: dict[Pair, set[str]]) -> list[dict[str, Any]]:
    """The plainest answer there can be: a piece for every pair."""
    return [
        {"units": [unit], "vectors": [vector], "roles": sorted(found)}
        for (unit, vector), found in sorted(roles.items())
    ]
