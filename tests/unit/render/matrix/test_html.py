"""The matrix on a page: in parts that fit, gaps first, every letter of every row once."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.generate.hostile import HOSTILE
from tests.unit.render.html.test_page import inert
from uts_policy.model.matrix import Matrix, MatrixBlock, MatrixColumn, MatrixRow
from uts_policy.render.interface import Style
from uts_policy.render.matrix.html import MOST, NOBODY, WIDEST, parts, render, sheet

ROLES = {f"role-{number}": {"title": f"Role {number}", "unit": f"unit-{number % 3}"} for number in range(40)}


def block_of(roles: dict, rows: Sequence[MatrixRow], vacant: set[str], **more: str) -> MatrixBlock:
    used = dict.fromkeys(role for row in rows for role in row.cells)
    columns = (MatrixColumn(role=role, **roles[role], absence="vacant" if role in vacant else "") for role in used)
    return MatrixBlock(columns=tuple(columns), rows=tuple(rows), **more)


def row(name: str, cells: dict[str, str], **more: object) -> MatrixRow:
    return MatrixRow(id=name, statement=f"Do {name}", criticality="normal", cells=cells, **more)


def matrix(*rows: MatrixRow, **more: object) -> Matrix:
    return Matrix(as_of="2026-11-23", blocks=(block_of(ROLES, rows, {"role-1"}),), **more)


def drawn(block: MatrixBlock, names: dict[str, str] | None = None, most: int = MOST) -> list[tuple]:
    return [
        (part.title, part.goes_on, [column.role for column in part.columns], [each.id for each in part.rows])
        for part in parts(block, names or {}, most)
    ]


def test_rows_stand_by_the_unit_that_answers_and_what_nobody_answers_for_is_first() -> None:
    made = matrix(
        row("a", {"role-0": "A", "role-2": "R"}),
        row("b", {"role-1": "A"}),
        row("c", {"role-3": "A", "role-1": "I"}),
        row("d", {"role-2": "R"}, gap=True),
        row("e", {"role-2": "a"}, gap=True, missing=("unit-1",)),
    )
    assert drawn(made.blocks[0], {"unit-0": "Zeta", "unit-1": "Alpha"}) == [
        (NOBODY, False, ["role-2"], ["d"]),
        ("Alpha", False, ["role-1"], ["b"]),
        ("Zeta", False, ["role-0", "role-2", "role-3", "role-1"], ["a", "c"]),
        ("unit-2", False, ["role-2"], ["e"]),
    ]


def test_a_unit_with_many_roles_goes_on_in_another_part_and_a_row_with_too_many_is_a_list() -> None:
    wide = {f"role-{number}": "C" for number in range(3, 3 + WIDEST)}
    made = matrix(
        row("a", {"role-0": "A"}), row("b", {"role-0": "A", **wide}), row("c", {"role-0": "A", "role-1": "R"})
    )
    found = parts(made.blocks[0], {}, MOST)
    assert [(part.goes_on, part.listed, len(part.columns)) for part in found] == [
        (False, False, 1),
        (True, True, WIDEST + 1),
        (True, False, 2),
    ]
    text = render(made, Style())
    assert text.count('<section class="alone">') == 1
    assert "Role 1 (v)" in text
    inert(text)


def test_of_too_many_rows_those_with_a_mark_are_kept_and_the_rest_is_counted() -> None:
    rows = [
        row(f"r-{number:04}", {"role-0": "A"}, doubled=("role-0",) if number == MOST + 1 else ())
        for number in range(MOST + 2)
    ]
    made = matrix(*rows)
    (one,) = sheet(made).drawn
    kept = [each.id for part in one.parts for each in part.rows]
    assert (one.left_out, len(kept), kept[-1], f"r-{MOST - 1:04}" in kept) == (2, MOST, f"r-{MOST + 1:04}", False)
    assert "2 more are not drawn" in render(made, Style())


def test_marks_have_a_letter_a_look_and_words() -> None:
    text = render(
        matrix(
            row("a", {"role-0": "a"}, gap=True, missing=("unit-1", "unit-2")),
            row("b", {"role-0": "A", "role-3": "A"}, doubled=("role-0", "role-3")),
            row("c", {}, unsound=("TBD",)),
            filters={"unit": "unit-0"},
        ),
        Style(),
    )
    assert '<th scope="row" class="gap"><span class="flag gap">G</span> Do a' in text
    assert "nobody is accountable in unit-1, unit-2" in text
    assert '<th scope="row" class="double"><span class="flag double">D</span> Do b' in text
    assert "more than one role is accountable for the same part: role-0, role-3" in text
    assert '<th scope="row" class="unsound"><span class="flag unsound">X</span> Do c' in text
    assert "TBD: no living role" in text
    assert "(UTC); unit unit-0." in text


def test_marks_that_no_rule_was_asked_for_are_told() -> None:
    made = matrix(row("a", {"role-0": "A"}), unjudged=("ownership/scope-gap", "staffing/vacant"))
    assert "Not evaluated: ownership/scope-gap and staffing/vacant." in render(made, Style())
    assert "Not evaluated" not in render(matrix(row("a", {"role-0": "A"})), Style())


def test_a_matrix_of_nothing_says_so() -> None:
    assert "No active responsibility is there to be shown." in render(Matrix(as_of="2026-11-23", blocks=()), Style())


def test_hostile_texts_are_only_texts() -> None:
    roles = {f"r-{number}": {"title": text, "unit": text} for number, text in enumerate(HOSTILE)}
    rows = [
        MatrixRow(id=text, statement=text, criticality=text, cells={f"r-{number}": "A"}, gap=True, missing=(text,),
                  doubled=(text,), unsound=(text,))
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    block = block_of(roles, rows, set(roles), place=HOSTILE[0], title=HOSTILE[-1])
    inert(render(Matrix(as_of="2026-11-23", blocks=(block,), by="unit", filters={"unit": HOSTILE[1]}), Style()))


@given(
    st.lists(st.dictionaries(st.sampled_from(sorted(ROLES)), st.sampled_from(["A", "a", "R", "AR", "c"])), max_size=30)
)
def test_every_row_is_drawn_once_with_all_its_letters(cells: list[dict[str, str]]) -> None:
    made = matrix(*(row(f"d-{number:02}", each) for number, each in enumerate(cells)))
    found = parts(made.blocks[0], {}, MOST)
    assert sorted(each.id for part in found for each in part.rows) == [f"d-{number:02}" for number in range(len(cells))]
    for part in found:
        used = {role for each in part.rows for role in each.cells}
        assert {column.role for column in part.columns} == used
        assert len(part.rows) == 1 or not part.listed
