"""The matrix against the rules' own verdict, on random corpora."""

from collections.abc import Iterator

import pytest

from tests.generate.asked import Asked, ask
from tests.unit.evidence.judged import DAY
from tests.unit.evidence.judged import judged as checked
from uts_policy.common.tabulation import (
    DOUBLES,
    GAPS,
    RULES,
    VIEW,
    JudgedMatrix,
    MatrixQuestion,
    judged,
    reported_matrix,
    tabulated,
)
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.load.configuration import settings_from
from uts_policy.model.errors import UsageError
from uts_policy.model.matrix import Matrix, MatrixRow
from uts_policy.pipeline import inputs, queries
from uts_policy.pipeline.request import Request
from uts_policy.view.answers import matrix_of

pytestmark = pytest.mark.slow

CORPORA = 120
WHOLE = MatrixQuestion()


@pytest.fixture(scope="module")
def corpora() -> list[Asked]:
    return ask(VIEW, range(CORPORA))


def rows(matrix: Matrix) -> Iterator[MatrixRow]:
    for block in matrix.blocks:
        yield from block.rows


def found(asked: Asked, *rules: str) -> set[str]:
    return {entry.partition("/")[2] for rule, entry, _ in asked.findings if rule in rules}


def active(asked: Asked) -> set[str]:
    return {name for name, entry in asked.corpus.data["responsibilities"].items() if entry["status"] == "active"}


def shown(asked: Asked, question: MatrixQuestion = WHOLE) -> Matrix:
    """The matrix that the view gives of one corpus."""
    return matrix_of(asked.corpus, judged(asked.answer, asked.evaluated), question)


def test_gaps_and_doubles_are_those_that_the_rules_find(corpora):
    gaps = doubles = sound = 0
    for asked in corpora:
        found_rows = {row.id: row for row in rows(shown(asked))}
        assert found_rows.keys() == active(asked)
        assert {name for name, row in found_rows.items() if row.gap} == found(asked, *GAPS)
        assert {name for name, row in found_rows.items() if row.double} == found(asked, DOUBLES)
        gaps += sum(row.gap for row in found_rows.values())
        doubles += sum(row.double for row in found_rows.values())
        sound += sum(not row.marks for row in found_rows.values())

    assert min(gaps, doubles, sound) > CORPORA // 10


def test_a_rule_that_could_not_mark_anything_is_named(corpora):
    asked = next(each for each in corpora if active(each))
    made = tabulated(asked.corpus.data, judged(asked.answer, ()), MatrixQuestion())
    assert made.unjudged == RULES


def test_what_holds_in_a_unit_is_part_of_what_holds_at_all(corpora):
    narrowed = 0
    for asked in corpora:
        whole = {row.id: row for row in rows(shown(asked))}
        units = asked.corpus.data["units"]
        for unit in [name for name in sorted(units) if units[name]["status"] == "active"][:3]:
            for row in rows(shown(asked, MatrixQuestion(unit=unit))):
                everything = whole[row.id]
                assert row.cells.keys() <= everything.cells.keys()
                assert row.gap <= everything.gap
                assert row.double <= everything.double
                narrowed += row.cells != everything.cells

    assert narrowed > 0


def test_by_unit_and_by_vector_show_every_responsibility_that_the_whole_shows(corpora):
    for asked in corpora:
        whole = {row.id for row in rows(shown(asked))}
        for by in ("unit", "vector") if asked.corpus.data["vectors"] else ("unit",):
            assert {row.id for row in rows(shown(asked, MatrixQuestion(by=by)))} == whole


def test_a_unit_that_is_not_declared_is_refused_with_the_nearest(corpora):
    asked = next(each for each in corpora if "agency" in each.corpus.data["units"])
    with pytest.raises(UsageError, match='no unit is called "agncy"') as caught:
        shown(asked, MatrixQuestion(unit="agncy"))
    assert caught.value.hint == 'did you mean "agency"?'


@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_a_real_report_of_an_example_has_the_matrix_of_the_command(root, example):
    settings = settings_from({}, root=root)
    request = Request(settings=settings, config=None, as_of=DAY, paths=(root / "examples" / example,))
    asked = queries.matrix(request, inputs.read_policies(settings), EmbeddedEngine(timeout=120), MatrixQuestion())
    assert reported_matrix(checked(root / "examples" / example)[0]) == asked


LAYERS = {
    "units": {"agency": ["agency"], "field": ["agency", "field"], "north": ["agency", "field", "north"]},
    "vectors": ["online", "travel"],
}


def placed(*answers: tuple[str, list[str], list[str]], unit: str | None = None, vector: str | None = None) -> tuple:
    """The words for what nobody has, of answers (unit, vectors, roles)."""
    data = {
        "as_of": DAY,
        "units": {name: {"path": path, "name": name} for name, path in LAYERS["units"].items()},
        "vectors": {name: {"title": name} for name in LAYERS["vectors"]},
        "roles": {"lead": {"title": "Lead", "unit": "field"}},
        "responsibilities": {"brief": {"statement": "Brief", "criticality": "normal", "scope": {}}},
    }
    pieces = [{"units": [name], "vectors": vectors, "roles": roles} for name, vectors, roles in answers]
    judged_ = JudgedMatrix(
        owners={"brief": {"A": pieces}}, unsound={}, gaps=frozenset({"brief"}), doubles=frozenset(), absences={}
    )
    (block,) = tabulated(data, judged_, MatrixQuestion(unit=unit, vector=vector)).blocks
    return block.rows[0].gap, *block.rows[0].missing


BOTH = ["online", "travel"]


@pytest.mark.parametrize(
    ("answers", "window", "words"),
    [
        ([("agency", BOTH, [])], {}, (True,)),
        ([("agency", BOTH, []), ("field", BOTH, ["lead"])], {}, (True, "agency except field")),
        ([("agency", BOTH, ["lead"]), ("field", BOTH, [])], {}, (True, "field")),
        (
            [("agency", BOTH, []), ("field", BOTH, ["lead"]), ("north", BOTH, [])],
            {},
            (True, "agency except field", "north"),
        ),
        (
            [("agency", ["online"], []), ("agency", ["travel"], ["lead"])],
            {},
            (True, "agency for online"),
        ),
        (
            [("agency", BOTH, []), ("field", ["online"], []), ("field", ["travel"], ["lead"])],
            {},
            (True, "agency except field", "field for online"),
        ),
        ([("agency", BOTH, []), ("north", BOTH, ["lead"])], {"unit": "field"}, (True, "field except north")),
        ([("agency", BOTH, []), ("field", BOTH, ["lead"])], {"unit": "north"}, (False,)),
        ([("agency", ["online"], []), ("agency", ["travel"], ["lead"])], {"vector": "travel"}, (False,)),
        ([("agency", ["online"], []), ("agency", ["travel"], ["lead"])], {"vector": "online"}, (True,)),
    ],
)
def test_a_gap_is_told_by_its_outermost_places(answers, window, words):
    assert placed(*answers, **window) == words
