"""Which characters are named, and that text written in another script stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.common.invisible import hidden, named, unescaped

A, O, C, I = "\u0430", "\u043e", "\u0441", "\u0456"  # noqa: E741 - Cyrillic letters by the Latin ones they look like


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"ch{I}ef", "ch<U+0456 Cyrillic small letter byelorussian-ukrainian i>ef"),
        (
            f'there is no "{C}{O}{C}{O}"',
            'there is no "' + "<U+0441 Cyrillic small letter es><U+043E Cyrillic small letter o>" * 2 + '"',
        ),
        ("\uff41\uff42", "<U+FF41 fullwidth latin small letter a><U+FF42 fullwidth latin small letter b>"),
        ("name\uff1a Agency", "name<U+FF1A fullwidth colon> Agency"),
        ("p\u20111", "p<U+2011 non-breaking hyphen>1"),
        ("a\u00a0b", "a<U+00A0 no-break space>b"),
        ("a\u200bb", "a<U+200B zero width space>b"),
    ],
)
def test_what_looks_like_another_character_is_named(text: str, said: str) -> None:
    assert named(text).lower() == said.lower()


@pytest.mark.parametrize(
    "text",
    [
        "\u0412\u0441\u0435 \u0440\u0430\u0431\u043e\u0442\u044b \u0430 \u043d\u0435 \u0432\u0441\u0435",
        "the duty \u0420\u0430\u0431\u043e\u0442\u044b \u0438 \u043e\u0442\u0434\u044b\u0445 \u0430 \u0441",
        "\u03b5\u03c5\u03b8\u03cd\u03bd\u03b7",
        "\u7d44\u7e54\uff1a\u7dcf\u52d9\u90e8",
        "Zo\u00eb, \u00c5sa and M\u00fcller",
        "2020\u20132025 \u2013 and so on",
        "\u00ab\u00a0ainsi\u00a0\u00bb",
    ],
)
def test_text_of_another_language_stays(text: str) -> None:
    assert named(text) == text


def test_what_repr_escaped_is_named_too_and_a_backslash_of_the_user_stays() -> None:
    assert (
        named(unescaped(f"Path {chr(0xA0) + 'a'!r} does not exist")) == "Path '<U+00A0 no-break space>a' does not exist"
    )
    assert unescaped(repr("a\\xa0")) == repr("a\\xa0")


FRENCH = "L\u2019équipe\u00a0: «\u00a0garde\u00a0», 10\u202f000\u00a0€"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with spaces", "plain, with spaces"),
        ("a\u00a0b", "a<U+00A0 no-break space>b"),
        ("a\u200bb\u202e", "a<U+200B zero width space>b<U+202E right-to-left override>"),
        ("a\u2003b", "a<U+2003 em space>b"),
        ("\u0430gency", "<U+0430 Cyrillic small letter a>gency"),
        ("uts-\u0441hief", "uts-<U+0441 Cyrillic small letter es>hief"),
        ("\u039fne", "<U+039F Greek capital letter omicron>ne"),
        ("\uff41b", "<U+FF41 fullwidth Latin small letter a>b"),
        ("Агентство and Υπηρεσία, Zoë", "Агентство and Υπηρεσία, Zoë"),
        (FRENCH, FRENCH),
        ("\U0001f468\u200d\U0001f692", "\U0001f468\u200d\U0001f692"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_or_looks_like_another_is_named(text: str, shown: str) -> None:
    assert named(text) == shown


@given(st.text())
def test_what_is_shown_hides_nothing(text: str) -> None:
    assert hidden(named(text)) == ""
    assert named(named(text)) == named(text)
