import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.render.reports import source
from uts_policy.common.sanitise import cells, width
from uts_policy.model.place import Span
from uts_policy.render.common.terminal import Excerpt, excerpt, split_lines


def at(column: int, line: int = 1) -> Span:
    return Span(line=line, column=column, end_line=line, end_column=column + 1)


def shown(text: str, column: int, columns: int = 40) -> tuple[str, int]:
    found = excerpt(split_lines(source("a", text)), at(column), columns, "…")
    assert found is not None
    return found.text, found.caret


def test_a_line_that_fits_is_shown_whole() -> None:
    assert excerpt(["x", "  unit: nope"], at(9, 2), 40, "…") == Excerpt(number=2, text="  unit: nope", caret=8)


@pytest.mark.parametrize(
    ("text", "column", "caret"),
    [
        ("日本: nope", 5, 6),
        ("e\u0301: nope", 5, 3),
        ("a\tb: nope", 6, 7),
        ("\x1b: nope", 4, 3),
        ("שם: nope", 5, 4),
        ("👩\u200d👧: nope", 6, 14),
        ("x", 2, 1),
        ("", 1, 0),
    ],
)
def test_the_caret_stands_under_its_character(text: str, column: int, caret: int) -> None:
    assert shown(f"{text}\n#", column)[1] == caret


def test_a_caret_on_a_combining_mark_stands_under_its_letter() -> None:
    assert shown("ae\u0301b", 3) == ("ae\u0301b", 1)


def test_a_long_line_is_cut_at_its_end() -> None:
    assert shown("unit: " + "x" * 60, 7, 20) == ("unit: xxxxxxxxxxxxx…", 6)


def test_a_long_line_is_cut_before_a_caret_that_would_not_be_seen() -> None:
    assert shown("x" * 60 + ": nope", 63, 21) == ("…xxxxx: nope", 8)


def test_a_long_line_is_cut_on_both_sides() -> None:
    assert shown("x" * 60 + ": nope " + "y" * 60, 63, 21) == ("…xxxxx: nope yyyyyyy…", 8)


def test_a_cut_line_never_begins_with_a_mark_of_a_letter_that_is_cut_away() -> None:
    assert shown("xx日" + "\u0301" * 40 + "abcde: nope", 45, 6) == ("…abcd…", 2)


def test_of_a_long_line_only_what_is_around_the_caret_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []
    monkeypatch.setattr(
        "uts_policy.render.common.terminal.cells", lambda text: looked_at.append(len(text)) or cells(text)
    )
    text, caret = shown("x" * 500_000 + ": nope " + "y" * 500_000, 500_003, 21)
    assert (text, caret) == ("…xxxxx: nope yyyyyyy…", 8)
    assert sum(looked_at) < 1000


def test_a_long_line_is_marked_as_cut_where_what_is_around_the_caret_would_fit() -> None:
    assert shown("b" + "\u0301" * 900 + "ax: nope" + "\u0301" * 900, 903, 40)[0].count("…") == 2


@pytest.mark.parametrize("column", [1, 2, 250, 5000, 9999, 10_000, 10_001])
def test_an_excerpt_of_a_long_line_fits_and_the_caret_is_under_its_character(column: int) -> None:
    line = "".join(chr(ord("a") + index % 26) for index in range(10_000))
    text, caret = shown(line, column, 40)
    assert len(text) <= 40
    assert text[caret : caret + 1] == line[column - 1 : column]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_yaml_says(end: str) -> None:
    assert split_lines(source("a", f"one{end}two\u2028still two")) == ["one", "two\u2028still two"]


def test_a_file_that_was_not_decoded_has_no_excerpt() -> None:
    assert excerpt(split_lines(source("a", "")), at(1), 40, "…") is None


def test_a_line_that_is_not_there_has_no_excerpt() -> None:
    assert excerpt(["one"], at(1, 2), 40, "…") is None


LINE = st.text(alphabet="a日e\u0301\t\x1b\u202e ש", min_size=1, max_size=80).filter(str.strip)


@given(LINE, st.data(), st.integers(min_value=32, max_value=90))
def test_an_excerpt_fits_and_the_caret_is_under_what_it_points_at(line: str, data: st.DataObject, columns: int) -> None:
    column = data.draw(st.integers(min_value=1, max_value=len(line)))
    text, caret = shown(line, column, columns)
    assert width(text) <= columns
    letter = [look for look, _ in list(cells(line))[:column]]
    start = column - 1
    while start > 0 and width(letter[start]) == 0:
        start -= 1
    under = next(index for index in range(len(text) + 1) if width(text[:index]) >= caret)
    while under < len(text) and width(text[under]) == 0 and width(letter[start]) > 0:
        under += 1
    assert text[under:].startswith(letter[start])
