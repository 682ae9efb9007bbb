"""Random matrices, written in each format and read again."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uts_policy.exchange.raci.limits import limits_of, limits_text
from uts_policy.exchange.raci.read import read_matrices
from uts_policy.exchange.tables import delimited, markdown, workbook
from uts_policy.exchange.tables.read import _block
from uts_policy.model.grid import ForeignFile
from uts_policy.model.raci import ExportedDuty, ExportedMatrix, MatrixMap
from uts_policy.render.raci import render

READERS = {"csv": delimited.read, "md": markdown.read, "xlsx": workbook.read}
words = st.text("abcdefghiklmnoprstuvwéü", min_size=3, max_size=9)
phrases = st.lists(words, min_size=2, max_size=6).map(" ".join)
letters = st.lists(st.sampled_from("ARSCI"), unique=True, max_size=3).map(
    lambda found: "/".join(letter for letter in "ARSCI" if letter in found)
)

ids = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
days = st.dates().map(lambda day: day.isoformat())
limits = st.fixed_dictionaries(
    {},
    optional={
        "scope": st.fixed_dictionaries({"units": st.lists(ids, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"vectors": st.lists(ids, min_size=1, max_size=2)}),
        "from": days,
        "to": days,
        "overrides": st.just(value=True),
    },
).filter(bool)


@st.composite
def matrices(draw: st.DrawFn) -> ExportedMatrix:
    titles = draw(st.lists(phrases, min_size=2, max_size=6, unique=True))
    roles = {f"r{number}": title for number, title in enumerate(titles)}
    statements = draw(st.lists(phrases, min_size=1, max_size=8, unique=True))
    group = draw(phrases)
    duties = []
    for number, statement in enumerate(statements):
        cells = {role: cell for role in roles if (cell := draw(letters))}
        group = draw(st.sampled_from([group, draw(phrases)]))
        duties.append(ExportedDuty(id=f"d{number}", statement=statement, group=group, cells=cells))
    return ExportedMatrix(roles=roles, duties=tuple(duties), notes=(), as_of="2026-11-23")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(matrices(), st.sampled_from(sorted(READERS)))
def test_what_is_written_is_read_again(matrix: ExportedMatrix, shape: str) -> None:
    named = [len({duty.id for duty in matrix.duties if role in duty.cells}) for role in matrix.roles]
    if sum(map(bool, named)) < 2 or not all(named):
        return  # a role without any letter is not exported, and one role alone is a partial view
    data = render(matrix, shape)
    answer = READERS[shape](data if isinstance(data, bytes) else data.encode())
    blocks = tuple(_block(each) for each in answer["blocks"])
    file = ForeignFile(file=f"m.{shape}", sha256="", blocks=blocks)
    reading = read_matrices([file], MatrixMap(partial=False))
    assert reading.questions == ()
    assert [(duty.statement, duty.group, dict(duty.codes)) for duty in reading.duties] == [
        (duty.statement, duty.group, {matrix.roles[role]: cell.replace("/", "") for role, cell in duty.cells.items()})
        for duty in matrix.duties
    ]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(matrices(), st.data(), st.sampled_from(sorted(READERS)))
def test_what_holds_for_a_part_or_for_a_time_is_read_again(
    matrix: ExportedMatrix, data: st.DataObject, shape: str
) -> None:
    named = [len({duty.id for duty in matrix.duties if role in duty.cells}) for role in matrix.roles]
    if sum(map(bool, named)) < 2 or not all(named):
        return
    texts: list[str] = []
    expected = []
    duties = []
    for duty in matrix.duties:
        cells: dict[str, str] = {}
        limited: dict[str, list[tuple[str, object]]] = {}
        for role, cell in duty.cells.items():
            marked = []
            for letter in cell.split("/"):
                each = data.draw(st.none() | limits)
                if each is not None:
                    texts.append(limits_text(each))
                    limited.setdefault(matrix.roles[role], []).append((letter, each))
                marked.append(letter if each is None else f"{letter} ({len(texts)})")
            cells[role] = "/".join(marked)
        duties.append(replace(duty, cells=cells))
        expected.append({title: tuple(each) for title, each in limited.items()})
    if len(texts) > 99:  # marks have two figures
        return
    written = render(replace(matrix, duties=tuple(duties), notes=tuple(texts)), shape)
    answer = READERS[shape](written if isinstance(written, bytes) else written.encode())
    blocks = tuple(_block(each) for each in answer["blocks"])
    reading = read_matrices([ForeignFile(file=f"m.{shape}", sha256="", blocks=blocks)], MatrixMap(partial=False))
    assert [dict(duty.limits) for duty in reading.duties] == expected
    assert all(not duty.description for duty in reading.duties)


@given(limits)
def test_the_words_of_a_limit_stand_for_it(limit: dict[str, object]) -> None:
    assert limits_of(limits_text(limit)) == limit
