"""The matrix against the rules' own verdict, on random corpora: as the command asks for it, and as a report has it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.generate.asked import Asked, ask
from tests.unit.render.reports import report
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Finding
from uts_policy.model.matrix import Matrix, MatrixRow
from uts_policy.model.rule import Level
from uts_policy.render.matrix_report import matrix_of as of_report
from uts_policy.view.matrix import EXPRESSION, MatrixQuestion, matrix_of

pytestmark = pytest.mark.slow

CORPORA = 120
GAPS = ("ownership/unassigned", "ownership/scope-gap")
DOUBLE = "ownership/multiple-accountable"


@pytest.fixture(scope="module")
def corpora() -> list[Asked]:
    return ask(EXPRESSION, range(CORPORA))


def rows(matrix: Matrix) -> Iterator[MatrixRow]:
    for block in matrix.blocks:
        yield from block.rows


def found(asked: Asked, *rules: str) -> set[str]:
    return {entry.partition("/")[2] for rule, entry, _ in asked.findings if rule in rules}


def reported(asked: Asked) -> Matrix:
    """The matrix of a report on the same corpus: without a further question."""
    findings = tuple(
        Finding(
            identity="1:0", rule=rule, level=Level.ERROR, message="", remediation="", entry=entry, path=(), key=key,
            cause="", location=None, related=(),
        )
        for rule, entry, key in asked.findings
    )  # fmt: skip
    made = of_report(replace(report(), corpus=asked.corpus, as_of=asked.corpus.data["as_of"], findings=findings))
    assert made is not None
    return made


def test_gaps_and_doubles_are_those_that_the_rules_find(corpora):
    gaps = doubles = sound = 0
    for asked in corpora:
        shown = {row.id: row for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion()))}
        assert {name for name, row in shown.items() if row.gap} == found(asked, *GAPS) & shown.keys()
        assert {name for name, row in shown.items() if row.double} == found(asked, DOUBLE) & shown.keys()
        gaps += sum(row.gap for row in shown.values())
        doubles += sum(row.double for row in shown.values())
        sound += sum(not row.marks for row in shown.values())

    assert min(gaps, doubles, sound) > CORPORA // 10


def test_the_matrix_of_a_report_marks_what_the_command_marks(corpora):
    for asked in corpora:
        shown = {row.id: row for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion()))}
        told = {row.id: row for row in rows(reported(asked))}
        assert shown.keys() <= told.keys()
        assert {name: (row.gap, row.double) for name, row in shown.items()} == {
            name: (told[name].gap, told[name].double) for name in shown
        }


def test_the_matrix_of_a_report_has_the_letters_that_the_command_has_where_nothing_overrides(corpora):
    compared = 0
    for asked in corpora:
        data = asked.corpus.data
        overridden = {each["responsibility"] for each in data["assignments"].values() if each.get("overrides")}
        narrow = {each["responsibility"] for each in data["assignments"].values() if each["scope"] != {}}
        told = {row.id: row for row in rows(reported(asked))}
        for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion())):
            if row.id not in overridden | narrow:
                assert {role: letters.upper() for role, letters in row.cells.items()} == told[row.id].cells
                compared += 1

    assert compared > CORPORA


def test_what_holds_in_a_unit_is_part_of_what_holds_at_all(corpora):
    narrowed = 0
    for asked in corpora:
        whole = {row.id: row for row in rows(matrix_of(asked.corpus, asked.answer, MatrixQuestion()))}
        for unit in sorted(asked.corpus.data["units"])[:3]:
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
