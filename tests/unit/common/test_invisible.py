import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.common.invisible import hidden, named

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
