"""The matrix, in windows of every kind, against the oracle: who has what in every pair of a unit and a vector."""

from collections.abc import Iterator

import pytest

from tests.generate.asked import Asked, ask, stirred
from tests.oracle.words import World
from tests.unit.view.test_owners import Pair, everywhere, expected, world_of
from uts_policy.common.tabulation import DOUBLES, GAPS, VACANT, VIEW, MatrixQuestion, judged
from uts_policy.model.matrix import LETTERS, MatrixRow
from uts_policy.view.answers import matrix_of

pytestmark = pytest.mark.slow

CORPORA = 80


@pytest.fixture(scope="module")
def corpora() -> list[tuple[Asked, World]]:
    cases = {case.name: case for case in map(stirred, range(CORPORA))}
    return [(asked, world_of(cases[asked.name])) for asked in ask(VIEW, range(CORPORA))]


def shown_matrix(asked, question=MatrixQuestion()):  # noqa: B008 - frozen
    return matrix_of(asked.corpus, judged(asked.answer, asked.evaluated), question)


def windows(asked: Asked) -> Iterator[MatrixQuestion]:
    units = [name for name, unit in sorted(asked.corpus.data["units"].items()) if unit["status"] == "active"][:4]
    vectors = sorted(asked.corpus.data["vectors"])[:2]
    for unit in (None, *units):
        for vector in (None, *vectors):
            if unit is not None or vector is not None:
                yield MatrixQuestion(unit=unit, vector=vector)
    for unit in units:
        yield MatrixQuestion(by="unit", unit=unit)


def inside(asked: Asked, question: MatrixQuestion, place: str, pair: Pair) -> bool:
    unit, vector = pair
    path = asked.corpus.data["units"][unit]["path"] if unit else [""]
    if question.by == "unit":
        return unit == place
    return (question.unit is None or question.unit in path) and question.vector in {None, vector}


def told(row: MatrixRow) -> tuple[dict[str, str], bool, set[str], set[str]]:
    return dict(row.cells), row.gap, set(row.doubled), set(row.unsound)


def unsound(world: World, duty: str, pairs: list[Pair]) -> set[str]:
    """The words that stand in the place of an accountable role somewhere there, and name none that lives."""
    return {
        world.role_of(each)
        for each in world.current(duty, "A")
        if not world.living(world.role_of(each))
        and {(unit or "", vector or "") for unit, vector in world.answered(each)} & set(pairs)
    }


def nobody_holds(world: World, role: str) -> bool:
    """An accountable role that answers here, without a holder who is declared and has not left, or such a chair.

    All of it is stated.
    """
    if role not in world.accountable_roles() or not world.ours(role) or world.good_holders(role):
        return False
    chair = world.chair_of(role) if world.collective(role) else None
    if chair is not None and world.living(chair) and (not world.ours(chair) or world.good_holders(chair)):
        return False
    return world.occupied(role) is not None


def test_a_row_has_the_letters_and_marks_of_the_pairs_that_are_asked_about(corpora):
    compared = gaps = doubles = parts = words = 0
    for asked, world in corpora:
        accused = {
            rule: {entry.partition("/")[2] for r, entry, _ in asked.findings if r == rule} for rule in asked.evaluated
        }
        holes = set().union(*(accused.get(rule, set()) for rule in GAPS))
        twice = accused.get(DOUBLES, set())
        owned = {(duty, code): expected(world, duty, code) for duty, _ in world.duties_in_force() for code in LETTERS}
        for question in windows(asked):
            for block in shown_matrix(asked, question).blocks:
                pairs = [pair for pair in everywhere(world) if inside(asked, question, block.place, pair)]
                wanted = {}
                for duty, _ in world.duties_in_force():
                    answers = [owned[duty, "A"][pair] for pair in pairs if pair in owned[duty, "A"]]
                    if answers:
                        wanted[duty] = (
                            letters(owned, duty, pairs),
                            duty in holes and not all(answers),
                            set().union(*(roles for roles in answers if len(roles) > 1)) if duty in twice else set(),
                            unsound(world, duty, pairs),
                        )
                shown = {row.id: told(row) for row in block.rows}
                assert shown == wanted, (asked.name, question, block.place)
                compared += len(shown)
                gaps += sum(gap for _, gap, _, _ in shown.values())
                doubles += sum(bool(doubled) for _, _, doubled, _ in shown.values())
                words += sum(bool(unsound_) for _, _, _, unsound_ in shown.values())
                parts += sum(any(map(str.islower, cell)) for cells, *_ in shown.values() for cell in cells.values())

    assert compared > 20 * CORPORA
    assert min(gaps, doubles, parts, words) > CORPORA // 4


def test_a_role_is_vacant_where_nobody_is_there_who_holds_it(corpora):
    vacant = held = 0
    for asked, world in corpora:
        staffed = VACANT in asked.evaluated
        for block in shown_matrix(asked).blocks:
            shown = {column.role for column in block.columns if column.vacant}
            columns = {column.role for column in block.columns}
            assert shown == {role for role in columns if staffed and nobody_holds(world, role)}, asked.name
            vacant += len(shown)
            held += len(columns) - len(shown)

    assert min(vacant, held) > CORPORA // 4


def test_every_word_in_the_place_of_an_accountable_role_is_marked_in_the_whole(corpora):
    for asked, world in corpora:
        for block in shown_matrix(asked).blocks:
            assert {row.id: set(row.unsound) for row in block.rows} == {
                row.id: {
                    world.role_of(each) for each in world.current(row.id, "A") if not world.living(world.role_of(each))
                }
                for row in block.rows
            }, asked.name


def letters(owned: dict[tuple[str, str], dict[Pair, set[str]]], duty: str, pairs: list[Pair]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for code in LETTERS:
        held = [owned[duty, code][pair] for pair in pairs if pair in owned[duty, code]]
        for role in sorted(set().union(*held)):
            cells[role] = cells.get(role, "") + (code if all(role in each for each in held) else code.lower())
    return cells
