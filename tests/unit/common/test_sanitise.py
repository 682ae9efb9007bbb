import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.common.sanitise import cells, disarmed, visible, width, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Ünïcode, 日本語, שלום", "plain, Ünïcode, 日本語, שלום"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\nb\tc\x7f", "a␊b␉c␡"),
        ("\x85\x9b", "<U+0085><U+009B>"),
        ("a\u202eb\u2066c", "a<U+202E right-to-left override>b<U+2066 left-to-right isolate>c"),
        ("zero\u200bwidth\ufeff", "zero<U+200B zero width space>width<U+FEFF zero width no-break space>"),
        ("\u2028\u2029", "<U+2028 line separator><U+2029 paragraph separator>"),
        ("tag\U000e0041", "tag<U+E0041 tag Latin capital letter a>"),
        ("\udcff", "<U+DCFF>"),
        ("ශ්\u200dරී", "ශ්\u200dරී"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("👩\u200d👧", "👩<U+200D>👧"),
        ("no\u00a0break", "no<U+00A0 no-break space>break"),
    ],
)
def test_what_moves_or_hides_is_shown_and_the_rest_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    kept = set(visible(text))
    assert kept.isdisjoint(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]))
    assert kept.isdisjoint("\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab", [("a", 1), ("b", 1)]),
        ("日x", [("日", 2), ("x", 1)]),
        ("e\u0301", [("e", 1), ("\u0301", 0)]),
        ("a\tb\t", [("a", 1), ("   ", 3), ("b", 1), ("   ", 3)]),
        ("\x1b", [("␛", 1)]),
        ("\u202e", [("<U+202E>", 8)]),
    ],
)
def test_each_character_has_its_look_and_its_columns(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(cells(text)) == expected


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("", 0)])
def test_width_is_in_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_lines_break_at_spaces_and_an_id_is_never_cut() -> None:
    assert wrap("one two a-very-long-identifier end", 9) == ["one two", "a-very-long-identifier", "end"]


def test_wide_characters_count_twice_when_lines_break() -> None:
    assert wrap("日本 語", 6) == ["日本", "語"]


@given(st.text(alphabet="ab 日", max_size=60), st.integers(min_value=1, max_value=20))
def test_wrapping_loses_no_word(text: str, columns: int) -> None:
    assert " ".join(wrap(text, columns)).split() == text.split()


@pytest.mark.parametrize("syntax", ["commands", "plain", "markup"])
def test_no_syntax_passes_on_a_control_character(syntax: str) -> None:
    assert disarmed("a\x1b[2J\x9b1m\tb\r\n", syntax) == "a\u241b[2J<U+009B>1m\tb\r\n"


def test_a_control_character_in_json_is_an_escape() -> None:
    assert json.loads(disarmed('"a\x7f\x9b"', "json")) == "a\x7f\x9b"
