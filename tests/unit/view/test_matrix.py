"""The matrix against the rules' own verdict, on random corpora: as the command asks for it, and as a report has it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.generate.asked import Asked, ask
from tests.unit.evidence.judged import DAY, judged
from tests.unit.render.reports import report
from uts_policy.common.tabulation import DOUBLES, GAPS, RULES, VACANT, JudgedMatrix, MatrixQuestion, tabulated
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Finding
from uts_policy.model.matrix import Matrix, MatrixRow
from uts_policy.model.rule import Level
from uts_policy.model.settings import Settings
from uts_policy.pipeline import inputs, queries
from uts_policy.pipeline.request import Request
from uts_policy.render.matrix.from_report import InForce
from uts_policy.render.matrix.from_report import matrix_of as of_report
from uts_policy.view.answers import MATRIX, matrix_of

pytestmark = pytest.mark.slow

CORPORA = 120


@pytest.fixture(scope="module")
def corpora() -> list[Asked]:
    return ask(MATRIX, range(CORPORA))


def rows(matrix: Matrix) -> Iterator[MatrixRow]:
    for block in matrix.blocks:
        yield from block.rows


def found(asked: Asked, *rules: str) -> set[str]:
    return {entry.partition("/")[2] for rule, entry, _ in asked.findings if rule in rules}


def active(asked: Asked) -> set[str]:
    return {name for name, entry in asked.corpus.data["responsibilities"].items() if entry["status"] == "active"}


def reported(asked: Asked) -> Matrix:
    """The matrix of a report on the same corpus: without a further question."""
    findings = tuple(
        Finding(
            identity="1:0", rule=rule, level=Level.ERROR, message="", remediation="", entry=entry, path=(), key=key,
            cause="", location=None, related=(),
        )
        for rule, entry, key in asked.findings
    )  # fmt: skip
    made = of_report(
        replace(
            report(),
            corpus=asked.corpus,
            as_of=asked.corpus.data["as_of"],
            findings=findings,
            evaluated=tuple(asked.evaluated),
        )
    )
    assert made is not None
    return made


def test_gaps_and_doubles_are_those_that_the_rules_find(corpora):
    gaps = doubles = sound = 0
    for asked in corpora:
        shown = {row.id: row for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion()))}
        assert shown.keys() == active(asked)
        assert {name for name, row in shown.items() if row.gap} == found(asked, *GAPS)
        assert {name for name, row in shown.items() if row.double} == found(asked, DOUBLES)
        gaps += sum(row.gap for row in shown.values())
        doubles += sum(row.double for row in shown.values())
        sound += sum(not row.marks for row in shown.values())

    assert min(gaps, doubles, sound) > CORPORA // 10


def test_who_has_what_where_is_the_same_without_an_engine(corpora):
    pieces = split = 0
    for asked in corpora:
        in_force = InForce(asked.corpus.data)
        assert in_force.owners() == asked.answer["owners"], asked.name
        assert in_force.unsound() == asked.answer["unsound"], asked.name
        for codes in asked.answer["owners"].values():
            pieces += len(codes)
            split += sum(len(each) > 1 for each in codes.values())

    assert pieces > 10 * CORPORA
    assert split > CORPORA // 4


def test_the_matrix_of_a_report_is_that_of_the_command(corpora):
    narrowed = 0
    for asked in corpora:
        shown = matrix_of(asked.corpus, asked.answer, MatrixQuestion(), staffed=VACANT in asked.evaluated)
        assert reported(asked) == shown, asked.name
        narrowed += sum(letters != letters.upper() for row in rows(shown) for letters in row.cells.values())

    assert narrowed > CORPORA // 4


def test_a_report_names_the_rules_that_could_not_mark_anything(corpora):
    asked = next(each for each in corpora if found(each, *GAPS))
    made = of_report(replace(report(), corpus=asked.corpus, as_of=asked.corpus.data["as_of"]))
    assert made is not None
    assert made.unjudged == RULES
    assert not any(row.gap or row.double for row in rows(made))


def test_what_holds_in_a_unit_is_part_of_what_holds_at_all(corpora):
    narrowed = 0
    for asked in corpora:
        whole = {row.id: row for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion()))}
        units = asked.corpus.data["units"]
        for unit in [name for name in sorted(units) if units[name]["status"] == "active"][:3]:
            for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion(unit=unit))):
                everything = whole[row.id]
                assert row.cells.keys() <= everything.cells.keys()
                assert row.gap <= everything.gap
                assert row.double <= everything.double
                narrowed += row.cells != everything.cells

    assert narrowed > 0


def test_by_unit_and_by_vector_show_every_responsibility_that_the_whole_shows(corpora):
    for asked in corpora:
        whole = {row.id for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion()))}
        for by in ("unit", "vector") if asked.corpus.data["vectors"] else ("unit",):
            assert {row.id for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion(by=by)))} == whole


def test_a_unit_that_is_not_declared_is_refused_with_the_nearest(corpora):
    asked = next(each for each in corpora if "agency" in each.corpus.data["units"])
    with pytest.raises(UsageError, match='no unit is called "agncy"') as caught:
        matrix_of(asked.corpus, asked.answer, MatrixQuestion(unit="agncy"))
    assert caught.value.hint == 'did you mean "agency"?'


@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_a_real_report_of_an_example_has_the_matrix_of_the_command(root, example):
    settings = Settings(root=root)
    request = Request(settings=settings, config=None, as_of=DAY, paths=(root / "examples" / example,))
    shown = queries.matrix(request, inputs.read_policies(settings), EmbeddedEngine(timeout=120), MatrixQuestion())
    assert of_report(judged(root / "examples" / example)[0]) == shown


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
        owners={"brief": {"A": pieces}}, unsound={}, gaps=frozenset({"brief"}), doubles=frozenset(), vacant=frozenset()
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
